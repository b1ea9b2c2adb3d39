namespace Calf.Bench;

/// <summary>What a server does at rest and when it is read.</summary>
internal sealed class Measuring(Bed bed, Subject calf)
{
    private const int Starts = 11;

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
}
