using System.Globalization;

namespace Calf.Federation.Delivery;

/// <summary>Says in plain words why a server does not have a post.</summary>
public static class DeliveryReason
{
    // As DeliveryOutcome and DeliveryResults write them down.
    private const string Answered = "answered ";
    private const string GivenUp = "given up after ";
    private const string AtLast = "; at last it ";

    public const string OfGone = "It has said that it is gone for good.";

    public const string OfBlocked = "You blocked it.";

    /// <summary>A sentence or two about the server, which is "it"; null when all is well.</summary>
    public static string? Of(HostDelivery delivery) => delivery switch
    {
        { State: DeliveryState.Delivered } => null,
        { Error: null, Attempts: 0 } => "It is not its turn yet.",
        { Error: null } => "It has not answered yet.",
        { Error: DeliveryQueue.GoneReason } => OfGone,
        { Error: DeliveryQueue.TooOldReason } => "Calf stopped: it could not be delivered for a month.",
        { Error: DeliveryQueue.BlockedReason } => OfBlocked,
        { Error: var error } when error.StartsWith(GivenUp, StringComparison.Ordinal) && error.Split(AtLast, 2) is [var tries, var last] =>
            $"Calf stopped after {tries[GivenUp.Length..]}. {OfError(last)}",
        { Error: var error } => OfError(error),
    };

    private static string OfError(string error)
    {
        if (!error.StartsWith(Answered, StringComparison.Ordinal) || error.Length < Answered.Length + 3
            || !int.TryParse(error.AsSpan(Answered.Length, 3), NumberStyles.None, CultureInfo.InvariantCulture, out var status))
            return error.StartsWith("its ", StringComparison.Ordinal) ? $"I{error[1..].TrimEnd('.')}." : $"It {error.TrimEnd('.')}.";
        var said = error[(Answered.Length + 3)..].TrimStart(':', ' ') is { Length: > 0 } words && status != 410 ? $" It says: {words.TrimEnd('.')}." : "";
        return status switch
        {
            401 or 403 => $"It takes nothing from here ({status}): perhaps it blocks this server.",
            404 => "It has no inbox at the known address any more (404).",
            410 => "It says that who should get this is gone for good (410).",
            413 => "The post is too large for it (413).",
            429 => "It asks for patience (429).",
            >= 500 => $"It has trouble of its own ({status}).",
            < 400 => $"It sends elsewhere ({status}), as a server under repair does.",
            _ => $"It did not accept the post ({status}).",
        } + said;
    }
}
