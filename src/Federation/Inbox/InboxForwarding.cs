using Calf.Accounts;
using Calf.ActivityPub;
using Calf.Federation.Delivery;
using Calf.Follows;
using Calf.Statuses;
using Calf.Store;

namespace Calf.Federation.Inbox;

/// <summary>
/// Passes on what others address to the owner's followers, whom only this server knows: replies to the owner's posts, and later their
/// edits and deletions (ActivityPub 7.1.2). The bytes go out as they came, under the owner's HTTP signature. Their receivers cannot
/// take the owner's word for somebody else's text, so only what carries a proof or a linked data signature of its author is
/// passed on, as at Mastodon, which verifies the latter; without either it would be refused or fetched by each of them.
/// </summary>
public sealed class InboxForwarding(Database database, Owner owner, ProofCheck proofs, DeliveryQueue queue, TimeProvider time)
{
    /// <summary>The step that applies the activity, and passes it on if it is to be passed on and had an effect.</summary>
    public async Task<Func<Connection, Outcome>> Around(
        QueuedActivity queued, IncomingActivity activity, Func<Connection, Outcome> step, CancellationToken cancel)
    {
        if (!queued.Trusted || !MayConcernFollowers(activity) || !await IsVerifiable(activity, cancel)) return step;
        return c =>
        {
            var before = StatusStore.FindByUri(c, activity.ObjectId);
            var passOn = activity.Type == "Create" ? before is null : before is not null && WasForwarded(c, before.Id);
            var outcome = step(c);
            if (outcome.Reason is null && passOn && (activity.Type != "Create" || IsReplyToOwner(c, activity))) Send(c, queued, activity);
            return outcome;
        };
    }

    private bool MayConcernFollowers(IncomingActivity activity) => activity.Type switch
    {
        "Create" => AddressesFollowers(activity) && activity.Object.Id("inReplyTo") is { } answered && Origin.Same(answered, owner.Required.Uri),
        "Update" or "Delete" => database.Read(c => StatusStore.FindByUri(c, activity.ObjectId) is { } known && WasForwarded(c, known.Id)),
        _ => false,
    };

    private bool AddressesFollowers(IncomingActivity activity)
    {
        var followers = OwnUris.Followers(owner.Required.Uri);
        return Audience.Read(activity.Json).Includes(followers) || Audience.Read(activity.Object).Includes(followers);
    }

    private async Task<bool> IsVerifiable(IncomingActivity activity, CancellationToken cancel) =>
        activity.Json.Has("signature") || (RemoteActivity.Read(activity.Json, out _) is { } read && await proofs.Holds(read, activity.Budget, cancel));

    private bool IsReplyToOwner(Connection c, IncomingActivity activity)
    {
        if (StatusStore.FindByUri(c, activity.ObjectId) is not { } reply || reply.InReplyToAccountId != owner.Id) return false;
        c.Execute($"INSERT OR IGNORE INTO forwarded (status_id) VALUES ({reply.Id})");
        return true;
    }

    private void Send(Connection c, QueuedActivity queued, IncomingActivity activity)
    {
        var inboxes = FollowStore.FollowerInboxes(c, owner.Id).Where(inbox => Origin.HostOf(inbox) != queued.Host);
        queue.Enqueue(c, new OutgoingActivity(activity.Type, queued.Body), inboxes, time.GetUtcNow());
    }

    private static bool WasForwarded(Connection c, long statusId) => c.Exists($"SELECT 1 FROM forwarded WHERE status_id = {statusId}");
}
