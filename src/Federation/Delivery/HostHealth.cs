using Calf.Events;
using Calf.Store;

namespace Calf.Federation.Delivery;

/// <summary>
/// What is known of other servers' health. One that failed gets one delivery at a time, at growing intervals; after a week it is
/// parked, and only a rare probe goes out until it answers or sends something itself (wire 112, 113).
/// </summary>
public sealed class HostHealth(Backoff backoff, EventHub events, TimeProvider time)
{
    public static readonly TimeSpan FailingUntilParked = TimeSpan.FromDays(7);
    public static readonly TimeSpan ParkedProbe = TimeSpan.FromDays(2);

    /// <summary>
    /// A server that sends and does not receive is not tried more often than this, however much it sends. It does not hold after a
    /// single failure: that is often a restart, and what the server sends next says that the restart is over.
    /// </summary>
    public static readonly TimeSpan LeastRest = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Something valid came from the host: it lives. If it was failing, parked or gone, its probe goes out at once. Cheap enough for
    /// every activity that comes in. <paramref name="host"/> as <see cref="ActivityPub.Origin"/> writes it.
    /// </summary>
    public void HeardFrom(Connection c, string host)
    {
        var now = time.GetUtcNow();
        var revived = c.Execute($"""
            UPDATE hosts SET failures = min(failures, 1), failing_since = iif(failures > 0, {now}, NULL), next_at = {now}, parked_at = NULL, gone_at = NULL
            WHERE host = {host} AND (failures > 0 OR gone_at IS NOT NULL)
              AND (failures = 1 OR coalesce(last_failed_at, 0) <= {now - LeastRest}) AND coalesce(asked_until, 0) <= {now}
            """) > 0;
        if (!revived) return;
        c.Execute($"UPDATE lanes SET due_at = {now} WHERE host = {host}");
        c.AfterCommit(() => events.Publish(new DeliveriesQueued()));
    }

    /// <summary>It took or refused something: it is there.</summary>
    internal static void Answered(Connection c, string host) =>
        c.Execute($"""
            UPDATE hosts SET failures = 0, failing_since = NULL, last_failed_at = NULL, next_at = 0, asked_until = NULL, parked_at = NULL, gone_at = NULL
            WHERE host = {host} AND (failures > 0 OR gone_at IS NOT NULL)
            """);

    /// <summary>Counts a failed attempt and holds all lanes of the host.</summary>
    /// <param name="started">When the attempt began: several that fail together are one failure of the host.</param>
    internal Probe Failed(Connection c, string host, DateTimeOffset started, TimeSpan? retryAfter, DateTimeOffset now)
    {
        var before = c.Find($"SELECT failures, failing_since, last_failed_at, next_at, parked_at IS NOT NULL FROM hosts WHERE host = {host}",
            r => new Health(r.Int(), r.TimeOrNull(), r.TimeOrNull(), new Probe(r.Time(), r.Bool())));
        if (before?.LastFailedAt >= started && retryAfter is null) return before.Next;

        var failures = (before?.Failures ?? 0) + 1;
        var since = before?.FailingSince ?? now;
        var parked = now - since >= FailingUntilParked;
        var delay = parked ? backoff.Spread(ParkedProbe) : backoff.After(failures);
        DateTimeOffset? askedUntil = retryAfter is { } wait ? now + (wait < Backoff.MaxRetryAfter ? wait : Backoff.MaxRetryAfter) : null;
        var next = askedUntil > now + delay ? askedUntil.Value : now + delay;
        c.Execute($"""
            INSERT INTO hosts (host, failures, failing_since, last_failed_at, next_at, asked_until, parked_at)
            VALUES ({host}, {failures}, {since}, {now}, {next}, {askedUntil}, {(parked ? now : (DateTimeOffset?)null)})
            ON CONFLICT (host) DO UPDATE SET failures = excluded.failures, failing_since = excluded.failing_since,
              last_failed_at = excluded.last_failed_at, next_at = excluded.next_at, asked_until = excluded.asked_until,
              parked_at = iif(excluded.parked_at IS NULL, NULL, coalesce(parked_at, excluded.parked_at))
            """);
        c.Execute($"UPDATE lanes SET due_at = {next} WHERE host = {host} AND due_at < {next}");
        return new Probe(next, parked);
    }

    internal static void Gone(Connection c, string host, DateTimeOffset now) =>
        c.Execute($"INSERT INTO hosts (host, gone_at) VALUES ({host}, {now}) ON CONFLICT (host) DO UPDATE SET gone_at = excluded.gone_at");

    private sealed record Health(int Failures, DateTimeOffset? FailingSince, DateTimeOffset? LastFailedAt, Probe Next);
}

/// <summary>When the next delivery to a failing host may go out.</summary>
internal readonly record struct Probe(DateTimeOffset At, bool Parked);
