using System.Globalization;

namespace Calf.Bench;

/// <summary>What a server does at rest and when it is read.</summary>
internal sealed class Measuring(Bed bed, Subject calf)
{
    private const int Starts = 11;
    private const int HomeRequests = 500;

    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(5);

    public void StartAndIdle()
    {
        bed.Table.Add("File size", Table.Number(calf.FileSize / 1e6, "0.0"), "MB", "at most 40");
        var starts = new List<double>();
        for (var n = 0; n < Starts; n++)
        {
            using var running = calf.Start();
            starts.Add(running.StartedIn.TotalMilliseconds);
            if (n < Starts - 1) continue;
            Thread.Sleep(Idle);
            bed.Table.Add("RSS idle", Table.Number(running.Memory, "0.0"), "MB", "at most 45");
        }
        starts.Sort();
        bed.Table.Add("Start to first answer, median", Table.Number(starts[Starts / 2], "0"), "ms", "at most 150");
    }

    /// <summary>Public answers, each beside the bare endpoint with the very same bytes.</summary>
    public void Reading()
    {
        var page = new Uri(calf.Post("Hello from the **bench**, with a #tag and https://example.org/ a link.")).AbsolutePath;
        var asked = new (string Name, string Path, string[] Headers)[]
        {
            ("actor", "/users/me", ["Accept: application/activity+json"]),
            ("webfinger", $"/.well-known/webfinger?resource=acct:me@localhost:{bed.Port}", []),
            ("page", page, ["Accept: text/html"]),
        };
        using var running = calf.Start();
        using (var connection = new RawConnection(bed.Port))
            foreach (var (name, path, headers) in asked)
            {
                var (status, body) = connection.Fetch(path, headers);
                if (status != 200) throw new BenchException($"GET {path} answered {status}.");
                File.WriteAllBytes(Path.Combine(bed.Files, name), body);
            }
        using var beside = bed.StartStub();
        foreach (var (name, path, headers) in asked)
        {
            var own = Load.Repeat(bed.Port, RawConnection.Get(path, bed.Port, headers));
            var other = Load.Repeat(bed.StubPort, RawConnection.Get($"/files/{name}", bed.StubPort, headers));
            bed.Table.Add($"GET {name}", Table.Number(own), "a second", "");
            bed.Table.Add($"GET {name}, bare endpoint", Table.Number(other), "a second", "");
            bed.Table.Add($"GET {name}, share of bare", Table.Number(own / other * 100), "%", "at least 60");
        }
    }

    public async Task Home(int small, int large)
    {
        var subject = bed.Subject("home");
        subject.SetUp();
        var token = subject.Token();
        var medians = new List<double>();
        foreach (var (from, to) in new[] { (0, small), (small, large) })
        {
            using (var database = subject.Open()) await Seeding.Posts(database, from, to, Bed.Now);
            using var running = subject.Start();
            var times = Load.Latencies(bed.Port, RawConnection.Get("/api/v1/timelines/home?limit=20", bed.Port, $"Authorization: Bearer {token}"), HomeRequests);
            medians.Add(times[HomeRequests / 2]);
            var posts = to.ToString("N0", CultureInfo.InvariantCulture);
            bed.Table.Add($"Home page at {posts} posts, median", Table.Number(medians[^1], "0.00"), "ms", "");
            bed.Table.Add($"Home page at {posts} posts, 99th percentile", Table.Number(times[HomeRequests * 99 / 100], "0.00"), "ms", "");
        }
        bed.Table.Add("Home page, large to small", Table.Number(medians[1] / medians[0], "0.00"), "times", "at most 2");
    }
}
