using System.Diagnostics;
using System.Globalization;
using Calf.Media;

namespace Calf.Bench;

/// <summary>
/// What an app waits for while the daily work goes on beside it: old posts are put away, files that nothing refers to go, pictures of
/// others make room for new ones, and freed pages go back to the disk.
/// </summary>
internal sealed class Keeping(Bed bed)
{
    /// <summary>Of the posts that <see cref="Seeding"/> makes, the first 150,000 are older.</summary>
    private const int Days = 114;

    private const int Orphans = 2000;

    private const int RequestsPerSecond = 200, ViewsPerSecond = 10;

    /// <summary>Far more than fit into their budget.</summary>
    private const int Pictures = 600;

    /// <summary>Together shorter than the two minutes after which the work begins.</summary>
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(15), Without = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(30);

    public async Task Measure(int posts)
    {
        var calf = bed.Subject("keeping");
        calf.SetUp();
        File.WriteAllText(Path.Combine(calf.Data, "appsettings.json"), $$"""{ "Limits": { "RemotePostDays": {{Days}} }, "Media": { "RemoteCacheMegabytes": 20 } }""");
        var token = calf.Token();
        using (var seeding = calf.Open()) await Seeding.Posts(seeding, 0, posts, Bed.Now);
        await LeaveOrphans(calf.Data);
        var views = Picturing.Views(bed, calf, Pictures, Photographs.Make(1, 1000, 800));
        using var stub = bed.StartStub();
        using var database = calf.Open();
        var (oldest, newest) = database.Read(c => (c.Count($"SELECT min(id) FROM statuses WHERE id NOT IN (SELECT status_id FROM mentions)"), c.Count($"SELECT max(id) FROM statuses")));
        using var running = calf.Start();
        var file = Upload(token);
        var pages = new (string Name, byte[] Request)[]
        {
            ("Home", RawConnection.Get("/api/v1/timelines/home?limit=20", bed.Port, $"Authorization: Bearer {token}")),
            ("A post", RawConnection.Get(string.Create(CultureInfo.InvariantCulture, $"/api/v1/statuses/{newest}"), bed.Port, $"Authorization: Bearer {token}")),
            ("A file", RawConnection.Get(file, bed.Port)),
        };
        using var steady = new Steady(bed.Port, [.. pages.Select(page => page.Request)], RequestsPerSecond);
        Thread.Sleep(WarmUp);
        var without = steady.During(() => Thread.Sleep(Without));
        using var viewing = new Steady(bed.Port, views, ViewsPerSecond);
        // Until the pictures of others have to make room for one another.
        await Until(() => DataFolder.Measure(new Settings { Data = calf.Data }).Cache > 19_000_000);
        await Until(() => database.Read(c => !c.Exists($"SELECT 1 FROM statuses WHERE id = {oldest}")));
        running.ForgetPeak();
        var clock = Stopwatch.StartNew();
        var beside = steady.During(() => Until(() => database.Read(c => c.Exists($"SELECT 1 FROM disk_days"))).GetAwaiter().GetResult());
        var took = clock.Elapsed;
        var gone = posts - database.Read(c => c.Count($"SELECT count(*) FROM statuses"));
        if (Directory.EnumerateFiles(Path.Combine(calf.Data, DataFolder.Media), "*", SearchOption.AllDirectories).Count() > 2) throw new BenchException("Files that nothing refers to are still there.");
        var name = string.Create(CultureInfo.InvariantCulture, $"{posts:N0} posts, {RequestsPerSecond} requests a second");
        bed.Table.Add($"{name}: the daily work", Table.Number(took.TotalSeconds, "0"), "s", "");
        bed.Table.Add($"{name}: posts and files that went", Table.Number(gone + Orphans), "", "");
        bed.Table.Add($"{name}: RSS at most", Table.Number(running.PeakMemory, "0.0"), "MB", "");
        for (var n = 0; n < pages.Length; n++)
        {
            bed.Table.Add($"{name}: {pages[n].Name}, 99th percentile", Table.Number(Late(without[n]), "0.00"), "ms", "");
            bed.Table.Add($"{name}: {pages[n].Name}, 99th percentile beside the daily work", Table.Number(Late(beside[n]), "0.00"), "ms", "");
            bed.Table.Add($"{name}: {pages[n].Name}, the longest, and beside it", $"{Table.Number(without[n][^1], "0.0")}, {Table.Number(beside[n][^1], "0.0")}", "ms", "");
        }
    }

    private static double Late(double[] sorted) => sorted[sorted.Length * 99 / 100];

    private static async Task LeaveOrphans(string data)
    {
        var media = Path.Combine(data, DataFolder.Media);
        var (disk, staging) = (new DiskFiles(media), new Staging(media));
        for (var n = 0; n < Orphans; n++)
        {
            using var file = staging.Receive();
            File.WriteAllText(file.Path, $"orphan {n}");
            var name = StoredName.Of(file.Path, MediaType.Png);
            await disk.Put(name, file.Path, CancellationToken.None);
            File.SetLastWriteTimeUtc(disk.PathOf(name), Bed.Now.UtcDateTime.AddDays(-2));
        }
    }

    /// <summary>The address of a file of the owner's.</summary>
    private string Upload(string token)
    {
        using var connection = new RawConnection(bed.Port);
        var body = connection.Fetch(Photographs.Upload(Photographs.Make(1, 800, 600), bed.Port, token));
        using var json = System.Text.Json.JsonDocument.Parse(body);
        return new Uri(json.RootElement.GetProperty("url").GetString()!).AbsolutePath;
    }

    private static async Task Until(Func<bool> done)
    {
        for (var clock = Stopwatch.StartNew(); !done(); await Task.Delay(100))
            if (clock.Elapsed > Longest) throw new BenchException("The daily work took too long.");
    }
}
