using Calf.Store;

namespace Calf.Lists;

/// <summary>Accounts that the owner reads by themselves. https://docs.joinmastodon.org/entities/List/</summary>
/// <param name="RepliesPolicy">Which answers to others are shown: none, to members of the list, to anybody followed.</param>
/// <param name="Exclusive">Its members are not shown in home.</param>
public sealed record AccountList(long Id, string Title, string RepliesPolicy, bool Exclusive);

/// <summary>Mastodon's words for which answers a list shows.</summary>
public static class RepliesPolicies
{
    public const string None = "none";
    public const string List = "list";
    public const string Followed = "followed";

    public static readonly IReadOnlyList<string> All = [None, List, Followed];
}

/// <summary>The lists and who is on them.</summary>
public static class ListStore
{
    private const string Columns = "id, title, replies_policy, exclusive";

    public static List<AccountList> All(Connection c) => c.Query($"SELECT {Columns:raw} FROM lists ORDER BY id", Read);

    public static long Count(Connection c) => c.Count($"SELECT count(*) FROM lists");

    public static AccountList? Find(Connection c, long id) => c.Find($"SELECT {Columns:raw} FROM lists WHERE id = {id}", Read);

    /// <summary>The lists that an account is on.</summary>
    public static List<AccountList> Of(Connection c, long accountId) =>
        c.Query($"SELECT {Columns:raw} FROM lists WHERE id IN (SELECT list_id FROM list_members WHERE account_id = {accountId}) ORDER BY id", Read);

    /// <summary>Adds it, or replaces its title and rules.</summary>
    public static void Save(Connection c, AccountList list) => c.Execute($"""
        INSERT INTO lists ({Columns:raw}) VALUES ({list.Id}, {list.Title}, {list.RepliesPolicy}, {list.Exclusive})
        ON CONFLICT (id) DO UPDATE SET title = excluded.title, replies_policy = excluded.replies_policy, exclusive = excluded.exclusive
        """);

    public static void Remove(Connection c, long id) => c.Execute($"DELETE FROM lists WHERE id = {id}");

    /// <summary>The ids of the accounts on a list, newest account first.</summary>
    public static List<long> Members(Connection c, long listId, Paging page) =>
        page.NewestFirst(c.Query($"SELECT account_id FROM list_members WHERE list_id = {listId} AND {page.On("account_id")}", r => r.Long()));

    public static bool IsMember(Connection c, long listId, long accountId) =>
        c.Exists($"SELECT 1 FROM list_members WHERE list_id = {listId} AND account_id = {accountId}");

    public static void AddMember(Connection c, long listId, long accountId) =>
        c.Execute($"INSERT OR IGNORE INTO list_members (list_id, account_id) VALUES ({listId}, {accountId})");

    private static AccountList Read(Row r) => new(r.Long(), r.Text(), r.Text(), r.Bool());
}
