using System.Globalization;

namespace Calf.Bench;

/// <summary>The pages that an app asks for all day, with little and with much stored.</summary>
internal sealed class Browsing(Bed bed)
{
    private const int Requests = 1000;
    private const int ThreadPosts = 200;

    public async Task Measure(int small, int large)
    {
        var calf = bed.Subject("pages");
        calf.SetUp();
        var token = calf.Token();
        var worst = new Dictionary<string, double>();
        foreach (var (from, to) in new[] { (0, small), (small, large) })
        {
            long root;
            using (var database = calf.Open())
            {
                await Seeding.Posts(database, from, to, Bed.Now);
                root = await Seeding.Thread(database, ThreadPosts, Bed.Now);
            }
            using var running = calf.Start();
            foreach (var (name, path) in Pages(root)) Measure(name, path, to, token, worst);
        }
    }

    private static (string Name, string Path)[] Pages(long root) =>
    [
        ("Home", "/api/v1/timelines/home?limit=20"),
        ("Notifications", "/api/v1/notifications?limit=40"),
        ("Notifications, grouped", "/api/v2/notifications?limit=40"),
        ($"Thread of {ThreadPosts}", string.Create(CultureInfo.InvariantCulture, $"/api/v1/statuses/{root}/context")),
        ("Search, a word in every post", $"/api/v2/search?type=statuses&q={Seeding.CommonWord}"),
        ("Search, a rare word", $"/api/v2/search?type=statuses&q={Seeding.RareWord}77"),
    ];

    /// <param name="worst">By name, the 99th percentile at the smaller number of posts; added by the first run, held against by the second.</param>
    private void Measure(string name, string path, int posts, string token, Dictionary<string, double> worst)
    {
        var request = RawConnection.Get(path, bed.Port, $"Authorization: Bearer {token}");
        var times = Load.Latencies(bed.Port, request, Requests);
        var (median, late) = (times[Requests / 2], times[Requests * 99 / 100]);
        var label = string.Create(CultureInfo.InvariantCulture, $"{name}, {posts:N0} posts");
        bed.Table.Add(label, Table.Number(Load.Repeat(bed.Port, request)), "a second", "");
        bed.Table.Add($"{label}, median", Table.Number(median, "0.00"), "ms", "");
        bed.Table.Add($"{label}, 99th percentile", Table.Number(late, "0.00"), "ms", "");
        if (!worst.TryAdd(name, late)) bed.Table.Add($"{name}, 99th percentile, large to small", Table.Number(late / worst[name], "0.00"), "times", "at most 2");
    }
}
