using System.Text.Json;

namespace Calf.ActivityPub;

/// <summary>Who a handle or a URL is.</summary>
/// <param name="Handle">As the server of the handle itself writes it.</param>
/// <param name="ActorUri">The id of the actor; what that document says is still to be checked with <see cref="WebFingerClient.HandleOf"/>.</param>
/// <param name="Reason">A sentence for the owner; empty when found.</param>
public sealed record WebFingerAnswer(FetchOutcome Outcome, Handle Handle, string ActorUri, string Reason)
{
    public bool Found => Outcome == FetchOutcome.Found;

    internal static WebFingerAnswer Failed(FetchOutcome outcome, string reason) => new(outcome, default, "", reason);

    /// <summary>Reads a JRD (RFC 7033). A missing subject is taken to be what was asked for.</summary>
    internal static WebFingerAnswer Read(JsonElement jrd, Handle? asked, string host)
    {
        var subject = jrd.Text("subject");
        if (!Handle.TryParse(subject, out var handle))
        {
            if (asked is null || subject is not null) return Failed(FetchOutcome.Invalid, $"{host} answers WebFinger with a subject that is no handle.");
            handle = asked.Value;
        }
        foreach (var link in jrd.Many("links"))
        {
            if (link.Text("rel") == "self" && Vocabulary.IsActivityPub(link.Text("type")) && Origin.UrlOrNull(link.Text("href")) is { } href)
                return new(FetchOutcome.Found, handle, href, "");
        }
        return Failed(FetchOutcome.Invalid, $"{host} knows {handle}, but names no ActivityPub actor for it.");
    }
}
