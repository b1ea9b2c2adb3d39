using System.Text.Json;
using Calf.Store;

namespace Calf.Moderation;

/// <summary>Somebody complained about somebody: the owner about another account, or another server about the owner.</summary>
/// <param name="Uri">The id of the Flag.</param>
/// <param name="AccountId">Who complained.</param>
/// <param name="Comment">Text, not HTML.</param>
/// <param name="Category">One of <see cref="Categories"/>.</param>
/// <param name="Forwarded">The target's server was told.</param>
public sealed record Report(
    long Id, string Uri, long AccountId, long TargetId, IReadOnlyList<long> StatusIds, string Comment, string Category, bool Forwarded,
    DateTimeOffset CreatedAt)
{
    public const string Other = "other";

    /// <summary>Collections of the target's that it is about.</summary>
    public IReadOnlyList<long> CollectionIds { get; init; } = [];

    /// <summary>When the owner was done with it; null while it is open.</summary>
    public DateTimeOffset? ActionTakenAt { get; init; }

    /// <summary>Mastodon's words.</summary>
    public static readonly IReadOnlyList<string> Categories = ["spam", "legal", "violation", Other];
}

public static class ReportStore
{
    /// <summary>As many reports about one account are kept; the oldest go first, so that a flood fills no disk.</summary>
    public const int MaxKept = 500;

    private const string Columns = "id, uri, account_id, target_id, status_ids, comment, category, forwarded, created_at, action_taken_at, collection_ids";

    /// <summary>False if it was there already.</summary>
    public static bool Add(Connection c, Report r)
    {
        var statuses = JsonSerializer.Serialize(r.StatusIds, ReportJson.Default.IReadOnlyListInt64);
        var collections = JsonSerializer.Serialize(r.CollectionIds, ReportJson.Default.IReadOnlyListInt64);
        var added = c.Execute($"""
            INSERT OR IGNORE INTO reports ({Columns:raw})
            VALUES ({r.Id}, {r.Uri}, {r.AccountId}, {r.TargetId}, {statuses}, {r.Comment}, {r.Category}, {r.Forwarded}, {r.CreatedAt}, {r.ActionTakenAt}, {collections})
            """) > 0;
        c.Execute($"""
            DELETE FROM reports WHERE target_id = {r.TargetId}
              AND id <= (SELECT id FROM reports WHERE target_id = {r.TargetId} ORDER BY id DESC LIMIT 1 OFFSET {(long)MaxKept})
            """);
        return added;
    }

    public static Dictionary<long, Report> FindMany(Connection c, IEnumerable<long> ids) =>
        c.Query($"SELECT {Columns:raw} FROM reports WHERE id IN {ids}", Read).ToDictionary(r => r.Id);

    /// <summary>Newest first.</summary>
    public static List<Report> About(Connection c, long targetId, Paging page) =>
        page.NewestFirst(c.Query($"SELECT {Columns:raw} FROM reports WHERE target_id = {targetId} AND {page.On("id")}", Read));

    /// <summary>All reports, newest first, open or closed; by one account or about one when they are named.</summary>
    public static List<Report> Page(Connection c, bool closed, long? accountId, long? targetId, Paging page)
    {
        var where = closed ? Sql.Of($"action_taken_at IS NOT NULL") : Sql.Of($"action_taken_at IS NULL");
        if (accountId is { } by) where = Sql.Of($"{where} AND account_id = {by}");
        if (targetId is { } about) where = Sql.Of($"{where} AND target_id = {about}");
        return page.NewestFirst(c.Query($"SELECT {Columns:raw} FROM reports WHERE {where} AND {page.On("id")}", Read));
    }

    /// <summary>Marks a report as done with, or with null as open; what is so already keeps its time.</summary>
    public static void Close(Connection c, long id, DateTimeOffset? at) =>
        c.Execute($"UPDATE reports SET action_taken_at = {at} WHERE id = {id} AND (action_taken_at IS NULL) = {at is not null}");

    private static Report Read(Row r) => new(
        r.Long(), r.Text(), r.Long(), r.Long(), JsonSerializer.Deserialize(r.Text(), ReportJson.Default.IReadOnlyListInt64)!, r.Text(), r.Text(), r.Bool(), r.Time())
    {
        ActionTakenAt = r.TimeOrNull(),
        CollectionIds = JsonSerializer.Deserialize(r.Text(), ReportJson.Default.IReadOnlyListInt64)!,
    };
}

[System.Text.Json.Serialization.JsonSerializable(typeof(IReadOnlyList<long>))]
internal sealed partial class ReportJson : System.Text.Json.Serialization.JsonSerializerContext;
