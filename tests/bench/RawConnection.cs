using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Calf.Bench;

/// <summary>
/// One kept-open HTTP/1.1 connection that costs the machine next to nothing, since it shares the cores with what it measures: sends
/// bytes as they are and reads whole answers.
/// </summary>
internal sealed class RawConnection : IDisposable
{
    // In "HTTP/1.1 200 ".
    private const int StatusStart = 9, StatusEnd = 12;

    private readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private byte[] buffer = new byte[64 * 1024];
    private int filled;

    public RawConnection(int port) => socket.Connect(IPAddress.Loopback, port);

    /// <summary>The status of the answer.</summary>
    public int Send(ReadOnlySpan<byte> request) => Exchange(request, out _, out _);

    /// <summary>Begins what does not end: waits for the head of the answer alone.</summary>
    public void Open(byte[] request, int expected)
    {
        socket.Send(request);
        while (filled < StatusEnd) Receive();
        var status = Encoding.ASCII.GetString(buffer, StatusStart, 3);
        if (status != expected.ToString(CultureInfo.InvariantCulture)) throw new BenchException($"A stream was answered with {status}.");
    }

    /// <summary>The status and the body of the answer, dechunked if need be.</summary>
    public (int Status, byte[] Body) Fetch(string path, params string[] headers)
    {
        var status = Exchange(Get(path, ((IPEndPoint)socket.RemoteEndPoint!).Port, headers), out var body, out var chunked);
        return (status, chunked ? Dechunk(body) : body.ToArray());
    }

    /// <summary>The body of the answer to any request.</summary>
    public byte[] Fetch(byte[] request)
    {
        var status = Exchange(request, out var body, out var chunked);
        if (status != 200) throw new BenchException($"A request was answered with {status}.");
        return chunked ? Dechunk(body) : body.ToArray();
    }

    public static byte[] Get(string path, int port, params string[] headers) =>
        Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: localhost:{port}\r\n{string.Concat(headers.Select(h => h + "\r\n"))}\r\n");

    private static byte[] Dechunk(ReadOnlySpan<byte> chunks)
    {
        var whole = new MemoryStream();
        while (true)
        {
            var line = chunks.IndexOf("\r\n"u8);
            var length = int.Parse(chunks[..line], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            if (length == 0) return whole.ToArray();
            whole.Write(chunks.Slice(line + 2, length));
            chunks = chunks[(line + 2 + length + 2)..];
        }
    }

    private int Exchange(ReadOnlySpan<byte> request, out ReadOnlySpan<byte> body, out bool chunked)
    {
        chunked = false;
        while (request.Length > 0) request = request[socket.Send(request)..];
        filled = 0;
        var head = -1;
        while (head < 0)
        {
            Receive();
            head = buffer.AsSpan(0, filled).IndexOf("\r\n\r\n"u8);
        }
        var headers = buffer.AsSpan(0, head + 2);
        var status = (headers[9] - '0') * 100 + (headers[10] - '0') * 10 + (headers[11] - '0');
        var start = head + 4;
        if (Header(headers, "\r\nContent-Length: "u8) is { Length: > 0 } length)
        {
            var end = start + int.Parse(length, CultureInfo.InvariantCulture);
            while (filled < end) Receive();
            body = buffer.AsSpan(start, end - start);
        }
        else if (Header(headers, "\r\nTransfer-Encoding: "u8).Length > 0)
        {
            while (!buffer.AsSpan(start, filled - start).EndsWith("0\r\n\r\n"u8)) Receive();
            body = buffer.AsSpan(start, filled - start);
            chunked = true;
        }
        else
        {
            body = [];
        }
        return status;
    }

    private void Receive()
    {
        if (filled == buffer.Length) Array.Resize(ref buffer, buffer.Length * 2);
        var read = socket.Receive(buffer.AsSpan(filled));
        if (read == 0) throw new IOException("The server closed the connection.");
        filled += read;
    }

    private static ReadOnlySpan<byte> Header(ReadOnlySpan<byte> headers, ReadOnlySpan<byte> name)
    {
        var at = headers.IndexOf(name);
        if (at < 0) return [];
        var value = headers[(at + name.Length)..];
        return value[..value.IndexOf("\r\n"u8)];
    }

    public void Dispose() => socket.Dispose();
}
