using System.Diagnostics;
using System.Globalization;
using System.Text;
using Calf.Security;
using Calf.Store;

namespace Calf.Bench;

/// <summary>The measurements of issue 2, part 13, in the order of its sentence.</summary>
internal sealed class Measuring(string binary, string bare, string folder, int port, Table table)
{
    private const int Starts = 11;
    private const int Creates = 20_000;
    private const int Followers = 2000;
    private const int Posts = 10;
    private const int HomeRequests = 500;

    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    private readonly Subject calf = new(binary, Path.Combine(folder, "data"), port);
    private readonly SigningKey remote = SigningKey.Generate($"http://localhost:{port + 1}/users/sender#main-key");

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    private string Stub => $"http://localhost:{port + 1}";

    public void StartAndIdle()
    {
        table.Add("File size", Table.Number(calf.FileSize / 1e6, "0.0"), "MB", "at most 40");
        calf.SetUp();
        var starts = new List<double>();
        for (var n = 0; n < Starts; n++)
        {
            using var running = calf.Start();
            starts.Add(running.StartedIn.TotalMilliseconds);
            if (n < Starts - 1) continue;
            Thread.Sleep(Idle);
            table.Add("RSS idle", Table.Number(running.Memory, "0.0"), "MB", "at most 45");
        }
        starts.Sort();
        table.Add("Start to first answer, median", Table.Number(starts[Starts / 2], "0"), "ms", "at most 150");
    }

    /// <summary>Public answers, each beside the bare endpoint with the very same bytes.</summary>
    public void Reading()
    {
        var page = new Uri(calf.Post("Hello from the **bench**, with a #tag and https://example.org/ a link.")).AbsolutePath;
        var asked = new (string Name, string Path, string[] Headers)[]
        {
            ("actor", "/users/me", ["Accept: application/activity+json"]),
            ("webfinger", $"/.well-known/webfinger?resource=acct:me@localhost:{port}", []),
            ("page", page, ["Accept: text/html"]),
        };
        var files = Directory.CreateDirectory(Path.Combine(folder, "files")).FullName;
        using var running = calf.Start();
        using (var connection = new RawConnection(port))
            foreach (var (name, path, headers) in asked)
            {
                var (status, body) = connection.Fetch(path, headers);
                if (status != 200) throw new BenchException($"GET {path} answered {status}.");
                File.WriteAllBytes(Path.Combine(files, name), body);
            }
        using var beside = new Running(bare, port + 1, (port + 1).ToString(CultureInfo.InvariantCulture), files);
        foreach (var (name, path, headers) in asked)
        {
            var own = Load.Repeat(port, RawConnection.Get(path, port, headers));
            var other = Load.Repeat(port + 1, RawConnection.Get($"/files/{name}", port + 1, headers));
            table.Add($"GET {name}", Table.Number(own), "a second", "");
            table.Add($"GET {name}, bare endpoint", Table.Number(other), "a second", "");
            table.Add($"GET {name}, share of bare", Table.Number(own / other * 100), "%", "at least 60");
        }
    }

    public async Task Receiving()
    {
        using var database = calf.Open();
        await Seeding.Followed(database, $"{Stub}/users/sender", remote.KeyId, remote.PublicPem, Now);
        var requests = Enumerable.Range(0, Creates).AsParallel().Select(n => SignedCreate.Request(n, Stub, port, remote, Now)).ToList();
        var before = database.Read(c => (Statuses(c), Bytes: Subject.UsedBytes(c)));
        using var running = calf.Start();
        var clock = Stopwatch.StartNew();
        var accepted = Load.Each(port, requests, 202);
        await Until(() => database.Read(c => c.Count($"SELECT count(*) FROM inbox_queue")) == 0);
        var applied = clock.Elapsed;
        var after = database.Read(c => (Statuses(c), Bytes: Subject.UsedBytes(c)));
        if (after.Item1 - before.Item1 != Creates) throw new BenchException($"{Creates} posts were accepted and {after.Item1 - before.Item1} are there.");
        table.Add($"Signed Creates accepted ({Load.Connections} connections)", Table.Number(Creates / accepted.TotalSeconds), "a second", "at least 3,000");
        table.Add("Signed Creates accepted and applied", Table.Number(Creates / applied.TotalSeconds), "a second", "");
        table.Add("Stored remote post (all tables and indices)", Table.Number((after.Bytes - before.Bytes) / (double)Creates), "bytes", "");
        table.Add("RSS after receiving", Table.Number(running.Memory, "0.0"), "MB", "");
    }

