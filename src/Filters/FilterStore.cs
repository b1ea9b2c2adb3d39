using Calf.Store;

namespace Calf.Filters;

/// <summary>The filters with their words and posts.</summary>
public static class FilterStore
{
    private const string Columns = "id, title, contexts, action, expires_at";
    private const string KeywordColumns = "id, filter_id, keyword, whole_word";
    private const string StatusColumns = "id, filter_id, status_id";

    public static List<Filter> All(Connection c) => c.Query($"SELECT {Columns:raw} FROM filters ORDER BY id", Read);

    public static Filter? Find(Connection c, long id) => c.Find($"SELECT {Columns:raw} FROM filters WHERE id = {id}", Read);

    /// <summary>Adds it or replaces what it says; its words and posts stay.</summary>
    public static void Save(Connection c, Filter f) => c.Execute($"""
        INSERT INTO filters ({Columns:raw}) VALUES ({f.Id}, {f.Title}, {string.Join(',', f.Contexts)}, {f.Action}, {f.ExpiresAt})
        ON CONFLICT (id) DO UPDATE SET title = excluded.title, contexts = excluded.contexts, action = excluded.action, expires_at = excluded.expires_at
        """);

    public static void Remove(Connection c, long id) => c.Execute($"DELETE FROM filters WHERE id = {id}");

    public static List<FilterKeyword> Keywords(Connection c) => c.Query($"SELECT {KeywordColumns:raw} FROM filter_keywords ORDER BY id", ReadKeyword);

    public static List<FilterKeyword> Keywords(Connection c, long filterId) =>
        c.Query($"SELECT {KeywordColumns:raw} FROM filter_keywords WHERE filter_id = {filterId} ORDER BY id", ReadKeyword);

    public static FilterKeyword? FindKeyword(Connection c, long id) => c.Find($"SELECT {KeywordColumns:raw} FROM filter_keywords WHERE id = {id}", ReadKeyword);

    public static void SaveKeyword(Connection c, FilterKeyword k) => c.Execute($"""
        INSERT INTO filter_keywords ({KeywordColumns:raw}) VALUES ({k.Id}, {k.FilterId}, {k.Keyword}, {k.WholeWord})
        ON CONFLICT (id) DO UPDATE SET keyword = excluded.keyword, whole_word = excluded.whole_word
        """);

    public static void RemoveKeyword(Connection c, long id) => c.Execute($"DELETE FROM filter_keywords WHERE id = {id}");

    public static List<FilterStatus> Statuses(Connection c) => c.Query($"SELECT {StatusColumns:raw} FROM filter_statuses ORDER BY id", ReadStatus);

    public static List<FilterStatus> Statuses(Connection c, long filterId) =>
        c.Query($"SELECT {StatusColumns:raw} FROM filter_statuses WHERE filter_id = {filterId} ORDER BY id", ReadStatus);

    /// <summary>The entries of filters that name one of some posts.</summary>
    public static List<FilterStatus> StatusesAmong(Connection c, IReadOnlyCollection<long> statusIds) =>
        c.Query($"SELECT {StatusColumns:raw} FROM filter_statuses WHERE status_id IN {statusIds}", ReadStatus);

    public static FilterStatus? FindStatus(Connection c, long id) => c.Find($"SELECT {StatusColumns:raw} FROM filter_statuses WHERE id = {id}", ReadStatus);

    /// <summary>False when the filter has the post already.</summary>
    public static bool AddStatus(Connection c, FilterStatus s) =>
        c.Execute($"INSERT OR IGNORE INTO filter_statuses ({StatusColumns:raw}) VALUES ({s.Id}, {s.FilterId}, {s.StatusId})") > 0;

    public static void RemoveStatus(Connection c, long id) => c.Execute($"DELETE FROM filter_statuses WHERE id = {id}");

    private static Filter Read(Row r) => new(r.Long(), r.Text(), r.Text().Split(',', StringSplitOptions.RemoveEmptyEntries), r.Text(), r.TimeOrNull());

    private static FilterKeyword ReadKeyword(Row r) => new(r.Long(), r.Long(), r.Text(), r.Bool());

    private static FilterStatus ReadStatus(Row r) => new(r.Long(), r.Long(), r.Long());
}
