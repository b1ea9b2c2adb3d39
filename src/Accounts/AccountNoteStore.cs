using Calf.Store;

namespace Calf.Accounts;

/// <summary>What the owner wrote about accounts for themselves.</summary>
public static class AccountNoteStore
{
    /// <summary>In characters, as Mastodon's.</summary>
    public const int MaxLength = 2000;

    /// <summary>Empty takes it away.</summary>
    public static void Save(Connection c, long accountId, string text)
    {
        if (text.Length == 0) c.Execute($"DELETE FROM account_notes WHERE account_id = {accountId}");
        else c.Execute($"INSERT INTO account_notes (account_id, text) VALUES ({accountId}, {text}) ON CONFLICT (account_id) DO UPDATE SET text = excluded.text");
    }

    public static Dictionary<long, string> Among(Connection c, IEnumerable<long> accountIds) =>
        c.Query($"SELECT account_id, text FROM account_notes WHERE account_id IN {accountIds}", r => (r.Long(), r.Text())).ToDictionary(t => t.Item1, t => t.Item2);
}
