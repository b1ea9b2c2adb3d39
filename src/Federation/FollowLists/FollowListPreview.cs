using Calf.Accounts;
using Calf.ActivityPub;
using Calf.Follows;
using Calf.Store;

namespace Calf.Federation.FollowLists;

public enum PreviewState
{
    New,
    Followed,

    /// <summary>They have been asked and have not answered.</summary>
    Requested,

    /// <summary>It waits to be followed already.</summary>
    Waiting,

    /// <summary>The owner.</summary>
    You,
}

/// <param name="AccountId">Null while it is not known here.</param>
public sealed record PreviewedFollow(ListedFollow Listed, PreviewState State, long? AccountId);

/// <summary>What following a list would do.</summary>
/// <param name="Title">As its author calls it; empty for a list in text.</param>
public sealed record FollowListPreview(string Title, IReadOnlyList<PreviewedFollow> People, IReadOnlyList<SkippedLine> Skipped)
{
    public static FollowListPreview Of(Connection c, string title, FollowListReading reading, Account owner, Site site)
    {
        var accounts = reading.People.Select(p => (Listed: p, Account: Find(c, p.Person, site))).ToList();
        var follows = FollowStore.Between(c, owner.Id, [.. accounts.Select(p => p.Account?.Id).OfType<long>().Distinct()])
            .Where(f => f.AccountId == owner.Id).ToDictionary(f => f.TargetId);
        var waiting = FollowListStore.Waiting(c).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return new FollowListPreview(title, [.. accounts.Select(p => new PreviewedFollow(p.Listed, StateOf(p.Listed.Person, p.Account), p.Account?.Id))], reading.Skipped);

        PreviewState StateOf(string person, Account? account) =>
            account?.Id == owner.Id ? PreviewState.You
            : account is not null && follows.TryGetValue(account.Id, out var follow) ? follow.Accepted ? PreviewState.Followed : PreviewState.Requested
            : waiting.Contains(person) ? PreviewState.Waiting : PreviewState.New;
    }

    private static Account? Find(Connection c, string person, Site site)
    {
        if (!Handle.TryParse(person, out var handle)) return AccountStore.FindByAddress(c, person);
        return AccountStore.FindByHandle(c, handle.User, handle.Domain == site.Domain ? "" : handle.Domain);
    }
}
