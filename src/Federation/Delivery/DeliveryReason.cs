using System.Globalization;
using System.Text.RegularExpressions;

namespace Calf.Federation.Delivery;

/// <summary>Says in plain words why a server does not have a post.</summary>
public static partial class DeliveryReason
{
    /// <summary>A sentence or two about the server, which is "it"; null when all is well.</summary>
    public static string? Of(HostDelivery delivery) => delivery switch
    {
        { State: DeliveryState.Delivered } => null,
        { Error: null, Attempts: 0 } => "It is not its turn yet.",
        { Error: null } => "It has not answered yet.",
        { Error: var error } when GivenUp().Match(error) is { Success: true } tries => $"Calf stopped after {tries.Groups[1].Value} tries. {OfError(tries.Groups[2].Value)}",
        { Error: var error } => OfError(error),
    };

    private static string OfError(string error)
    {
        if (Answered().Match(error) is not { Success: true } answer) return error.StartsWith("its ", StringComparison.Ordinal) ? $"I{error[1..].TrimEnd('.')}." : $"It {error.TrimEnd('.')}.";
        var status = int.Parse(answer.Groups[1].Value, CultureInfo.InvariantCulture);
        var said = answer.Groups[2].Value is { Length: > 0 } words && status != 410 ? $" It says: {words.TrimEnd('.')}." : "";
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

    [GeneratedRegex("^given up after ([0-9]+) tries; at last it (.*)$", RegexOptions.CultureInvariant)]
    private static partial Regex GivenUp();

    [GeneratedRegex("^answered ([0-9]{3})(?:: (.*))?$", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Answered();
}
