using System.Globalization;
using Calf.Accounts;
using Calf.Events;
using Calf.Store;

namespace Calf.Federation.Delivery;

/// <summary>Writes down what became of an attempt and says how its lane goes on.</summary>
internal sealed class DeliveryResults(HostHealth health, Backoff backoff, EventHub events)
{
    /// <returns>The lane with the delivery that may follow at once, or null.</returns>
    public Lane? Record(Connection c, Lane lane, OutgoingBody body, DeliveryOutcome outcome, DateTimeOffset started, DateTimeOffset now)
    {
        switch (outcome.Kind)
        {
            case OutcomeKind.Delivered:
                LaneStore.Finish(c, lane, DeliveryState.Delivered, null, now);
                HostHealth.Answered(c, lane.Host);
                return LaneStore.Advance(c, lane, now);

            case OutcomeKind.Refused:
                LaneStore.Finish(c, lane, DeliveryState.Refused, outcome.Error, now);
                HostHealth.Answered(c, lane.Host);
                return LaneStore.Advance(c, lane, now);

            case OutcomeKind.NotSent:
                LaneStore.Finish(c, lane, DeliveryState.Refused, outcome.Error, now);
                return LaneStore.Advance(c, lane, now);

            case OutcomeKind.InboxGone:
                LaneStore.Finish(c, lane, DeliveryState.Refused, outcome.Error, now);
                LaneStore.RefuseInbox(c, lane.Inbox, outcome.Error!);
                HostHealth.Answered(c, lane.Host);
                if (outcome.GoneAccount is { } account) Forget(c, account, now);
                return null;

            case OutcomeKind.HostGone:
                LaneStore.Finish(c, lane, DeliveryState.Refused, outcome.Error, now);
                LaneStore.RefuseHost(c, lane.Host, DeliveryQueue.GoneReason);
                HostHealth.Gone(c, lane.Host, now);
                return null;

            default:
                Hold(c, lane, body, outcome, started, now);
                return null;
        }
    }

    private void Hold(Connection c, Lane lane, OutgoingBody body, DeliveryOutcome outcome, DateTimeOffset started, DateTimeOffset now)
    {
        var attempts = lane.Attempts + 1;
        var probe = health.Failed(c, lane.Host, started, outcome.RetryAfter, now);
        if (Backoff.GivesUp(attempts, now - body.CreatedAt) && !probe.Parked)
        {
            var reason = string.Create(CultureInfo.InvariantCulture, $"given up after {attempts} tries; at last it {outcome.Error}");
            LaneStore.Finish(c, lane, DeliveryState.Refused, reason, now);
            LaneStore.Advance(c, lane, probe.At);
            return;
        }
        LaneStore.Finish(c, lane, DeliveryState.Waiting, outcome.Error, now);
        // A host that is well and yet fails this one delivery again and again is asked less and less often for it.
        var own = now + backoff.After(attempts);
        LaneStore.Hold(c, lane.Inbox, own > probe.At ? own : probe.At);
    }

    private void Forget(Connection c, long account, DateTimeOffset now)
    {
        AccountStore.MarkGone(c, account, now);
        c.AfterCommit(() => events.Publish(new AccountChanged(account)));
    }
}
