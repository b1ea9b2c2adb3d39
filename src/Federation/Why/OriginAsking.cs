using Calf.ActivityPub;
using Calf.Store;

namespace Calf.Federation.Why;

/// <summary>Asks the server of a post or a person what it says of it now. Nothing is stored.</summary>
public sealed class OriginAsking(Database database, DocumentFetcher fetcher, WebFingerClient webFinger)
{
    /// <param name="handleOrUrl">As <see cref="Wanted"/> took it.</param>
    internal async Task<OriginAnswer> Ask(string handleOrUrl, bool isHandle, CancellationToken cancel)
    {
        var budget = new FetchBudget();
        if (isHandle)
        {
            if (!Handle.TryParse(handleOrUrl, out var handle)) return new OriginAnswer("not_found", Words.T("That is no handle."));
            if (database.Read(c => DomainRefusal.Of(c, $"https://{handle.Domain}/")) is { } blocked) return new OriginAnswer("blocked", blocked);
            var found = await webFinger.Find(handleOrUrl, cancel, budget);
            if (!found.Found) return new OriginAnswer(found.Outcome == FetchOutcome.Transient ? "unreachable" : "not_found", found.Reason);
            handleOrUrl = found.ActorUri;
        }
        if (database.Read(c => DomainRefusal.Of(c, handleOrUrl)) is { } refusal) return new OriginAnswer("blocked", refusal);
        var document = await fetcher.Fetch(handleOrUrl, cancel, budget);
        var host = Origin.HostOf(document.Found ? document.Uri : handleOrUrl) ?? "its server";
        return document.Found ? Of(document, host) : Missing(document, host);
    }

    private static OriginAnswer Of(FetchedDocument document, string host)
    {
        OriginAnswer Served(string code, string sentence) => new(code, sentence, StatusCodes.Status200OK, document.Uri);
        if (document.Json.IsType("Tombstone")) return Served("gone", Words.T("{host} says that it was deleted.", ("host", host)));
        if (RemoteActor.Read(document.Json, out _) is { } actor)
            return actor.MovedTo is { } moved ? Served("moved", Words.T("{host} says that the account has moved to {moved}.", ("host", host), ("moved", moved))) : Served("account", Words.T("{host} has this account.", ("host", host)));
        if (RemoteObject.Read(document.Json, out _) is not { } post) return Served("not_a_post", Words.T("{host} has something there, but no post and no account: a {type}.", ("host", host), ("type", document.Json.TypeName())));
        return post.Audience.IsOpen
            ? Served("open", Words.T("{host} has it and shows it to everybody.", ("host", host)))
            : Served("private", Words.T("{host} has it, and it is not for everybody.", ("host", host)));
    }

    private static OriginAnswer Missing(FetchedDocument document, string host) => document.Status switch
    {
        410 => new("gone", Words.T("{host} says that it is gone for good (410).", ("host", host)), 410),
        404 => new("not_found", Words.T("{host} has nothing there for this server (404): it was deleted, or it is not for everybody.", ("host", host)), 404),
        401 or 403 => new("no_permission", Words.T("{host} refuses to show it to this server ({status}): it is not for everybody, or {host} blocks yours.", ("host", host), ("status", $"{document.Status}")), document.Status),
        429 or >= 500 => new("unreachable", Words.T("{host} cannot answer for now ({status}). Ask again later.", ("host", host), ("status", $"{document.Status}")), document.Status),
        200 => new("not_a_post", document.Reason, 200),
        { } other => new("not_found", document.Reason, other),
        null => document.Outcome switch
        {
            FetchOutcome.Transient => new("unreachable", Words.T("{host} does not answer: {reason}", ("host", host), ("reason", document.Reason))),
            _ => new("not_a_post", document.Reason),
        },
    };
}
