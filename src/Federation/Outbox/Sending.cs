using Calf.Accounts;
using Calf.Events;
using Calf.Federation.Delivery;
using Calf.Federation.Documents;
using Calf.Follows;
using Calf.Security;
using Calf.Store;

namespace Calf.Federation.Outbox;

/// <summary>Chooses the inboxes for an activity and queues it, inside the transaction of the action that it tells of.</summary>
public sealed class Sending(DeliveryQueue queue, Owner owner, OwnKeys keys, EventHub events, TimeProvider time)
{
    /// <summary>To one account. Somebody on this server needs no letter.</summary>
    public void To(Connection c, Account recipient, ActivityDocument activity)
    {
        if (!recipient.IsOwner) Queue(c, activity, [recipient.Inbox], null);
    }

    /// <summary>To every follower, by shared inboxes, and to the others that it concerns.</summary>
    /// <param name="statusId">The post whose ledger shows how far this got.</param>
    /// <param name="relayed">It is about a public post, which relays pass on.</param>
    public void ToFollowersAnd(Connection c, IEnumerable<Account> others, ActivityDocument activity, long? statusId = null, bool relayed = false)
    {
        var relays = relayed ? RelayStore.All(c).Where(r => r.State == RelayState.Accepted).ToLookup(r => r.LitePub && activity.Type == "Create") : null;
        Queue(c, activity, [.. FollowStore.FollowerInboxes(c, owner.Id), .. InboxesOf(others), .. relays?[false].Select(r => r.Inbox) ?? []], statusId, toFollowers: true);
        // A relay in LitePub's way follows the instance actor and waits for its Announce.
        foreach (var relay in relays?[true] ?? []) ByInstance(c, relay.Inbox, AnnounceBuilder.Build(keys.Instance.KeyId.Split('#')[0], activity.Object.Id, relay.ActorUri!));
    }

    /// <summary>To these accounts and nobody else.</summary>
    public void To(Connection c, IEnumerable<Account> recipients, ActivityDocument activity, long? statusId = null) =>
        Queue(c, activity, [.. InboxesOf(recipients)], statusId);

    /// <summary>To one account, from this server as a whole: signed by the instance actor, which has no proof to add.</summary>
    public void ByInstance(Connection c, Account recipient, Document activity)
    {
        if (!recipient.IsOwner) ByInstance(c, recipient.Inbox, activity);
    }

    /// <inheritdoc cref="ByInstance(Connection, Account, Document)"/>
    public void ByInstance(Connection c, string inbox, Document activity) =>
        queue.Enqueue(c, new OutgoingActivity(activity.Type, DocumentsJson.Bytes(activity), ByInstance: true), [inbox], time.GetUtcNow());

    /// <summary>Says, once committed, that what others see of the owner has changed.</summary>
    public void AfterOwnerChanged(Connection c)
    {
        var id = owner.Id;
        c.AfterCommit(() => events.Publish(new AccountChanged(id)));
    }

    private void Queue(Connection c, ActivityDocument activity, IReadOnlyCollection<string> inboxes, long? statusId, bool toFollowers = false)
    {
        if (inboxes.Count > 0)
            queue.Enqueue(c, new OutgoingActivity(activity.Type, Proven(activity), statusId, ToFollowers: toFollowers), inboxes, time.GetUtcNow());
    }

    /// <summary>With an integrity proof of the owner, once for all receivers, so that they can pass it on (FEP-8b32).</summary>
    private byte[] Proven(ActivityDocument activity) => activity.Actor != owner.Required.Uri ? DocumentsJson.Bytes(activity) : IntegrityProof.Add(
        DocumentsJson.Bytes(activity with { Context = (activity.Context ?? LinkedDataContext.Plain).WithProof }),
        keys.OwnerEd25519, OwnUris.Ed25519Key(activity.Actor), time.GetUtcNow());

    private static IEnumerable<string> InboxesOf(IEnumerable<Account> accounts) =>
        accounts.Where(a => !a.IsOwner && a.GoneAt is null).Select(a => a.DeliveryInbox);
}
