using Calf.Store;

namespace Calf.Federation.Delivery;

/// <summary>
/// One inbox's turn: its deliveries one after another in the order in which they were queued. A delivery counts only once its result
/// is committed, so that a crash or a power cut repeats some and loses none; receivers know repeated ids.
/// </summary>
internal sealed class DeliveryTurn(
    Database database, DeliveryAttempt attempt, DeliveryResults results, DeliveryNews news, TimeProvider time)
{
    /// <summary>After so many in a row an inbox goes to the back of the queue, so that a few long lanes do not fill all places.</summary>
    private const int MaxDeliveries = 16;

    private readonly OutgoingBodies bodies = new(database);

    /// <returns>Whether the host failed or is gone, so that nothing more should go there for now.</returns>
    public async Task<bool> Run(Lane first, CancellationToken ct)
    {
        Lane? lane = first;
        for (var n = 0; lane is not null && n < MaxDeliveries; n++)
        {
            // Null when the activity was forgotten meanwhile, and its deliveries with it.
            if (bodies.Get(lane.OutgoingId) is not { } body) return false;
            var (next, outcome) = await Deliver(lane, body, ct);
            if (body.StatusId is { } status) news.Changed(status);
            if (outcome.Kind is OutcomeKind.Failed or OutcomeKind.HostGone) return true;
            lane = next;
        }
        return false;
    }

    private async Task<(Lane? Next, DeliveryOutcome Outcome)> Deliver(Lane lane, OutgoingBody body, CancellationToken ct)
    {
        var started = time.GetUtcNow();
        var outcome = await attempt.Send(lane.Inbox, body, ct);
        if (outcome.Kind == OutcomeKind.InboxGone) outcome = database.Read(c => GoneInbox.Explain(c, lane.Inbox, outcome));
        var now = time.GetUtcNow();
        var next = await database.WriteRepeatable(c => results.Record(c, lane, body, outcome, started, now));
        return (next, outcome);
    }
}
