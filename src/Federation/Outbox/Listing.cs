using Calf.Accounts;
using Calf.Follows;
using Calf.Lists;
using Calf.Statuses;
using Calf.Store;
using Calf.Timelines;

namespace Calf.Federation.Outbox;

/// <summary>What a list is to become; null leaves a thing as it is.</summary>
public sealed record ListChange(string? Title, string? RepliesPolicy, bool? Exclusive);

/// <summary>The owner keeps lists of accounts. Nobody else is told.</summary>
public sealed class Listing(Database database, Owner owner, TimeProvider time)
{
    /// <summary>As Mastodon's.</summary>
    public const int MaxLists = 50;

    /// <summary>In characters, as Mastodon's.</summary>
    public const int MaxTitle = 256;

    /// <exception cref="ActionException">It has no title, a wrong policy, or there are too many.</exception>
    public Task<AccountList> Create(ListChange wanted) => database.Write(c =>
    {
        if (ListStore.Count(c) >= MaxLists) throw ActionException.Invalid(Validation.Failed(Words.T("You have reached the maximum number of lists")));
        return Save(c, new AccountList(Ids.At(time.GetUtcNow()), "", RepliesPolicies.List, false), wanted);
    });

    /// <exception cref="ActionException">It is not there, or would be without a title or with a wrong policy.</exception>
    public Task<AccountList> Change(long id, ListChange wanted) => database.Write(c => Save(c, Require(c, id), wanted));

    /// <exception cref="ActionException">It is not there.</exception>
    public Task Remove(long id) => database.Write(c => ListStore.Remove(c, Require(c, id).Id));

    /// <summary>Puts accounts on a list, with what they posted lately.</summary>
    /// <exception cref="ActionException">One is not known, not followed, or on the list already; then none is put there.</exception>
    public Task AddMembers(long id, IReadOnlyList<long> accountIds) => database.Write(c =>
    {
        var list = Require(c, id);
        foreach (var account in accountIds)
        {
            if (AccountStore.Find(c, account) is null) throw ActionException.NotFound();
            if (account != owner.Id && FollowStore.Find(c, owner.Id, account) is null) throw ActionException.Invalid(Validation.Failed(Words.T("Account must be a followed account")));
            if (ListStore.IsMember(c, list.Id, account)) throw ActionException.Invalid(Validation.Failed(Words.T("Account is already on the list")));
            ListStore.AddMember(c, list.Id, account);
            ListFeed.Add(c, list.Id, [.. StatusStore.NewestOf(c, account, ListFeed.Backfilled).Where(status => BelongsHome(c, status))]);
        }
    });

    /// <exception cref="ActionException">The list is not there.</exception>
    public Task RemoveMembers(long id, IReadOnlyList<long> accountIds) => database.Write(c =>
    {
        var list = Require(c, id);
        foreach (var account in accountIds) ListFeed.RemoveMember(c, list.Id, account);
    });

    /// <summary>What is in home was taken before; the rest may have come before the account was followed.</summary>
    private bool BelongsHome(Connection c, long statusId) =>
        TimelineStore.IsInHome(c, statusId) || HomeFeed.Takes(c, statusId, owner.Id, time.GetUtcNow());

    private static AccountList Save(Connection c, AccountList before, ListChange wanted)
    {
        var list = before with
        {
            Title = wanted.Title?.Trim() ?? before.Title,
            RepliesPolicy = string.IsNullOrEmpty(wanted.RepliesPolicy) ? before.RepliesPolicy : wanted.RepliesPolicy,
            Exclusive = wanted.Exclusive ?? before.Exclusive,
        };
        if (list.Title.Length == 0) throw ActionException.Invalid(Validation.Failed(Words.T("Title can't be blank")));
        TextLimit.Demand(Words.T("Title||what is too long"), list.Title, MaxTitle);
        if (!RepliesPolicies.All.Contains(list.RepliesPolicy)) throw ActionException.Invalid("Validation failed: Replies policy is not included in the list");
        ListStore.Save(c, list);
        return list;
    }

    private static AccountList Require(Connection c, long id) => ListStore.Find(c, id) ?? throw ActionException.NotFound();
}
