using System.Text.Json;
using Calf.Accounts;
using Calf.ActivityPub;
using Calf.Federation.Inbox;
using Calf.Store;
using Calf.Timelines;

namespace Calf.Federation;

/// <summary>
/// Brings an account's newest posts here when somebody looks at it for the first time, so that a profile is not blank. Nobody is
/// told of them and they do not go home.
/// </summary>
public sealed class RemoteOutbox(Database database, DocumentFetcher fetcher, RemoteStatuses remoteStatuses, StatusIntake intake, TimeProvider time)
{
    /// <summary>The outbox, its first page, and room for a server that splits them further.</summary>
    private const int MaxFetches = 4;

    private const int MaxPosts = 20;

    /// <summary>What a group passed on lives elsewhere, and costs a fetch each.</summary>
    private const int MaxOfGroup = 5;

    /// <summary>Fetches the latest posts of an account of which none is known. What cannot be had is left out without a word.</summary>
    public async Task FetchLatest(Account account, CancellationToken cancel)
    {
        if (account.IsOwner || account.Outbox is not { } outbox || IsKnown(account)) return;
        var budget = new FetchBudget(MaxFetches);
        if (await fetcher.FetchFirstItems(outbox, budget, cancel) is not { } items) return;
        if (account.Type == "Group") await FetchOfGroup(account, items, cancel);
        var posts = items.Take(MaxPosts).Select(item => PostOf(item, account, time)).OfType<PreparedStatus>().ToList();
        if (posts.Count == 0) return;
        await database.Write(c =>
        {
            foreach (var post in posts) intake.Store(c, post, account, told: false, personal: false);
        });
    }

    /// <summary>The latest posts in a group, shown as its boosts (FEP-1b12); each counts as its own server shows it.</summary>
    private async Task FetchOfGroup(Account group, IReadOnlyList<JsonElement> items, CancellationToken cancel)
    {
        foreach (var item in items.Where(item => item.IsType("Announce") && Origin.Same(item.OwnId(), group.Uri)).Take(MaxOfGroup))
        {
            var inner = item.One("object");
            var uri = inner.IsType("Create") ? inner.Id("object") : inner.AsId();
            if (uri is null || (await remoteStatuses.Fetch(uri, cancel)).Status is not { IsOpen: true } post) continue;
            await database.Write(c => StatusIntake.AddBoost(c, post, group, item, time.GetUtcNow()));
        }
    }

    private bool IsKnown(Account account) =>
        database.Read(c => TimelineStore.OfAccount(c, account.Id, null, new AccountTimeline(ExcludeBoosts: account.Type != "Group"), new Paging(1))).Count > 0;

    /// <summary>A post of the account's own that came whole in one of its own collections; a boost or a bare id is not worth a fetch here.</summary>
    internal static PreparedStatus? PostOf(JsonElement item, Account account, TimeProvider time)
    {
        var post = item.IsType("Create") ? item.One("object") : item;
        if (!Origin.Same(post.OwnId(), account.Uri)) return null;
        if (RemoteObject.Read(post, out _) is not { IsVote: false } remote || remote.AttributedTo != account.Uri) return null;
        return remote.Audience.ToPublic || remote.Audience.CcPublic ? PreparedStatus.From(remote, time) : null;
    }
}
