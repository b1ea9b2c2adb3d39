using Calf.Accounts;
using Calf.Federation;
using Calf.Federation.Inbox;
using Calf.Statuses;
using Calf.Store;

namespace Calf.Mastodon;

/// <summary>What an address or a handle stands for.</summary>
public sealed record Found(long? AccountId = null, long? StatusId = null);

/// <summary>Finds the one account or status that a text names in full: here, or if wanted at its own server.</summary>
public sealed class Lookup(Database database, Site site, Owner owner, RemoteAccounts accounts, RemoteStatuses statuses, RemoteOutbox outbox)
{
    public static bool IsAddress(string text) =>
        text.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("http://", StringComparison.OrdinalIgnoreCase);

    /// <param name="resolve">Whether other servers are asked for what is not here.</param>
    public async Task<Found> Find(string text, bool resolve, CancellationToken cancel)
    {
        if (IsAddress(text)) return await OfAddress(text, resolve, cancel);
        if (!IsHandle(text)) return new Found();
        if (!resolve) return new Found(accounts.FindKnown(text)?.Id);
        try
        {
            return await Resolve(text, cancel);
        }
        catch (ActionException)
        {
            return new Found();
        }
    }

    private async Task<Found> OfAddress(string address, bool resolve, CancellationToken cancel)
    {
        if (database.Read(c => Known(c, address)) is { } known) return known;
        if (!resolve || site.IsOwn(address)) return new Found();
        try
        {
            if ((await statuses.Fetch(address, cancel)).Status is { } status && database.Read(c => StatusAccess.MayRead(c, status, owner.Id)))
                return new Found(StatusId: status.Id);
            return await Resolve(address, cancel);
        }
        catch (Exception nothing) when (nothing is ActionException or TryLaterException)
        {
            return new Found();
        }
    }

    /// <summary>The account, with its latest posts if it is new here: who looks somebody up wants to see what they write.</summary>
    private async Task<Found> Resolve(string text, CancellationToken cancel)
    {
        var account = await accounts.Resolve(text, cancel);
        await outbox.FetchLatest(account, cancel);
        return new Found(account.Id);
    }

    private Found? Known(Connection c, string address)
    {
        if (StatusStore.FindByAddress(c, address) is { } status)
            return StatusAccess.MayRead(c, status, owner.Id) ? new Found(StatusId: status.Id) : new Found();
        return AccountStore.FindByAddress(c, address) is { } account ? new Found(account.Id) : null;
    }

    /// <summary><c>user@domain</c>, with or without a leading <c>@</c> or, for a Lemmy community, <c>!</c>.</summary>
    private static bool IsHandle(string text) =>
        text.TrimStart('@', '!').Split('@') is [{ Length: > 0 }, { Length: > 2 } domain] && domain.AsSpan().IndexOfAny(' ', '/') < 0;
}
