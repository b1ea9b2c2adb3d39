using Calf.Accounts;
using Calf.ActivityPub;
using Calf.Federation.Inbox;
using Calf.Statuses;
using Calf.Store;

namespace Calf.Federation;

/// <summary>A post as its own server shows it, with its author.</summary>
public sealed record FoundObject(PreparedStatus Prepared, Account Author);

/// <summary>A fetched post, or why there is none.</summary>
/// <param name="Reason">The same as a sentence for the owner; empty when found.</param>
public sealed record ObjectFetch(FoundObject? Found, string Reason, Absence Absence = Absence.None);

/// <summary>A stored post, or why there is none.</summary>
public sealed record StatusFetch(Status? Status, string Reason);

/// <summary>Fetches posts from the servers that they live on.</summary>
public sealed class RemoteStatuses(Database database, DocumentFetcher fetcher, RemoteAccounts accounts, StatusIntake intake, TimeProvider time)
{
    /// <summary>The post with this id or page address: as known, else fetched and stored, without telling anybody.</summary>
    /// <exception cref="TryLaterException">Its server does not answer for now.</exception>
    public async Task<StatusFetch> Fetch(string address, CancellationToken cancel, FetchBudget? budget = null)
    {
        if (database.Read(c => StatusStore.FindByUri(c, address)) is { } known) return new StatusFetch(known, "");
        var fetched = await FetchObject(address, cancel, budget);
        if (fetched.Found is not { } found) return new StatusFetch(null, fetched.Reason);
        var stored = await database.Write(c => intake.Store(c, found.Prepared, found.Author, told: false, personal: false));
        return stored is null ? new StatusFetch(null, "It was deleted.") : new StatusFetch(stored, "");
    }

    /// <summary>The post as its server shows it now; nothing is stored but its author.</summary>
    /// <exception cref="TryLaterException">Its server does not answer for now.</exception>
    public Task<ObjectFetch> FetchObject(string address, CancellationToken cancel, FetchBudget? budget = null) =>
        FetchObject(address, mayBeActivity: true, budget ?? new FetchBudget(), cancel);

    private async Task<ObjectFetch> FetchObject(string address, bool mayBeActivity, FetchBudget budget, CancellationToken cancel)
    {
        if (database.Read(c => DomainRefusal.Of(c, address)) is { } refusal) return new ObjectFetch(null, refusal, Absence.Blocked);
        var document = await fetcher.Fetch(address, cancel, budget);
        if (document.Outcome == FetchOutcome.Transient) throw new TryLaterException(document.Reason);
        if (!document.Found) return new ObjectFetch(null, document.Reason, AbsenceOf(document.Outcome));
        if (document.Json.IsType("Tombstone")) return new ObjectFetch(null, $"{document.Uri} is deleted.", Absence.Deleted);
        // A boost of a boost's or a post's activity means the post (wire 96).
        if (mayBeActivity && document.Json.TypeName() is ("Create" or "Update") && document.Json.Id("object") is { } inner && inner != address)
            return await FetchObject(inner, mayBeActivity: false, budget, cancel);
        if (RemoteObject.Read(document.Json, out var reason) is not { } remote) return new ObjectFetch(null, reason, Absence.Unreadable);
        if (remote.IsVote) return new ObjectFetch(null, "It is a vote in a poll.");
        var author = await accounts.FindOrFetch(remote.AttributedTo, cancel, budget);
        if (author.Transient) throw new TryLaterException(author.Reason);
        return author.Account is { } account
            ? new ObjectFetch(new FoundObject(PreparedStatus.From(remote, time), account), "")
            : new ObjectFetch(null, author.Reason, author.Gone ? Absence.Deleted : Absence.Refused);
    }

    internal static Absence AbsenceOf(FetchOutcome outcome) => outcome switch
    {
        FetchOutcome.Gone => Absence.Deleted,
        FetchOutcome.NotFound => Absence.NotPublic,
        FetchOutcome.Refused => Absence.Refused,
        FetchOutcome.Transient => Absence.Unreachable,
        _ => Absence.Unreadable,
    };

    /// <summary>Whether the post's own server says that it is deleted. A hidden post is 404 to strangers while it lives (wire 32, 43).</summary>
    /// <exception cref="TryLaterException">Its server does not answer for now.</exception>
    public async Task<bool> IsGone(Status known, CancellationToken cancel, FetchBudget? budget = null)
    {
        var document = await fetcher.Fetch(known.Uri, cancel, budget);
        if (document.Outcome == FetchOutcome.Transient) throw new TryLaterException(document.Reason);
        return document.Outcome is FetchOutcome.Gone || (document.Outcome is FetchOutcome.NotFound && known.IsOpen) || (document.Found && document.Json.IsType("Tombstone"));
    }
}
