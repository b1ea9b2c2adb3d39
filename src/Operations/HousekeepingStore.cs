using Calf.Federation.Delivery;
using Calf.Security;
using Calf.Store;

namespace Calf.Operations;

/// <summary>Removals of one batch each; they return how many rows went.</summary>
internal static class HousekeepingStore
{
    public const int BatchSize = 500;

    /// <summary>Of 4 KiB; moving them takes a few milliseconds.</summary>
    private const string PagesAtOnce = "200";

    /// <summary>How long the id of an applied activity is known, so that a repetition is not applied again.</summary>
    public static readonly TimeSpan SeenActivitiesKept = TimeSpan.FromDays(14);

    /// <summary>How long a host is known to be in trouble when nothing is sent there; longer than the longest try.</summary>
    public static readonly TimeSpan HostTroubleKept = TimeSpan.FromDays(30);

    /// <summary>How many notifications of strangers wait to be let in; who has many names could fill the disk with them.</summary>
    public const int MaxWaiting = 10_000;

    public static int RemoveSeenActivities(Connection c, DateTimeOffset before) => c.Execute($"""
        DELETE FROM seen_activities WHERE activity_id IN (
          SELECT activity_id FROM seen_activities WHERE seen_at < {before} ORDER BY seen_at LIMIT {BatchSize})
        """);

    public static int RemoveIdempotencyKeys(Connection c, DateTimeOffset before) => c.Execute($"""
        DELETE FROM idempotency_keys WHERE key IN (SELECT key FROM idempotency_keys WHERE created_at < {before} LIMIT {BatchSize})
        """);

    public static int RemoveCodes(Connection c, DateTimeOffset now) => c.Execute($"""
        DELETE FROM authorization_codes WHERE hash IN (SELECT hash FROM authorization_codes WHERE expires_at <= {now} LIMIT {BatchSize})
        """);

    public static int RemoveVerdicts(Connection c, DateTimeOffset before) => c.Execute($"""
        DELETE FROM verdicts WHERE id IN (SELECT id FROM verdicts WHERE created_at < {before} ORDER BY created_at LIMIT {BatchSize})
        """);

    /// <summary>
    /// What is known of hosts that failed or were gone and to which nothing is sent any more: whoever has many names must not leave one here
    /// for each (CVE-2026-69132). Which signature a host takes is kept, but of no more hosts than are remembered at the next start.
    /// </summary>
    public static int RemoveHosts(Connection c, DateTimeOffset before) => c.Execute($"""
        DELETE FROM hosts WHERE host IN (
          SELECT host FROM hosts
          WHERE coalesce(last_failed_at, gone_at, 0) < {before} AND NOT EXISTS (SELECT 1 FROM lanes WHERE lanes.host = hosts.host)
            AND (signature = {SignatureKind.Cavage} OR (SELECT count(*) FROM hosts) > {SignatureMemory.Capacity})
          LIMIT {BatchSize})
        """);

    /// <summary>Sent activities with all their deliveries, unless one is still to be made, as one put back by hand just now.</summary>
    public static int RemoveOutgoing(Connection c, DateTimeOffset before) => c.Execute($"""
        DELETE FROM outgoing WHERE id IN (
          SELECT id FROM outgoing WHERE created_at < {before}
            AND NOT EXISTS (SELECT 1 FROM deliveries WHERE outgoing_id = outgoing.id AND state = {DeliveryState.Waiting})
          ORDER BY created_at LIMIT {BatchSize})
        """);

    public static long FreePages(Connection c) => c.Count($"PRAGMA freelist_count");

    /// <summary>Gives some of the free pages back to the disk. Returns how many there still are.</summary>
    public static long GiveBackPages(Connection c)
    {
        // Frees a page with each row that it answers, so that all have to be read.
        c.Query($"PRAGMA incremental_vacuum({PagesAtOnce:raw})", _ => 0);
        return FreePages(c);
    }

    /// <summary>Lets SQLite look again at tables that have grown, as its documentation asks of long-lived connections.</summary>
    public static void Optimise(Connection c) => c.Execute($"PRAGMA optimize");
}
