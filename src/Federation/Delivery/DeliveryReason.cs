using System.Globalization;

namespace Calf.Federation.Delivery;

/// <summary>Says in plain words, in the reader's language, why a server does not have a post.</summary>
public static class DeliveryReason
{
    // As DeliveryResults writes them down.
    private const string GivenUp = "given up after ";
    private const string AtLast = "; at last it ";

    public static string OfGone => Words.T("It has said that it is gone for good.");

    public static string OfBlocked => Words.T("You blocked it.");

    /// <summary>A sentence or two about the server, which is "it"; null when all is well.</summary>
    public static string? Of(HostDelivery delivery) => delivery switch
    {
        { State: DeliveryState.Delivered } => null,
        { Error: null, Attempts: 0 } => Words.T("It is not its turn yet."),
        { Error: null } => Words.T("It has not answered yet."),
        { Error: DeliveryQueue.GoneReason } => OfGone,
        { Error: DeliveryQueue.TooOldReason } => Words.T("Calf stopped: it could not be delivered for a month."),
        { Error: DeliveryQueue.BlockedReason } => OfBlocked,
        { Error: var error } when error.StartsWith(GivenUp, StringComparison.Ordinal) && error.Split(AtLast, 2) is [var tries, var last] =>
            $"{Words.N(NumberIn(tries[GivenUp.Length..].Split(' ')[0]), "Calf stopped after one try.", "Calf stopped after {n} tries.")} {OfError(last)}",
        { Error: var error } => OfError(error),
    };

    private static string OfError(string error) => error switch
    {
        DeliveryOutcome.NameNotFound => Words.T("Its name cannot be found."),
        DeliveryOutcome.Unreachable => Words.T("It cannot be reached."),
        DeliveryOutcome.Untrusted => Words.T("Its certificate is not trusted."),
        DeliveryOutcome.BrokenOff => Words.T("It broke off its answer."),
        _ when error.StartsWith(DeliveryOutcome.NoAnswerWithin, StringComparison.Ordinal) =>
            Words.T("It did not answer within {seconds} s.", ("seconds", error[DeliveryOutcome.NoAnswerWithin.Length..^DeliveryOutcome.Seconds.Length])),
        _ when error.StartsWith(DeliveryOutcome.Answered, StringComparison.Ordinal) && error.Length >= DeliveryOutcome.Answered.Length + 3
            && NumberIn(error[DeliveryOutcome.Answered.Length..][..3]) is > 0 and var status => OfAnswer(status, error[(DeliveryOutcome.Answered.Length + 3)..].TrimStart(':', ' ')),
        // A sentence of its own: why nothing was sent at all.
        _ => $"{error.TrimEnd('.')}.",
    };

    private static string OfAnswer(int status, string words)
    {
        var number = status.ToString(CultureInfo.InvariantCulture);
        var sentence = status switch
        {
            401 or 403 => Words.T("It takes nothing from here ({status}): perhaps it blocks this server.", ("status", number)),
            404 => Words.T("It has no inbox at the known address any more (404)."),
            410 => Words.T("It says that who should get this is gone for good (410)."),
            413 => Words.T("The post is too large for it (413)."),
            429 => Words.T("It asks for patience (429)."),
            >= 500 => Words.T("It has trouble of its own ({status}).", ("status", number)),
            < 400 => Words.T("It sends elsewhere ({status}), as a server under repair does.", ("status", number)),
            _ => Words.T("It did not accept the post ({status}).", ("status", number)),
        };
        return words.Length == 0 || status == 410 ? sentence : $"{sentence} {Words.T("It says: {words}.", ("words", words.TrimEnd('.')))}";
    }

    private static int NumberIn(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
