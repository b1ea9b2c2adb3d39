using Calf.Accounts;
using Calf.ActivityPub;
using Calf.Store;

namespace Calf.Federation;

/// <summary>Some of those on a list.</summary>
/// <param name="People">Everybody up to where the look ended; of some there is no account here.</param>
/// <param name="More">The list goes on.</param>
public sealed record PeoplePage(IReadOnlyList<ListedPerson> People, bool More);

/// <summary>
/// Pages through who follows somebody elsewhere and whom they follow, as their server lists it. Who is not known here is fetched, some at a
/// look. What a server hides stays hidden.
/// </summary>
public sealed class RemotePeople(Database database, DocumentFetcher fetcher, RemoteAccounts accounts, TimeProvider time)
{
    /// <summary>Pages read at one look; Mastodon's have twelve.</summary>
    public const int MaxPages = 4;

    /// <summary>Accounts fetched at one look.</summary>
    public const int MaxNew = 20;

    /// <summary>Read of one list.</summary>
    public const int MaxListed = 5000;

    private const int AtOnce = 4;

    /// <summary>Its document and what WebFinger says of its handle.</summary>
    private const int FetchesForOne = 4;

    private static readonly TimeSpan StaleAfter = TimeSpan.FromDays(1);
    private static readonly TimeSpan FailureLasts = TimeSpan.FromMinutes(10);

    private readonly Looks<(long, PeopleKind)> looks = new(RemoteOutbox.LongestWait, time);

    /// <param name="after">The position after which the page begins; 0 for the first, which is read anew now and then.</param>
    public async Task<PeoplePage> Page(Account account, PeopleKind kind, int after, int count, CancellationToken cancel)
    {
        if (AddressOf(account, kind) is not { } address) return new([], false);
        var finished = await looks.Take((account.Id, kind), async limited =>
        {
            await Read(account.Id, kind, address, after, count, limited);
            await FetchNew(account.Id, kind, after, count, limited);
        }, cancel);
        return database.Read(c =>
        {
            if (RemotePeopleStore.Walk(c, account.Id, kind) is not { } walk) return new PeoplePage([], false);
            // Whoever was not asked for yet is on the next page.
            var shown = UpTo(0, RemotePeopleStore.Page(c, account.Id, kind, after, count));
            var end = shown.Count > 0 ? shown[^1].Position : after;
            return new PeoplePage(shown, end < RemotePeopleStore.Count(c, account.Id, kind) || (GoesOn(c, account.Id, kind, walk) && (finished || shown.Count > 0)));
        });
    }

    /// <summary>Reads the first pages of a list anew, for nobody who waits; no account is fetched.</summary>
    public async Task ReadFirst(Account account, PeopleKind kind, CancellationToken cancel)
    {
        if (AddressOf(account, kind) is not { } address) return;
        await looks.Take((account.Id, kind), limited => Read(account.Id, kind, address, 0, MaxListed, limited), cancel);
    }

    /// <summary>Null where there is none that may be asked for.</summary>
    private string? AddressOf(Account account, PeopleKind kind)
    {
        var address = Origin.SameOrNull(kind == PeopleKind.Followers ? account.FollowersUri : account.FollowingUri, account.Uri);
        return account is { IsOwner: false, GoneAt: null } && address is not null && database.Read(c => DomainRefusal.Of(c, address)) is null ? address : null;
    }

    private async Task Read(long accountId, PeopleKind kind, string address, int after, int count, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        if (after == 0 && !(database.Read(c => RemotePeopleStore.Walk(c, accountId, kind))?.BeganAt > now - StaleAfter))
            await database.Write(c => RemotePeopleStore.Begin(c, accountId, kind, address, now));
        for (var n = 0; n < MaxPages; n++)
        {
            var (next, enough) = database.Read(c => RemotePeopleStore.Walk(c, accountId, kind) is { } walk && GoesOn(c, accountId, kind, walk)
                ? (walk.NextPage, RemotePeopleStore.Count(c, accountId, kind) >= after + count) : (null, true));
            if (next is null || enough) return;
            var page = await fetcher.FetchPage(next, new FetchBudget(2), cancel);
            if (!page.Found)
            {
                await database.Write(c => RemotePeopleStore.Fail(c, accountId, kind, now));
                return;
            }
            var uris = page.Items.Select(JsonReading.AsId).Where(uri => Origin.TryParse(uri, out _)).Select(uri => uri!).ToList();
            var before = database.Read(c => RemotePeopleStore.Count(c, accountId, kind));
            await database.Write(c => RemotePeopleStore.Add(c, accountId, kind, uris, page.Next));
            // Who lists nobody new has come to an end.
            if (database.Read(c => RemotePeopleStore.Count(c, accountId, kind)) == before) await database.Write(c => RemotePeopleStore.Add(c, accountId, kind, [], null));
        }
    }

    private async Task FetchNew(long accountId, PeopleKind kind, int after, int count, CancellationToken cancel)
    {
        var unknown = UpTo(MaxNew, database.Read(c => RemotePeopleStore.Page(c, accountId, kind, after, count))).Where(IsNew).ToList();
        await Parallel.ForEachAsync(unknown, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel }, async (person, token) =>
        {
            if ((await accounts.FindOrFetch(person.Uri, token, new FetchBudget(FetchesForOne))).Account is null)
                await database.Write(c => RemotePeopleStore.Tried(c, accountId, kind, person.Position));
        });
    }

    private bool GoesOn(Connection c, long accountId, PeopleKind kind, PeopleWalk walk) =>
        walk.NextPage is not null && !(walk.FailedAt > time.GetUtcNow() - FailureLasts) && RemotePeopleStore.Count(c, accountId, kind) < MaxListed;

    private static bool IsNew(ListedPerson person) => person is { AccountId: null, Tried: false };

    /// <summary>As far as the first so many that are not known here, and those after them that are.</summary>
    private static List<ListedPerson> UpTo(int mostNew, List<ListedPerson> people) =>
        [.. people.TakeWhile(person => !IsNew(person) || mostNew-- > 0)];
}
