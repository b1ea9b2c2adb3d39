using Calf.AccountCollections;
using Calf.Accounts;
using Calf.ActivityPub;
using Calf.Federation.Inbox;
using Calf.Store;

namespace Calf.Federation;

/// <summary>Brings the collections here that somebody elsewhere shows on their profile (FEP-7aa9).</summary>
public sealed class RemoteCollections(Database database, DocumentFetcher fetcher, RemoteAccounts accounts, CollectionIntake intake, TimeProvider time)
{
    private static readonly TimeSpan StaleAfter = TimeSpan.FromDays(1);

    /// <summary>Whoever looks at a profile is not kept longer than this; what has not come by then comes at the next look.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    /// <summary>Collections, those in them and their consents.</summary>
    private const int MaxFetches = 60;

    /// <summary>Fetches the collection behind an address; null where there is none.</summary>
    public async Task<AccountCollection?> Fetch(string address, CancellationToken cancel)
    {
        var budget = new FetchBudget(MaxFetches);
        if (await fetcher.Fetch(address, cancel, budget) is not { Found: true } document || RemoteFeaturedCollection.Read(document.Json) is not { } remote) return null;
        if ((await accounts.FindOrFetch(remote.AttributedTo, cancel, budget)).Account is not { IsOwner: false } author) return null;
        var prepared = await intake.Prepare(remote, budget, cancel);
        return await database.Write(c => intake.Store(c, prepared, author));
    }

    /// <summary>Asks again for the collections of an account if that was not done for a day.</summary>
    public async Task Refresh(Account account, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        if (account.IsOwner || account.GoneAt is not null || database.Read(c => CollectionAddressStore.Due(c, account.Id, now - StaleAfter)) is not { } address) return;
        // Before the fetch, so that a server that does not answer is not asked by each look.
        await database.Write(c => CollectionAddressStore.Asked(c, account.Id, now));
        using var limited = new CancellationTokenSource(LongestWait, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limited.Token, cancel);
        try
        {
            var budget = new FetchBudget(MaxFetches);
            foreach (var item in (await fetcher.FetchFirstItems(address, budget, either.Token) ?? []).Take(CollectionIntake.MaxCollections))
            {
                var prepared = RemoteFeaturedCollection.Read(item) is { } whole && whole.AttributedTo == account.Uri ? await intake.Prepare(whole, budget, either.Token)
                    : Origin.SameOrNull(item.AsId(), account.Uri) is { } uri ? await intake.Fetch(uri, account, budget, either.Token) : null;
                if (prepared is not null) await database.Write(c => intake.Store(c, prepared, account));
            }
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            // The profile is shown with what has come.
        }
    }
}
