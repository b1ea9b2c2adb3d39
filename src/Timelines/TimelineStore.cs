using Calf.Lists;
using Calf.Moderation;
using Calf.Store;

namespace Calf.Timelines;

/// <summary>
/// The lists of statuses that people page through; all answer with ids, newest first. Home is a table of its own, filled when a
/// status arrives, so that a page costs the same however much is stored.
/// </summary>
public static class TimelineStore
{
    /// <summary>Puts it in home and on the lists that its author is on.</summary>
    public static void AddToHome(Connection c, long statusId)
    {
        c.Execute($"INSERT OR IGNORE INTO home (status_id) VALUES ({statusId})");
        ListFeed.Add(c, statusId);
    }

    public static bool IsInHome(Connection c, long statusId) => c.Exists($"SELECT 1 FROM home WHERE status_id = {statusId}");

    /// <summary>Takes everything by an account out of home, and the account off all lists, as when it is unfollowed.</summary>
    public static void RemoveFromHome(Connection c, long accountId)
    {
        c.Execute($"DELETE FROM home WHERE status_id IN (SELECT id FROM statuses WHERE account_id = {accountId})");
        ListFeed.RemoveAccount(c, accountId);
    }

    /// <summary>Takes posts out of home that were there for a hashtag alone.</summary>
    public static void RemoveTagFromHome(Connection c, long tagId, long ownerId) => c.Execute($"""
        DELETE FROM home WHERE status_id IN (
          SELECT st.status_id FROM status_tags st CROSS JOIN statuses s ON s.id = st.status_id
          WHERE st.tag_id = {tagId} AND s.account_id != {ownerId}
            AND NOT EXISTS (SELECT 1 FROM follows f WHERE f.account_id = {ownerId} AND f.target_id = s.account_id AND f.accepted = 1)
            AND NOT EXISTS (SELECT 1 FROM status_tags o JOIN followed_tags ft ON ft.tag_id = o.tag_id WHERE o.status_id = s.id))
        """);

    /// <summary>Everything that went home.</summary>
    public static List<long> Home(Connection c, Paging page) =>
        page.NewestFirst(c.Query($"SELECT status_id FROM home WHERE {page.On("status_id")}", r => r.Long()));

    /// <summary>
    /// Home as the owner is shown it: without those blocked and muted, as authors, as boosted, as answered and as mentioned. Muted
    /// posts are there still, and are shown again when the mute ends; so are those of members of exclusive lists.
    /// </summary>
    /// <remarks>CROSS JOIN keeps home outside: SQLite was seen to begin with all statuses and to sort them for one page.</remarks>
    public static List<long> Home(Connection c, Paging page, DateTimeOffset now) => page.NewestFirst(c.Query($"""
        SELECT h.status_id FROM home h CROSS JOIN statuses s ON s.id = h.status_id LEFT JOIN statuses b ON b.id = s.boost_of_id
        WHERE NOT EXISTS (SELECT 1 FROM list_members e JOIN lists l ON l.id = e.list_id WHERE e.account_id = s.account_id AND l.exclusive = 1)
          AND {ShownToOwner(now)} AND {page.On("h.status_id")}
        """, r => r.Long()));

    /// <summary>A list as the owner is shown it, with the same posts left out as in home.</summary>
    public static List<long> List(Connection c, long listId, Paging page, DateTimeOffset now) => page.NewestFirst(c.Query($"""
        SELECT h.status_id FROM list_entries h CROSS JOIN statuses s ON s.id = h.status_id LEFT JOIN statuses b ON b.id = s.boost_of_id
        WHERE h.list_id = {listId} AND {ShownToOwner(now)} AND {page.On("h.status_id")}
        """, r => r.Long()));

    /// <summary>On a status s and, if it is a boost, the boosted one b.</summary>
    private static Sql ShownToOwner(DateTimeOffset now) => Sql.Of($"""
        {Hidden.NotBlocked("s.account_id")} AND {Hidden.NotBlocked("b.account_id")} AND {Hidden.NotBlocked("s.in_reply_to_account_id")}
        AND (s.account_id = (SELECT id FROM accounts WHERE domain = '') OR (
          {Hidden.NotMuted("s.account_id", now)} AND {Hidden.NotMuted("b.account_id", now)} AND {Hidden.NotMuted("s.in_reply_to_account_id", now)}
          AND NOT EXISTS (SELECT 1 FROM mentions m WHERE m.status_id = coalesce(s.boost_of_id, s.id)
            AND NOT ({Hidden.NotBlocked("m.account_id")} AND {Hidden.NotMuted("m.account_id", now)}))))
        """);

    /// <summary>It mentions somebody whom the owner blocked or muted. Streams leave such posts out of what is public, as Mastodon's do; pages do not.</summary>
    public static bool NamesHidden(Connection c, long statusId, DateTimeOffset now) => c.Exists($"""
        SELECT 1 FROM mentions m WHERE m.status_id = {statusId} AND m.silent = 0 AND NOT ({Hidden.NotBlocked("m.account_id")} AND {Hidden.NotMuted("m.account_id", now)})
        """);

    /// <summary>Public posts, without boosts, without answers to others and without those whom the owner muted, blocked or silenced.</summary>
    public static List<long> Public(Connection c, PublicFeed what, Paging page, DateTimeOffset now) => page.NewestFirst(c.Query($"""
        SELECT id FROM statuses
        WHERE visibility = 0 AND boost_of_id IS NULL AND ((in_reply_to_id IS NULL AND in_reply_to_uri IS NULL) OR in_reply_to_account_id = account_id)
          AND {Shown("statuses.account_id", now)}
          AND (NOT {what.Local} OR account_id = (SELECT id FROM accounts WHERE domain = ''))
          AND (NOT {what.Remote} OR account_id != (SELECT id FROM accounts WHERE domain = ''))
          AND (NOT {what.OnlyMedia} OR EXISTS (SELECT 1 FROM attachments a WHERE a.status_id = statuses.id))
          AND {page.On("id")}
        """, r => r.Long()));

