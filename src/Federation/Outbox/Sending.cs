using Calf.Accounts;
using Calf.Events;
using Calf.Federation.Delivery;
using Calf.Federation.Documents;
using Calf.Follows;
using Calf.Store;

namespace Calf.Federation.Outbox;

/// <summary>Chooses the inboxes for an activity and queues it, inside the transaction of the action that it tells of.</summary>
public sealed class Sending(DeliveryQueue queue, Owner owner, EventHub events, TimeProvider time)
{
    /// <summary>To one account. Somebody on this server needs no letter.</summary>
    public void To(Connection c, Account recipient, ActivityDocument activity)
    {
        if (!recipient.IsOwner) Queue(c, activity, [recipient.Inbox], null);
    }

    /// <summary>To every follower, by shared inboxes, and to the others that it concerns.</summary>
    /// <param name="statusId">The post whose ledger shows how far this got.</param>
    public void ToFollowersAnd(Connection c, IEnumerable<Account> others, ActivityDocument activity, long? statusId = null) =>
        Queue(c, activity, [.. FollowStore.FollowerInboxes(c, owner.Id), .. InboxesOf(others)], statusId);

    /// <summary>To these accounts and nobody else.</summary>
    public void To(Connection c, IEnumerable<Account> recipients, ActivityDocument activity, long? statusId = null) =>
        Queue(c, activity, [.. InboxesOf(recipients)], statusId);

    /// <summary>Says, once committed, that what others see of the owner has changed.</summary>
    public void AfterOwnerChanged(Connection c)
    {
        var id = owner.Id;
        c.AfterCommit(() => events.Publish(new AccountChanged(id)));
    }

    private void Queue(Connection c, ActivityDocument activity, IReadOnlyCollection<string> inboxes, long? statusId)
    {
        if (inboxes.Count > 0) queue.Enqueue(c, new OutgoingActivity(activity.Type, DocumentsJson.Bytes(activity), statusId), inboxes, time.GetUtcNow());
    }

    private static IEnumerable<string> InboxesOf(IEnumerable<Account> accounts) =>
        accounts.Where(a => !a.IsOwner && a.GoneAt is null).Select(a => a.DeliveryInbox);
}
