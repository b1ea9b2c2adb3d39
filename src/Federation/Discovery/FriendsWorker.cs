using Calf.Accounts;
using Calf.Store;

namespace Calf.Federation.Discovery;

/// <summary>
/// Learns whom those follow whom the owner follows: reads the first pages of one of their lists at a time, each again after some days, and
/// fetches the accounts that many of them follow. Who hides the list is left out.
/// </summary>
public sealed class FriendsWorker(Database database, RemotePeople people, RemoteAccounts accounts, Owner owner, TimeProvider time, ILogger<FriendsWorker> log)
    : PeriodicWorker(Interval, time, log)
{
    /// <summary>Between the lists of two people; <see cref="RemotePeople.MaxPages"/> requests at most for each.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    /// <summary>Accounts fetched after each list.</summary>
    public const int MaxNew = 4;

    /// <summary>Before <see cref="RemotePeopleStore.Kept"/> is over.</summary>
    private static readonly TimeSpan Again = TimeSpan.FromDays(6);

    private static readonly TimeSpan FailureLasts = TimeSpan.FromDays(3);

    public async Task Step(CancellationToken cancel = default)
    {
        if (owner.Account is null) return;
        var now = Time.GetUtcNow();
        if (database.Read(c => FriendStore.NextToRead(c, owner.Id, now - Again) is { } id ? AccountStore.Find(c, id) : null) is { } account)
        {
            await Read(account, now, cancel);
            var friends = database.Read(c => FriendStore.Count(c, owner.Id));
            await database.Write(c => FriendStore.Replace(c, friends));
        }
        foreach (var uri in database.Read(c => FriendStore.Unknown(c, now - FailureLasts, MaxNew)))
            if ((await accounts.FindOrFetch(uri, cancel)).Account is null) await database.Write(c => FriendStore.Tried(c, uri, now));
    }

    protected override Task Round(CancellationToken cancel) => Step(cancel);

    private async Task Read(Account account, DateTimeOffset now, CancellationToken cancel)
    {
        await people.ReadFirst(account, PeopleKind.Following, cancel);
        // Who has no list that may be read is not the next one again.
        await database.Write(c =>
        {
            if (!(RemotePeopleStore.Walk(c, account.Id, PeopleKind.Following)?.BeganAt >= now)) RemotePeopleStore.Begin(c, account.Id, PeopleKind.Following, null, now);
        });
    }
}