    public static List<long> Tagged(Connection c, string tag, PublicFeed what, Paging page, DateTimeOffset now) => Tagged(c, [tag], [], [], what, page, now);

    /// <summary>Public posts with any of these hashtags, with all of those and none of the others. Hashtags that are not known here count for nothing.</summary>
    public static List<long> Tagged(
        Connection c, IReadOnlyCollection<string> any, IReadOnlyCollection<string> all, IReadOnlyCollection<string> none, PublicFeed what, Paging page, DateTimeOffset now)
    {
        var (needed, barred) = (TagIds(c, all), TagIds(c, none));
        // One walk down the index for each hashtag: SQLite would sort all the posts of several.
        var found = any.Distinct(StringComparer.OrdinalIgnoreCase).SelectMany(tag => c.Query($"""
            SELECT status_id FROM status_tags CROSS JOIN statuses s ON s.id = status_id
            WHERE tag_id = (SELECT id FROM tags WHERE name = {tag}) AND s.visibility = 0 AND {Shown("s.account_id", now)}
              AND (NOT {what.Local} OR s.account_id = (SELECT id FROM accounts WHERE domain = ''))
              AND (NOT {what.Remote} OR s.account_id != (SELECT id FROM accounts WHERE domain = ''))
              AND (NOT {what.OnlyMedia} OR EXISTS (SELECT 1 FROM attachments a WHERE a.status_id = s.id))
              AND NOT EXISTS (SELECT 1 FROM json_each({Numbers(needed)}) n WHERE NOT EXISTS (SELECT 1 FROM status_tags o WHERE o.tag_id = n.value AND o.status_id = s.id))
              AND NOT EXISTS (SELECT 1 FROM status_tags o WHERE o.status_id = s.id AND o.tag_id IN {barred})
              AND {page.On("status_id")}
            """, r => r.Long())).Distinct();
        return [.. (page.MinId is null ? found.OrderDescending() : found.Order()).Take(page.Limit).OrderDescending()];
    }

    private static List<long> TagIds(Connection c, IReadOnlyCollection<string> names) =>
        names.Count == 0 ? [] : [.. names.Select(name => c.FindValue($"SELECT id FROM tags WHERE name = {name}", r => r.Long())).OfType<long>().Distinct()];

    private static string Numbers(IReadOnlyCollection<long> ids) => "[" + string.Join(',', ids) + "]";

    /// <summary>Public posts that share a link.</summary>
    public static List<long> Linked(Connection c, string url, Paging page, DateTimeOffset now) => page.NewestFirst(c.Query($"""
        SELECT l.status_id FROM status_cards l CROSS JOIN statuses s ON s.id = l.status_id
        WHERE l.url = {url} AND s.visibility = 0 AND {Shown("s.account_id", now)} AND {page.On("l.status_id")}
        """, r => r.Long()));

    /// <summary>
    /// An account's posts as far as the reader may see them; null reads as a stranger. Nothing of the blocked, boosted or not; the muted
    /// and silenced are shown to who looks for them.
    /// </summary>
    public static List<long> OfAccount(Connection c, long accountId, long? reader, AccountTimeline what, Paging page)
    {
        // The stored numbers of Visibility: strangers to unlisted, followers to private, the author everything.
        var most = what.OnlyPublic ? 0L : reader is null ? 1L : reader == accountId ? 3L : 2L;
        return page.NewestFirst(c.Query($"""
            SELECT id FROM statuses
            WHERE account_id = {accountId} AND {Hidden.NotBlocked("statuses.account_id")}
              AND (boost_of_id IS NULL OR EXISTS (SELECT 1 FROM statuses b WHERE b.id = statuses.boost_of_id AND {Hidden.NotBlocked("b.account_id")}))
              AND (visibility <= {most} OR id IN (SELECT status_id FROM mentions WHERE account_id = {reader ?? 0}))
              AND (NOT {what.ExcludeReplies} OR (in_reply_to_id IS NULL AND in_reply_to_uri IS NULL) OR in_reply_to_account_id = account_id)
              AND (NOT {what.ExcludeBoosts} OR boost_of_id IS NULL)
              AND (NOT {what.OnlyMedia} OR EXISTS (SELECT 1 FROM attachments a WHERE a.status_id = statuses.id))
              AND ({what.Tag is null} OR id IN (SELECT status_id FROM status_tags WHERE tag_id = (SELECT id FROM tags WHERE name = {what.Tag})))
              AND {page.On("id")}
            """, r => r.Long()));
    }

    private static Sql Shown(string author, DateTimeOffset now) =>
        Sql.Of($"{Hidden.NotBlocked(author)} AND {Hidden.NotLimited(author)} AND {Hidden.NotMuted(author, now)}");

    /// <summary>The number of posts of an account that anybody may read.</summary>
    public static long OpenCount(Connection c, long accountId) =>
        c.Count($"SELECT count(*) FROM statuses WHERE account_id = {accountId} AND visibility <= 1");
}

/// <summary>Which public posts: the owner's only, others' only, only those with attachments.</summary>
public sealed record PublicFeed(bool Local = false, bool Remote = false, bool OnlyMedia = false);

/// <summary>What to leave out of an account's posts.</summary>
public sealed record AccountTimeline(bool ExcludeReplies = false, bool ExcludeBoosts = false, bool OnlyMedia = false, string? Tag = null, bool OnlyPublic = false);
