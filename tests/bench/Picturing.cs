using System.Diagnostics;
using System.Globalization;
using Calf.Media;

namespace Calf.Bench;

/// <summary>Files: many large ones of the owner's at once, and those of others within their budget.</summary>
internal sealed class Picturing(Bed bed)
{
    private const int Uploads = 20;

    private const int Pictures = 500, Megabytes = 20;

    private const string Picture = "picture";

    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(10);

    public void Measure()
    {
        var calf = bed.Subject("media");
        calf.SetUp();
        File.WriteAllText(Path.Combine(calf.Data, "appsettings.json"), $$"""{ "Media": { "RemoteCacheMegabytes": {{Megabytes}} } }""");
        Sending(calf);
        Viewing(calf);
    }

    private void Sending(Subject calf)
    {
        var token = calf.Token();
        var photographs = Enumerable.Range(0, Uploads).Select(n => Photographs.Make(n)).ToList();
        var requests = photographs.ConvertAll(jpeg => Photographs.Upload(jpeg, bed.Port, token));
        using var running = calf.Start();
        Thread.Sleep(Rest);
        running.ForgetPeak();
        var took = Load.Each(bed.Port, requests, 200, Uploads);
        var name = string.Create(CultureInfo.InvariantCulture, $"{Uploads} photographs of 12 megapixels sent at once");
        bed.Table.Add($"{name}, each", Table.Number(photographs.Average(jpeg => jpeg.Length) / 1e6, "0.0"), "MB", "");
        bed.Table.Add($"{name}, time for each", Table.Number(took.TotalMilliseconds / Uploads), "ms", "");
        bed.Table.Add($"{name}, RSS at most", Table.Number(running.PeakMemory, "0.0"), "MB", "below 160");
        Thread.Sleep(Rest);
        bed.Table.Add($"{name}, RSS afterwards, at rest", Table.Number(running.Memory, "0.0"), "MB", "below 64");
    }

    private void Viewing(Subject calf)
    {
        var requests = Views(bed, calf, Pictures, Photographs.Make(1, 1000, 800));
        using var stub = bed.StartStub();
        using var running = calf.Start();
        Thread.Sleep(Rest);
        running.ForgetPeak();
        var most = 0L;
        foreach (var request in requests)
        {
            Load.Each(bed.Port, [request], 200, 1);
            most = Math.Max(most, OnDisk(calf));
        }
        // All that went is fetched again.
        var clock = Stopwatch.StartNew();
        Load.Each(bed.Port, requests, 200);
        clock.Stop();
        most = Math.Max(most, OnDisk(calf));
        var name = string.Create(CultureInfo.InvariantCulture, $"{Pictures} pictures of others, {Megabytes} MB for them, all seen twice");
        bed.Table.Add($"{name}: all of them", Table.Number(Pictures * File.ReadAllBytes(Path.Combine(bed.Files, Picture)).Length / 1e6, "0.0"), "MB", "");
        bed.Table.Add($"{name}: on disk at most", Table.Number(most / 1e6, "0.000"), "MB", $"at most {Megabytes}");
        bed.Table.Add($"{name}: seen again", Table.Number(Pictures / clock.Elapsed.TotalSeconds), "a second", "");
        bed.Table.Add($"{name}: RSS at most", Table.Number(running.PeakMemory, "0.0"), "MB", "");
    }

    private static long OnDisk(Subject calf) => DataFolder.Measure(new Settings { Data = calf.Data }).Cache;

    /// <summary>Requests for so many different pictures of another server, which is the stub when it is started afterwards.</summary>
    public static List<byte[]> Views(Bed bed, Subject calf, int count, byte[] jpeg)
    {
        File.WriteAllBytes(Path.Combine(bed.Files, Picture), jpeg);
        using var database = calf.Open();
        var site = new Site($"localhost:{bed.Port}", $"localhost:{bed.Port}");
        var urls = new RemoteMediaUrls(site, database, new EmojiStills(site, database));
        return [.. Enumerable.Range(0, count).Select(n => RawConnection.Get(
            new Uri(urls.Of(string.Create(CultureInfo.InvariantCulture, $"{bed.Stub}/files/{Picture}?{n}"), RemoteShape.Original)!).AbsolutePath, bed.Port))];
    }
}
