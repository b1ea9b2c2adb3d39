using Calf.Moderation;
using Calf.Store;

namespace Calf.Timelines;

/// <summary>Decides what belongs in the owner's home timeline, as Mastodon does.</summary>
public static class HomeFeed
{
    /// <summary>
    /// A stored status goes home when its author is the owner or is followed; a reply only when it answers the owner, somebody
    /// followed or the author; a boost only when boosts of that account are wanted, the boosted author is not blocked, and the post is
    /// not already near the top of home. What is in a language that the owner does not want of its author stays out. A public post of anybody goes home when it has a hashtag that the owner follows. What is muted goes home too and is left out where home is shown: a mute can end.
    /// </summary>
    public static bool Takes(Connection c, long statusId, long ownerId, DateTimeOffset now) => c.Exists($"""
        SELECT 1 FROM statuses s
        LEFT JOIN follows f ON f.account_id = {ownerId} AND f.target_id = s.account_id AND f.accepted = 1
        LEFT JOIN statuses b ON b.id = s.boost_of_id
        WHERE s.id = {statusId} AND (s.account_id = {ownerId} OR f.account_id IS NOT NULL OR {HasFollowedTag})
          AND (s.account_id = {ownerId} OR {HasFollowedTag} OR s.language IS NULL OR f.languages = '' OR instr(',' || f.languages || ',', ',' || s.language || ',') > 0)
          AND (s.visibility < 3 OR s.account_id = {ownerId}
               OR EXISTS (SELECT 1 FROM mentions m WHERE m.status_id = s.id AND m.account_id = {ownerId}))
          AND {Hidden.NotBlocked("s.account_id")} AND {Hidden.NotBlocked("b.account_id")}
          AND (s.in_reply_to_uri IS NULL OR s.account_id = {ownerId} OR {HasFollowedTag} OR s.in_reply_to_account_id IN (s.account_id, {ownerId})
               OR EXISTS (SELECT 1 FROM follows r WHERE r.account_id = {ownerId} AND r.target_id = s.in_reply_to_account_id AND r.accepted = 1))
          AND (s.boost_of_id IS NULL OR s.account_id = {ownerId} OR (f.show_boosts = 1
               AND NOT EXISTS (SELECT 1 FROM home h WHERE h.status_id = s.boost_of_id AND h.status_id > {RecentFloor(now)})
               AND NOT EXISTS (SELECT 1 FROM statuses o JOIN home h ON h.status_id = o.id
                               WHERE o.boost_of_id = s.boost_of_id AND o.id != s.id AND o.id > {RecentFloor(now)} AND {Hidden.NotMuted("o.account_id", now)})))
        """);

    private static Sql HasFollowedTag => Sql.Of($"""
        (s.visibility = 0 AND s.boost_of_id IS NULL AND EXISTS (
          SELECT 1 FROM status_tags t JOIN followed_tags ft ON ft.tag_id = t.tag_id WHERE t.status_id = s.id))
        """);

    /// <summary>A post that is in home from this long ago is not shown again because somebody boosts it.</summary>
    private static readonly TimeSpan Recent = TimeSpan.FromHours(24);

    private static long RecentFloor(DateTimeOffset now) => Ids.FloorOf(now - Recent);
}
