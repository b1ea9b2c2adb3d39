using Calf.Accounts;
using Calf.Events;
using Calf.Media;
using Calf.Operations;
using Calf.Store;
using Calf.Tests.Media;
using Calf.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Calf.Tests.Operations;

public sealed class HousekeepingTests : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly FakeTimeProvider time = new(DateTimeOffset.FromUnixTimeSeconds(1_800_000_000));
    private readonly Database database;
    private readonly MediaTurn turn = new();
    private readonly Uploading uploading;
    private readonly DiskKeeping disk;
    private readonly Housekeeping housekeeping;

    public HousekeepingTests()
    {
        database = new Database(folder.Path, time);
        var media = folder.File("media");
        var settings = new Settings { Data = folder.Path };
        (uploading, _) = UploadBench.Of(database, media, turn, new FilmTools(new Settings { Media = { FFmpeg = "" } }), time);
        disk = new DiskKeeping(database, new Retention(database, new Owner(database, new EventHub()), settings, time),
            new OrphanedFiles(database, UploadBench.StoreIn(media), uploading, new Site("calf.example", "calf.example"), time, NullLogger<OrphanedFiles>.Instance), settings, time);
        housekeeping = new Housekeeping(database, uploading, disk, settings, time, NullLogger<Housekeeping>.Instance);
    }

    [Fact]
    public async Task What_is_old_goes_and_what_is_young_stays()
    {
        foreach (var (name, days) in new[] { ("old", 31), ("middling", 13), ("new", 0) })
        {
            var at = time.GetUtcNow() - TimeSpan.FromDays(days);
            await database.Write(c =>
            {
                c.Execute($"INSERT INTO seen_activities (activity_id, seen_at) VALUES ({name}, {at})");
                c.Execute($"INSERT INTO idempotency_keys (key, status_id, created_at) VALUES ({name}, 1, {at})");
                c.Execute($"INSERT INTO verdicts (created_at, host, actor_uri, activity_id, type, object_uri, status, reason) VALUES ({at}, '', '', {name}, '', '', 401, '')");
            });
        }
        await housekeeping.Step(TestContext.Current.CancellationToken);
        Assert.Equal(["middling", "new"], Names("SELECT activity_id FROM seen_activities ORDER BY 1"));
        Assert.Equal(["new"], Names("SELECT key FROM idempotency_keys ORDER BY 1"));
        Assert.Equal(["middling", "new"], Names("SELECT activity_id FROM verdicts ORDER BY 1"));
    }

    /// <summary>CVE-2026-69132 (Fedify): what is remembered of hosts that failed was kept for ever, and others choose how many hosts there are.</summary>
    [Fact]
    [Trait("Wire", "119")]
    public async Task A_host_that_failed_and_that_nothing_is_sent_to_is_forgotten()
    {
        await database.Write(c =>
        {
            foreach (var (host, days, signature) in new[] { ("old", 31, 0), ("young", 5, 0), ("waiting", 31, 0), ("signs-otherwise", 31, 1) })
                c.Execute($"INSERT INTO hosts (host, failures, last_failed_at, signature) VALUES ({host}, 9, {time.GetUtcNow() - TimeSpan.FromDays(days)}, {(long)signature})");
            c.Execute($"INSERT INTO lanes (inbox, host, due_at) VALUES ('i', 'waiting', 0)");
        });
        await housekeeping.Step(TestContext.Current.CancellationToken);
        Assert.Equal(["signs-otherwise", "waiting", "young"], Names("SELECT host FROM hosts ORDER BY 1"));
        await database.Write(c => c.Execute($"""
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {Calf.Security.SignatureMemory.Capacity + 50})
            INSERT INTO hosts (host, signature) SELECT 'host' || i, 1 FROM n
            """));
        await housekeeping.Step(TestContext.Current.CancellationToken);
        Assert.True(database.Read(c => c.Count($"SELECT count(*) FROM hosts")) <= Calf.Security.SignatureMemory.Capacity);
    }

    [Fact]
    public async Task Codes_go_when_they_have_run_out()
    {
        await database.Write(c =>
        {
            c.Execute($"INSERT INTO apps (id, client_id, secret_hash, name, redirect_uris, scopes, created_at) VALUES (1, 'a', {new byte[32]}, '', '', '', 0)");
            foreach (var (hash, minutes) in new[] { ((byte)1, -1), ((byte)2, 5) })
                c.Execute($"INSERT INTO authorization_codes (hash, app_id, redirect_uri, scopes, expires_at) VALUES ({new[] { hash }}, 1, '', '', {time.GetUtcNow().AddMinutes(minutes)})");
        });
        await housekeeping.Step(TestContext.Current.CancellationToken);
        Assert.Equal(["02"], Names("SELECT hex(hash) FROM authorization_codes"));
    }

    [Fact]
    public async Task A_browser_that_was_not_used_for_long_is_forgotten()
    {
        await database.Write(c =>
        {
            foreach (var days in new[] { 89, 90 })
                c.Execute($"INSERT INTO sessions (hash, id, user_agent, created_at, last_used_at) VALUES ({new[] { (byte)days }}, {(long)days}, 'x', 0, {time.GetUtcNow().AddDays(-days)})");
        });
        await housekeeping.Step(TestContext.Current.CancellationToken);
        Assert.Equal(["89"], Names("SELECT id || '' FROM sessions"));
    }

    [Fact]
    public async Task A_sent_activity_goes_with_its_deliveries_and_one_that_waits_only_after_a_month()
    {
        await database.Write(c =>
        {
            foreach (var (id, days, state) in new[] { (1, 31, 1), (2, 31, 2), (3, 10, 0), (4, 2, 1), (5, 31, 0) })
            {
                c.Execute($"INSERT INTO outgoing (id, type, body, digest, created_at) VALUES ({id}, 'Create', {new byte[1]}, {new byte[1]}, {time.GetUtcNow() - TimeSpan.FromDays(days)})");
                c.Execute($"INSERT INTO deliveries (outgoing_id, inbox, host, state) VALUES ({id}, 'i', 'h', {state}), ({id}, 'j', 'h', 1)");
            }
        });
        using var brief = new Housekeeping(database, uploading, disk, new Settings { Limits = new LimitSettings { LedgerDays = 7 } }, time, NullLogger<Housekeeping>.Instance);
        await brief.Step(TestContext.Current.CancellationToken);
        Assert.Equal(["3", "4"], Names("SELECT id || '' FROM outgoing ORDER BY id"));
        Assert.Equal(["3", "3", "4", "4"], Names("SELECT outgoing_id || '' FROM deliveries ORDER BY outgoing_id"));
    }

    [Fact]
    public async Task Pages_that_could_not_be_had_are_forgotten_after_a_day()
    {
        await database.Write(c =>
        {
            foreach (var (url, hours, title, due) in new[] { ("old", 25, "", false), ("young", 23, "", false), ("tried again", 25, "", true), ("had", 25, "Cows", false) })
                c.Execute($"INSERT INTO cards (url, title, fetched_at, due_at) VALUES ({url}, {title}, {time.GetUtcNow().AddHours(-hours)}, {(due ? 1L : (long?)null)})");
        });
        await housekeeping.Step(TestContext.Current.CancellationToken);
        Assert.Equal(["had", "tried again", "young"], Names("SELECT url FROM cards ORDER BY 1"));
    }

    [Fact]
    public async Task It_begins_soon_after_the_start_and_comes_again_each_hour()
    {
        var clock = new TellingClock(time.GetUtcNow());
        using var worker = new Housekeeping(database, uploading, disk, new Settings(), clock, NullLogger<Housekeeping>.Instance);
        async Task Due(TimeSpan after)
        {
            await database.Write(c => c.Execute($"INSERT INTO seen_activities (activity_id, seen_at) VALUES ('old', 0)"));
            clock.Advance(after - TimeSpan.FromSeconds(1));
            Assert.Single(Names("SELECT activity_id FROM seen_activities"));
            clock.Advance(TimeSpan.FromSeconds(1));
            while (Names("SELECT activity_id FROM seen_activities").Count > 0) await Task.Delay(1, TestContext.Current.CancellationToken);
        }
        await worker.StartAsync(TestContext.Current.CancellationToken);
        await clock.HasTimer.Task;
        await Due(TimeSpan.FromMinutes(2));
        await Due(TimeSpan.FromHours(1));
        await worker.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task More_than_a_batch_goes_in_several()
    {
        await database.Write(c => c.Execute($"""
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {HousekeepingStore.BatchSize * 2 + 3})
            INSERT INTO seen_activities (activity_id, seen_at) SELECT 'a' || i, 0 FROM n
            """));
        Assert.Equal(HousekeepingStore.BatchSize * 2 + 3, await housekeeping.Step(TestContext.Current.CancellationToken));
        Assert.Empty(Names("SELECT activity_id FROM seen_activities"));
    }

    private List<string> Names(string constant) => database.Read(c => c.Query($"{constant:raw}", r => r.Text()));

    /// <summary>Says when somebody waits for it.</summary>
    private sealed class TellingClock(DateTimeOffset now) : FakeTimeProvider(now)
    {
        public TaskCompletionSource HasTimer { get; } = new();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            HasTimer.TrySetResult();
            return timer;
        }
    }

    public void Dispose()
    {
        turn.Dispose();
        database.Dispose();
        folder.Dispose();
    }
}
