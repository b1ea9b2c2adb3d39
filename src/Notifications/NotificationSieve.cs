using Calf.Moderation;
using Calf.Store;

namespace Calf.Notifications;

/// <summary>Asks the owner's policy about a notification, as Mastodon's NotifyService does.</summary>
internal static class NotificationSieve
{
    /// <summary>Who has followed for less is still a stranger.</summary>
    private static readonly TimeSpan NewFollower = TimeSpan.FromDays(3);

    private static readonly TimeSpan NewAccount = TimeSpan.FromDays(30);

    /// <summary>How far up a thread is looked for the owner's word to the sender.</summary>
    private const int MaxThread = 100;

    /// <summary>What the owner asked for themselves, or has to hear whoever it comes from.</summary>
    private static readonly string[] Unsifted =
    [
        NotificationTypes.Poll, NotificationTypes.Update, NotificationTypes.Status, NotificationTypes.QuotedUpdate, NotificationTypes.CollectionUpdate,
        NotificationTypes.Report,
    ];

    public static PolicyAnswer Ask(Connection c, string type, long from, long? statusId, DateTimeOffset now)
    {
        if (Unsifted.Contains(type) || NotificationRequestStore.IsPermitted(c, from)) return PolicyAnswer.Accept;
        var policy = NotificationPolicy.Read(c);
        var sender = Sender.Of(c, from, now);
        return new[]
        {
            sender is { Silenced: true, Followed: false } ? policy.ForLimitedAccounts : PolicyAnswer.Accept,
            sender.Followed ? PolicyAnswer.Accept : policy.ForNotFollowing,
            sender.Follower ? PolicyAnswer.Accept : policy.ForNotFollowers,
            sender is { New: true, Followed: false } ? policy.ForNewAccounts : PolicyAnswer.Accept,
            policy.ForPrivateMentions != PolicyAnswer.Accept && !sender.Followed && IsUnaskedPrivateMention(c, type, from, statusId)
                ? policy.ForPrivateMentions : PolicyAnswer.Accept,
        }.Max();
    }

    /// <summary>A direct post that mentions the owner, and answers nothing that the owner wrote to its author.</summary>
    private static bool IsUnaskedPrivateMention(Connection c, string type, long from, long? statusId) =>
        type == NotificationTypes.Mention && statusId is { } id
        && c.Exists($"SELECT 1 FROM statuses WHERE id = {id} AND visibility = 3")
        && !c.Exists($"""
            WITH RECURSIVE up (id, depth) AS (
              SELECT in_reply_to_id, 0 FROM statuses WHERE id = {id}
              UNION SELECT s.in_reply_to_id, depth + 1 FROM statuses s JOIN up ON s.id = up.id WHERE depth < {(long)MaxThread})
            SELECT 1 FROM up JOIN statuses s ON s.id = up.id JOIN accounts o ON o.id = s.account_id AND o.domain = ''
            JOIN mentions m ON m.status_id = s.id AND m.account_id = {from}
            """);

    private readonly record struct Sender(bool Followed, bool Follower, bool New, bool Silenced)
    {
        public static Sender Of(Connection c, long id, DateTimeOffset now) => c.FindValue($"""
            SELECT EXISTS (SELECT 1 FROM follows f WHERE f.account_id = o.id AND f.target_id = a.id AND f.accepted = 1),
                   EXISTS (SELECT 1 FROM follows f WHERE f.target_id = o.id AND f.account_id = a.id AND f.accepted = 1 AND f.created_at <= {now - NewFollower}),
                   a.created_at > {now - NewAccount}, a.domain_severity >= {DomainSeverity.Silence}
            FROM accounts a JOIN accounts o ON o.domain = '' WHERE a.id = {id}
            """, r => new Sender(r.Bool(), r.Bool(), r.Bool(), r.Bool())) ?? default;
    }
}
