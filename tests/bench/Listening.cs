using System.Globalization;

namespace Calf.Bench;

/// <summary>What apps cost that only listen.</summary>
internal sealed class Listening(Bed bed, Subject calf)
{
    private const int Listeners = 200;

    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(10);

    public void Measure()
    {
        var token = calf.Token();
        foreach (var (name, headers) in new[] { ("server-sent events", Array.Empty<string>()), ("WebSocket", WebSocket()) })
        {
            using var running = calf.Start();
            Thread.Sleep(Rest);
            var before = running.Memory;
            var path = headers.Length > 0 ? "/api/v1/streaming?stream=user" : "/api/v1/streaming/user";
            var listeners = Enumerable.Range(0, Listeners).Select(_ =>
            {
                var connection = new RawConnection(bed.Port);
                connection.Open(RawConnection.Get(path, bed.Port, [$"Authorization: Bearer {token}", .. headers]), headers.Length > 0 ? 101 : 200);
                return connection;
            }).ToList();
            Thread.Sleep(Rest);
            bed.Table.Add(string.Create(CultureInfo.InvariantCulture, $"{Listeners} listeners by {name}, at rest"), Table.Number(running.Memory - before, "0.0"), "MB", "at most 10");
            listeners.ForEach(listener => listener.Dispose());
        }
    }

    private static string[] WebSocket() =>
        ["Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="];
}
