using System.Text;
using Calf.Store;

namespace Calf.Search;

/// <summary>Keeps the words of accounts: user name, domain and display name, and whether the owner follows them.</summary>
public static class AccountIndex
{
    private const string Owner = "(SELECT id FROM accounts WHERE domain = '')";

    public static bool HasWaiting(Connection c) => c.Exists($"SELECT 1 FROM account_search_waiting LIMIT 1");

    /// <summary>Reads anew what has changed. How many accounts that were; fewer than the limit: none wait any more.</summary>
    public static int Step(Connection c, int limit)
    {
        var ids = c.Query($"SELECT account_id FROM account_search_waiting ORDER BY account_id DESC LIMIT {(long)limit}", r => r.Long());
        if (ids.Count == 0) return 0;
        var found = c.Query($"""
            SELECT id, username, domain, display_name,
              domain = '' OR EXISTS (SELECT 1 FROM follows f WHERE f.account_id = {Owner:raw} AND f.target_id = accounts.id AND f.accepted = 1)
            FROM accounts WHERE id IN {ids}
            """, r => (Id: r.Long(), Username: r.Text(), Domain: r.Text(), Name: r.Text(), Followed: r.Bool()));
        foreach (var (id, username, domain, name, followed) in found)
        {
            var words = new StringBuilder();
            SearchWords.Append(words, username);
            SearchWords.Append(words, domain);
            SearchWords.Append(words, name);
            if (followed) words.Append(SearchMarks.Property(SearchMarks.Followed));
            c.Execute($"INSERT OR REPLACE INTO account_search (rowid, words) VALUES ({id}, {words.ToString()})");
        }
        c.Execute($"DELETE FROM account_search_waiting WHERE account_id IN {ids}");
        return ids.Count;
    }
}
