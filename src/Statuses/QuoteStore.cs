using Calf.Store;

namespace Calf.Statuses;

/// <summary>Which status quotes which, and with what right.</summary>
public static class QuoteStore
{
    private const string Columns =
        "status_id, quoted_uri, quoted_id, state, legacy, claimed_stamp, stamp_uri, request_uri, depth, tries, due_at";

    /// <summary>Adds the quote of a status, or puts it in place of what it quoted before.</summary>
    public static void Save(Connection c, Quote q) => c.Execute($"""
        INSERT OR REPLACE INTO quotes ({Columns:raw}) VALUES ({q.StatusId}, {q.QuotedUri}, {q.QuotedId}, {q.State}, {q.Legacy},
          {q.ClaimedStamp}, {q.StampUri}, {q.RequestUri}, {(long)q.Depth}, {(long)q.Tries}, {q.DueAt})
        """);

    public static void Remove(Connection c, long statusId) => c.Execute($"DELETE FROM quotes WHERE status_id = {statusId}");

    public static Quote? Find(Connection c, long statusId) => c.Find($"SELECT {Columns:raw} FROM quotes WHERE status_id = {statusId}", Read);

    public static Dictionary<long, Quote> FindMany(Connection c, IEnumerable<long> statusIds) =>
        c.Query($"SELECT {Columns:raw} FROM quotes WHERE status_id IN {statusIds}", Read).ToDictionary(q => q.StatusId);

    /// <summary>By proven approvals only: what a post merely claims must not get in another one's way.</summary>
    public static List<Quote> FindByStamp(Connection c, string uri) => c.Query($"SELECT {Columns:raw} FROM quotes WHERE stamp_uri = {uri}", Read);

    public static Quote? FindByRequest(Connection c, string uri) => c.Find($"SELECT {Columns:raw} FROM quotes WHERE request_uri = {uri}", Read);

    /// <summary>Quotes to look at now, the longest due first.</summary>
    public static List<Quote> Due(Connection c, DateTimeOffset now, int limit) =>
        c.Query($"SELECT {Columns:raw} FROM quotes WHERE due_at <= {now} ORDER BY due_at LIMIT {(long)limit}", Read);

    /// <summary>Makes quotes due whose quoted post has come. Whether there were any.</summary>
    public static bool LookAgainAtThoseOf(Connection c, string quotedUri, DateTimeOffset now) => c.Execute($"""
        UPDATE quotes SET due_at = {now}
        WHERE quoted_uri = {quotedUri} AND quoted_id IS NULL AND due_at IS NULL AND state = {QuoteState.Pending} AND legacy = 0
        """) > 0;

    /// <summary>The accepted quotes of a status, as ids of the quoting statuses.</summary>
    public static List<long> Accepted(Connection c, long quotedId, Paging page) => page.NewestFirst(c.Query($"""
        SELECT q.status_id FROM quotes q JOIN statuses s ON s.id = q.status_id
        WHERE q.quoted_id = {quotedId} AND q.state = {QuoteState.Accepted} AND {page.On("q.status_id")}
        """, r => r.Long()));

    /// <summary>An account's own accepted quotes of a status.</summary>
    public static List<long> AcceptedBy(Connection c, long accountId, long quotedId) => c.Query($"""
        SELECT q.status_id FROM quotes q JOIN statuses s ON s.id = q.status_id
        WHERE q.quoted_id = {quotedId} AND q.state = {QuoteState.Accepted} AND s.account_id = {accountId}
        """, r => r.Long());

    /// <summary>Who quotes a status with its author's consent.</summary>
    public static List<long> Quoters(Connection c, long quotedId) => c.Query($"""
        SELECT DISTINCT s.account_id FROM quotes q JOIN statuses s ON s.id = q.status_id WHERE q.quoted_id = {quotedId} AND q.state = {QuoteState.Accepted}
        """, r => r.Long());

    /// <summary>How often each is quoted with its author's consent; those that are not quoted are left out.</summary>
    public static Dictionary<long, long> Counts(Connection c, IEnumerable<long> quotedIds) => c.Query($"""
        SELECT quoted_id, count(*) FROM quotes WHERE quoted_id IN {quotedIds} AND state = {QuoteState.Accepted} GROUP BY quoted_id
        """, r => (Id: r.Long(), Count: r.Long())).ToDictionary(r => r.Id, r => r.Count);

    private static Quote Read(Row r) => new()
    {
        StatusId = r.Long(),
        QuotedUri = r.Text(),
        QuotedId = r.LongOrNull(),
        State = (QuoteState)r.Int(),
        Legacy = r.Bool(),
        ClaimedStamp = r.TextOrNull(),
        StampUri = r.TextOrNull(),
        RequestUri = r.TextOrNull(),
        Depth = r.Int(),
        Tries = r.Int(),
        DueAt = r.TimeOrNull(),
    };
}
