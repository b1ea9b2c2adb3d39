using Calf.ActivityPub;
using Calf.Events;
using Calf.Statuses;
using Calf.Store;

namespace Calf.Federation.Inbox;

/// <summary>An activity inside an Announce. <paramref name="Uri"/>: the post that it is about.</summary>
public sealed record PassedOn(string Verb, string Uri);

/// <summary>
/// A group passes on to its followers what its members do (FEP-1b12, wire 96). It does not speak for them: a post is taken from its
/// origin, changed as its origin shows it, removed when its origin says that it is gone. Votes are not counted, since nobody can confirm them.
/// </summary>
public sealed class GroupPassing(Database database, RemoteStatuses remoteStatuses, StatusIntake intake, EventHub events, TimeProvider time)
{
    /// <summary>What is inside; null for a plain boost, which names a post or holds one.</summary>
    public static PassedOn? Read(IncomingActivity announce)
    {
        var inner = announce.Object;
        var verb = inner.TypeName();
        if (verb.Length == 0 || !inner.Has("actor") || Vocabulary.IsStatus(verb)) return null;
        return new PassedOn(verb, inner.Id("object") ?? "");
    }

    /// <summary>For everything but a new post.</summary>
    /// <exception cref="TryLaterException">The post's server does not answer for now.</exception>
    public async Task<Func<Connection, Outcome>> Change(PassedOn passed, FetchBudget budget, CancellationToken cancel)
    {
        if (passed.Verb is not ("Update" or "Delete")) return _ => Outcome.Ignored($"A {passed.Verb} that is passed on by a group counts for nothing.");
        if (database.Read(c => StatusStore.FindByUri(c, passed.Uri)) is not { } known) return _ => Outcome.Ignored("It is about a post that is not here.");
        if (passed.Verb == "Delete")
            return await remoteStatuses.IsGone(known, cancel, budget) ? c => Remove(c, passed.Uri) : _ => Outcome.Ignored("Its server does not say that this was deleted.");
        return await remoteStatuses.FetchObject(passed.Uri, cancel, budget) is { Found: { } found } && found.Author.Id == known.AccountId
            ? c => Revise(c, passed.Uri, found.Prepared)
            : _ => Outcome.Ignored("Its origin does not confirm the change.");
    }

    /// <summary>An answer within the group: it joins the thread when that is here, and is no news of its own.</summary>
    public Outcome Answer(Connection c, FoundObject found)
    {
        var concerns = intake.Concerns(c, found.Prepared.Remote, found.Author, personal: false);
        if (!concerns && StatusStore.FindByUri(c, found.Prepared.Remote.InReplyTo ?? "") is null) return Outcome.Ignored("It answers a post that is not here.");
        return intake.Store(c, found.Prepared, found.Author, told: concerns, personal: false) is null
            ? Outcome.Ignored("It was deleted before it arrived.")
            : Outcome.Applied;
    }

    private Outcome Revise(Connection c, string uri, PreparedStatus prepared)
    {
        if (StatusStore.FindByUri(c, uri) is { } known) intake.Revise(c, known, prepared);
        return Outcome.Applied;
    }

    private Outcome Remove(Connection c, string uri)
    {
        Tombstones.Add(c, uri, time.GetUtcNow());
        if (StatusStore.FindByUri(c, uri) is not { } known) return Outcome.Applied;
        StatusStore.Remove(c, known);
        c.AfterCommit(() => events.Publish(new StatusRemoved(known.Id, known.Visibility == Visibility.Public)));
        return Outcome.Applied;
    }
}
