using Calf.Events;
using Calf.Store;

namespace Calf.Notifications;

/// <summary>Tells the owner of something, unless they asked not to hear of it.</summary>
public sealed class Notifying(EventHub events, TimeProvider time)
{
    /// <param name="type">One of <see cref="NotificationTypes"/>.</param>
    public void Tell(Connection c, string type, long fromAccountId, long? statusId)
    {
        var now = time.GetUtcNow();
        // Of what they do themselves the owner needs no word, but a poll of theirs ends by itself.
        if (type != NotificationTypes.Poll && c.Exists($"SELECT 1 FROM accounts WHERE id = {fromAccountId} AND domain = ''")) return;
        if (c.Exists($"SELECT 1 FROM mutes WHERE target_id = {fromAccountId} AND notifications = 1 AND coalesce(expires_at, {long.MaxValue}) > {now}")) return;
        if (NotificationStore.Add(c, type, fromAccountId, statusId, now) is { } id)
            c.AfterCommit(() => events.Publish(new NotificationAdded(id)));
    }
}