    public async Task Delivering()
    {
        using (var database = calf.Open()) await Seeding.Followers(database, Followers, n => $"{Stub}/users/u{n}", Now);
        var token = calf.Token();
        var posts = Enumerable.Range(0, Posts).Select(n => Encoding.ASCII.GetBytes(
            $"POST /api/v1/statuses HTTP/1.1\r\nHost: localhost:{port}\r\nAuthorization: Bearer {token}\r\n" +
            $"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {$"status=bench+{n:00}".Length}\r\n\r\nstatus=bench+{n:00}")).ToList();
        using var stub = new Running(bare, port + 1, (port + 1).ToString(CultureInfo.InvariantCulture), Path.Combine(folder, "files"));
        using var running = calf.Start();
        using var connection = new RawConnection(port);
        Publish(connection, posts[0]);
        await Until(() => Received() >= Followers);
        var limit = OpenSsl.SignsPerSecond();
        var clock = Stopwatch.StartNew();
        foreach (var post in posts.Skip(1)) Publish(connection, post);
        await Until(() => Received() >= Followers * Posts);
        var rate = Followers * (Posts - 1) / clock.Elapsed.TotalSeconds;
        table.Add("Deliveries to a stub", Table.Number(rate), "a second", "");
        table.Add($"openssl speed rsa2048, {Environment.ProcessorCount} processes", Table.Number(limit), "signs a second", "");
        table.Add("Deliveries, share of the signing limit", Table.Number(rate / limit * 100), "%", "at least 40");
        table.Add("RSS after delivering", Table.Number(running.Memory, "0.0"), "MB", "");
    }

    public async Task Home(int small, int large)
    {
        var subject = new Subject(binary, Path.Combine(folder, "home"), port);
        subject.SetUp();
        var token = subject.Token();
        var medians = new List<double>();
        foreach (var (from, to) in new[] { (0, small), (small, large) })
        {
            using (var database = subject.Open()) await Seeding.Posts(database, from, to, Now);
            using var running = subject.Start();
            var times = Load.Latencies(port, RawConnection.Get("/api/v1/timelines/home?limit=20", port, $"Authorization: Bearer {token}"), HomeRequests);
            medians.Add(times[HomeRequests / 2]);
            var posts = to.ToString("N0", CultureInfo.InvariantCulture);
            table.Add($"Home page at {posts} posts, median", Table.Number(medians[^1], "0.00"), "ms", "");
            table.Add($"Home page at {posts} posts, 99th percentile", Table.Number(times[HomeRequests * 99 / 100], "0.00"), "ms", "");
        }
        table.Add("Home page, large to small", Table.Number(medians[1] / medians[0], "0.00"), "times", "at most 2");
    }

    private static void Publish(RawConnection connection, byte[] post)
    {
        if (connection.Send(post) is not 200 and var status) throw new BenchException($"Posting answered {status}.");
    }

    private int Received()
    {
        using var connection = new RawConnection(port + 1);
        return int.Parse(connection.Fetch("/posts").Body, CultureInfo.InvariantCulture);
    }

    private static long Statuses(Connection c) => c.Count($"SELECT count(*) FROM statuses");

    private static async Task Until(Func<bool> done)
    {
        var clock = Stopwatch.StartNew();
        while (!done())
        {
            if (clock.Elapsed > Longest) throw new BenchException("It took too long.");
            await Task.Delay(20);
        }
    }
}
