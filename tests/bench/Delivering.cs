using System.Diagnostics;
using System.Text;

namespace Calf.Bench;

/// <summary>The owner posts, and each of many followers has an inbox of its own.</summary>
internal sealed class Delivering(Bed bed, Subject calf)
{
    private const int Followers = 2000;
    private const int Posts = 10;

    public async Task Measure()
    {
        using (var database = calf.Open()) await Seeding.Followers(database, Followers, n => $"{bed.Stub}/users/u{n}", Bed.Now);
        var token = calf.Token();
        using var stub = bed.StartStub();
        using var running = calf.Start();
        using var connection = new RawConnection(bed.Port);
        Publish(connection, Post(bed.Port, token, 0));
        await Bed.Until(() => bed.Counted("posts") >= Followers);
        var limit = OpenSsl.Speed("rsa2048", Environment.ProcessorCount).Signs;
        var clock = Stopwatch.StartNew();
        for (var n = 1; n < Posts; n++) Publish(connection, Post(bed.Port, token, n));
        await Bed.Until(() => bed.Counted("posts") >= Followers * Posts);
        var rate = Followers * (Posts - 1) / clock.Elapsed.TotalSeconds;
        bed.Table.Add("Deliveries to a stub", Table.Number(rate), "a second", "");
        bed.Table.Add($"openssl speed rsa2048, {Environment.ProcessorCount} processes", Table.Number(limit), "signs a second", "");
        bed.Table.Add("Deliveries, share of the signing limit", Table.Number(rate / limit * 100), "%", "at least 40");
        bed.Table.Add("RSS after delivering", Table.Number(running.Memory, "0.0"), "MB", "");
    }

    /// <summary>The request of an app that posts.</summary>
    public static byte[] Post(int port, string token, int n)
    {
        var form = $"status=bench+{n:00}";
        return Encoding.ASCII.GetBytes(
            $"POST /api/v1/statuses HTTP/1.1\r\nHost: localhost:{port}\r\nAuthorization: Bearer {token}\r\n" +
            $"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {form.Length}\r\n\r\n{form}");
    }

    public static void Publish(RawConnection connection, byte[] post)
    {
        if (connection.Send(post) is not 200 and var status) throw new BenchException($"Posting answered {status}.");
    }
}
