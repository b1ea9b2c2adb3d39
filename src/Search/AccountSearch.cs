using Calf.Moderation;
using Calf.Store;

namespace Calf.Search;

/// <summary>Finds accounts by handle and name.</summary>
public static class AccountSearch
{
    /// <summary>How many accounts are ranked: of more that match, the ones that came last. Exact and followed ones are always among them.</summary>
    public const int MaxRanked = 500;

    /// <summary>
    /// Ids of accounts of which every word of the text begins a word: first those with exactly this handle or user name, then the followed,
    /// then those whose handle or name begins with the text, and the more followed before the less. Nobody who is gone or blocked.
    /// </summary>
    /// <param name="reader">The owner, who may ask for the followed alone; strangers find who wants to be found, and not whom the owner follows.</param>
    public static List<long> Find(Connection c, string text, AccountReader reader, int limit, int offset)
    {
        var wanted = text.Trim().TrimStart('@');
        var words = wanted.Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(SearchParsing.MaxClauses)
            .Select(word => SearchWords.Phrase(word, beginning: true)).OfType<string>().ToList();
        if (words.Count == 0) return [];
        var everybody = string.Join(" AND ", words);
        var followed = $"{everybody} AND \"{SearchMarks.Property(SearchMarks.Followed)}\"";
        var candidates = reader == AccountReader.Stranger ? [] : Candidates(c, reader, Matching(followed));
        if (reader != AccountReader.FollowedOnly)
        {
            candidates.AddRange(Candidates(c, reader, Exactly(wanted)));
            candidates.AddRange(Candidates(c, reader, Matching(everybody)));
        }
        return [.. candidates.DistinctBy(a => a.Id).OrderBy(a => a.Rank(wanted)).ThenByDescending(a => a.Followers).ThenBy(a => a.Id)
            .Skip(offset).Take(limit).Select(a => a.Id)];
    }

    private static Sql Matching(string expression) => Sql.Of($"""
        SELECT rowid FROM (SELECT rowid FROM account_search WHERE account_search MATCH {expression} ORDER BY rowid DESC LIMIT {(long)MaxRanked})
        """);

    private static Sql Exactly(string handle)
    {
        var parts = handle.Split('@', 2);
        var domain = parts.Length > 1 ? parts[1].ToLowerInvariant() : null;
        return Sql.Of($"SELECT id FROM accounts WHERE username = {parts[0]} AND ({domain} IS NULL OR domain = {domain}) LIMIT {(long)MaxRanked}");
    }

    private static List<Candidate> Candidates(Connection c, AccountReader reader, Sql ids) => c.Query($"""
        SELECT id, username, domain, display_name, followers_count, NOT {reader == AccountReader.Stranger} AND (domain = '' OR EXISTS (
          SELECT 1 FROM follows f WHERE f.account_id = (SELECT id FROM accounts WHERE domain = '') AND f.target_id = accounts.id AND f.accepted = 1))
        FROM accounts WHERE id IN ({ids}) AND gone_at IS NULL AND {Hidden.NotBlocked("accounts.id")}
          AND (NOT {reader == AccountReader.Stranger} OR discoverable = 1 OR domain = '')
        """, r => new Candidate(r.Long(), r.Text(), r.Text(), r.Text(), r.Long(), r.Bool()));

    private sealed record Candidate(long Id, string Username, string Domain, string Name, long Followers, bool Followed)
    {
        private string Handle => Domain.Length == 0 ? Username : $"{Username}@{Domain}";

        public bool IsNamed(string username) => Username.Equals(username, StringComparison.OrdinalIgnoreCase);

        public bool Begins(string text) => Handle.StartsWith(text, StringComparison.OrdinalIgnoreCase);

        public int Rank(string text) =>
            IsNamed(text) || Handle.Equals(text, StringComparison.OrdinalIgnoreCase) ? 0
            : Followed ? 1
            : Begins(text) || Name.StartsWith(text, StringComparison.OrdinalIgnoreCase) ? 2
            : 3;
    }
}

/// <summary>Who looks for accounts, and among whom.</summary>
public enum AccountReader { Owner, FollowedOnly, Stranger }
