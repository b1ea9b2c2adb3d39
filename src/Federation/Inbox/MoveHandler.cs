using Calf.Accounts;
using Calf.ActivityPub;
using Calf.Events;
using Calf.Federation.Outbox;
using Calf.Follows;
using Calf.Moderation;
using Calf.Store;

namespace Calf.Federation.Inbox;

/// <summary>
/// Somebody moves to another account, which has to name the old one among its aliases (wire 103, FEP-7628). There is no notification of
/// it: Mastodon has none, and its apps show the <c>moved</c> of the old account.
/// </summary>
public sealed class MoveHandler(Owner owner, Database database, RemoteAccounts remoteAccounts, MovingAlong moving, EventHub events) : ActivityHandler
{
    /// <summary>As at Mastodon: followers that are sent to and fro would be a flood of Follows.</summary>
    private static readonly TimeSpan Between = TimeSpan.FromDays(7);

    public override string Type => "Move";

    public override async Task<Func<Connection, Outcome>> Prepare(IncomingActivity activity, CancellationToken cancel)
    {
        if (!activity.Trusted) return _ => Outcome.Ignored("A move counts only when the moving account signed it.");
        if (activity.ObjectId != activity.Actor) return _ => Outcome.Ignored("It moves another account than its actor.");
        if (activity.Json.Id("target") is not { } target || target == activity.Actor) return _ => Outcome.Ignored("It does not say where the account moves.");
        if (target == owner.Required.Uri) return _ => Outcome.Ignored("It moves to you, and you do not follow yourself.");
        if (database.Read(c => Refusal(c, activity, target)) is { } reason) return _ => Outcome.Ignored(reason);
        // Always anew: the alias is usually added just before the move.
        var fetched = await remoteAccounts.Fetch(target, cancel, activity.Budget);
        if (fetched.Transient) throw new TryLaterException(fetched.Reason);
        if (fetched.Account is not { } found) return _ => Outcome.Ignored($"The new account could not be fetched: {fetched.Reason}");
        if (!found.AlsoKnownAs.Contains(activity.Actor)) return _ => Outcome.Ignored("The new account does not name the old one among its aliases.");
        return c => Apply(c, activity, target, found.Id);
    }

    private Outcome Apply(Connection c, IncomingActivity activity, string target, long targetId)
    {
        if (Refusal(c, activity, target) is { } reason) return Outcome.Ignored(reason);
        var from = AccountStore.FindByUri(c, activity.Actor)!;
        if (AccountStore.Find(c, targetId) is not { GoneAt: null } to) return Outcome.Ignored("The new account is gone.");
        MoveStore.Save(c, new Move(from.Id, to.Uri, activity.ReceivedAt));
        moving.Go(c, from, to);
        c.AfterCommit(() => events.Publish(new AccountChanged(from.Id)));
        return Outcome.Applied;
    }

    private string? Refusal(Connection c, IncomingActivity activity, string target)
    {
        if (AccountStore.FindByUri(c, activity.Actor) is not { } from) return "The moving account is not known.";
        var concerned = FollowStore.Find(c, owner.Id, from.Id) is not null || MuteStore.Find(c, from.Id, activity.ReceivedAt) is not null;
        if (!concerned) return "You do not follow who moves.";
        return MoveStore.Find(c, from.Id) is { } last && last.MovedAt > activity.ReceivedAt - Between && last.TargetUri != target
            ? "It moved already within the last 7 days."
            : null;
    }
}
