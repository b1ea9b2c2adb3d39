using Calf.Events;
using Calf.Moderation;
using Calf.Store;

namespace Calf.Notifications;

/// <summary>Tells the owner of something, unless they asked not to hear of it.</summary>
public sealed class Notifying(EventHub events, TimeProvider time)
{
    /// <param name="type">One of <see cref="NotificationTypes"/>.</param>
    public void Tell(Connection c, string type, long fromAccountId, long? statusId, long? reportId = null, long? collectionId = null)
    {
        var now = time.GetUtcNow();
        // Of what they do themselves the owner needs no word, but a poll of theirs ends by itself.
        var own = c.Exists($"SELECT 1 FROM accounts WHERE id = {fromAccountId} AND domain = ''");
        if (statusId is { } about && ConversationMutes.Covers(c, about)) return;
        if (own ? type != NotificationTypes.Poll : !IsWelcome(c, fromAccountId, now)) return;
        var answer = own ? PolicyAnswer.Accept : NotificationSieve.Ask(c, type, fromAccountId, statusId, now);
        if (answer == PolicyAnswer.Drop) return;
        if (NotificationStore.Add(c, type, fromAccountId, statusId, now, reportId, answer == PolicyAnswer.Filter, collectionId) is not { } id || answer != PolicyAnswer.Accept) return;
        PushStore.Queue(c, id, type, fromAccountId, now);
        c.AfterCommit(() => events.Publish(new NotificationAdded(id)));
    }

    /// <summary>Neither blocked nor muted with its notifications.</summary>
    private static bool IsWelcome(Connection c, long accountId, DateTimeOffset now) => c.Exists($"""
        SELECT 1 FROM accounts a WHERE a.id = {accountId} AND {Hidden.NotBlocked("a.id")}
          AND NOT EXISTS (SELECT 1 FROM mutes m WHERE m.target_id = a.id AND m.notifications = 1 AND coalesce(m.expires_at, {long.MaxValue}) > {now})
        """);
}
