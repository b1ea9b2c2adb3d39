using Calf.Accounts;
using Calf.Media;
using Calf.Operations;
using Calf.Tests.Mastodon;

namespace Calf.Tests.Operations;

/// <summary>Files without a row, pages without content, and what is said of the disk.</summary>
public sealed class DiskKeepingTests : IAsyncLifetime
{
    private ApiFixture api = null!;

    public async ValueTask InitializeAsync() => api = await ApiFixture.Start();

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Fact]
    public async Task Files_that_no_row_names_go_when_they_are_a_day_old()
    {
        var (orphan, young, avatar, attached) = (await Save("orphan"), await Save("young"), await Save("avatar"), await Save("attached"));
        var site = api.Get<Site>();
        await api.Database.Write(c =>
        {
            AccountStore.Save(c, AccountStore.Owner(c)! with { AvatarUrl = site.MediaUrl(avatar) });
            UploadStore.Add(c, new Upload(5, "image", "image/png", attached, null, 8, null, 1, 1, "", null), api.Clock.GetUtcNow());
            UploadStore.MarkUsed(c, [5]);
        });
        File.SetLastWriteTimeUtc(Disk.PathOf(young), api.Clock.GetUtcNow().AddHours(-23).UtcDateTime);
        Assert.Equal(1, await api.Get<DiskKeeping>().Step(TestContext.Current.CancellationToken));
        Assert.Equal([false, true, true, true], new[] { orphan, young, avatar, attached }.Select(name => File.Exists(Disk.PathOf(name))));
    }

    [Fact]
    public async Task A_file_that_is_sent_again_just_as_it_should_go_stays()
    {
        var (again, orphan) = (await Save("sent again"), await Save("orphan"));
        var (stored, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        // As an avatar is stored: the file first, and its row only later.
        var storing = api.Get<MediaTurn>().Take(async () =>
        {
            stored.SetResult();
            await release.Task;
            return await api.Get<MediaStore>().Save("sent again"u8.ToArray(), MediaType.Png, TestContext.Current.CancellationToken);
        }, TestContext.Current.CancellationToken);
        await stored.Task;
        var removing = api.Get<OrphanedFiles>().Remove(TestContext.Current.CancellationToken);
        Assert.False(removing.IsCompleted);
        release.SetResult();

        Assert.Equal(again, await storing);
        Assert.Equal(1, await removing);
        Assert.Equal([true, false], new[] { again, orphan }.Select(name => File.Exists(Disk.PathOf(name))));
    }

    [Fact]
    public async Task Freed_pages_go_back_to_the_disk()
    {
        var pages = api.Database.Read(c => c.Count($"PRAGMA page_count"));
        await api.Database.Write(c => c.Execute($"""
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 4000)
            INSERT INTO verdicts (created_at, host, actor_uri, activity_id, type, object_uri, status, reason) SELECT 0, '', '', 'a' || i, '', '', 401, hex(randomblob(1000)) FROM n
            """));
        await api.Database.Write(c => c.Execute($"DELETE FROM verdicts"));
        var free = api.Database.Read(HousekeepingStore.FreePages);
        Assert.True(free > 1000, $"{free} pages are free.");
        await api.Get<DiskKeeping>().Step(TestContext.Current.CancellationToken);
        Assert.InRange(api.Database.Read(HousekeepingStore.FreePages), 0, 256);
        Assert.InRange(api.Database.Read(c => c.Count($"PRAGMA page_count")), 0, pages + 300);
    }

    [Fact]
    public async Task It_is_done_once_a_day_and_says_how_fast_the_disk_fills()
    {
        var keeping = api.Get<DiskKeeping>();
        await keeping.Step(TestContext.Current.CancellationToken);
        var disk = await api.Get("/api/calf/v1/disk", await api.TokenWith("admin:read"));
        Assert.Equal(System.Text.Json.JsonValueKind.Null, disk.GetProperty("growth_per_day").ValueKind);
        Assert.InRange(disk.GetProperty("database").GetInt64(), 4096, long.MaxValue);
        Assert.InRange(disk.GetProperty("free").GetInt64(), 1, long.MaxValue);

        var orphan = await Save("orphan");
        Assert.Equal(0, await keeping.Step(TestContext.Current.CancellationToken));
        Assert.True(File.Exists(Disk.PathOf(orphan)));

        api.Clock.Advance(TimeSpan.FromDays(2));
        var today = DateOnly.FromDateTime(api.Clock.GetUtcNow().UtcDateTime);
        await api.Database.Write(c =>
        {
            var before = c.Query($"SELECT database, media FROM disk_days", r => (r.Long(), r.Long()))[0];
            DiskDayStore.Note(c, new DiskDay(today, before.Item1 + 3_000_000, before.Item2 + 1_000_000, 7));
        });
        Assert.Equal(2_000_000, api.Database.Read(c => DiskDayStore.Growth(c, today)));
        disk = await api.Get("/api/calf/v1/disk", await api.TokenWith("admin:read"));
        Assert.Equal(2_000_000, disk.GetProperty("growth_per_day").GetInt64());
    }

    [Theory]
    [InlineData(1000, 10, 100, 40, 94.0)] // What the cache may still take is as good as taken.
    [InlineData(1000, 0, 0, 0, null)]
    [InlineData(1000, -5, 0, 0, null)]
    [InlineData(10, 10, 100, 40, 0.0)]
    public void The_days_that_are_left(long free, double growth, long budget, long cache, double? days) =>
        Assert.Equal(days, new DiskUse(0, 0, cache, budget, 0, free).DaysLeft(growth));

    private DiskFiles Disk => api.Get<DiskFiles>();

    /// <summary>A file as it lies there after two days by the test's clock.</summary>
    private async Task<string> Save(string content)
    {
        var name = await api.Get<MediaStore>().Save(System.Text.Encoding.UTF8.GetBytes(content), MediaType.Png, TestContext.Current.CancellationToken);
        File.SetLastWriteTimeUtc(Disk.PathOf(name), api.Clock.GetUtcNow().AddDays(-2).UtcDateTime);
        return name;
    }
}
