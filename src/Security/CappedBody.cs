using System.Buffers;
using System.IO.Compression;

namespace Calf.Security;

/// <summary>Reads the body of an answer within bounds of size and time, decompressing at most one encoding (wire 40, 119).</summary>
internal static class CappedBody
{
    private const int ChunkBytes = 16 * 1024;

    public static async Task<byte[]> Read(HttpResponseMessage answer, SafeRequest request, Deadline deadline)
    {
        var encoding = EncodingOf(answer);
        var length = answer.Content.Headers.ContentLength;
        if (length == 0) return [];
        if (length > request.MaxBytes && !request.CutBody) throw TooLarge(request);

        deadline.Step(SafeHttp.ReadTimeout);
        await using var raw = await answer.Content.ReadAsStreamAsync(deadline.Token);
        await using var body = Decompress(raw, encoding);
        if (request.Into is not { } target || !answer.IsSuccessStatusCode) return await Collect(body, request, deadline);
        request.Begins?.Invoke(answer.Content.Headers);
        return await Copy(body, target, request, deadline);
    }

    private static async Task<byte[]> Collect(Stream body, SafeRequest request, Deadline deadline)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Math.Min(ChunkBytes, request.MaxBytes + 1));
        try
        {
            var total = 0;
            while (true)
            {
                // One byte more than allowed is read, to tell a body that just fits from one that does not.
                var room = Math.Min(buffer.Length, request.MaxBytes + 1) - total;
                if (room == 0)
                {
                    if (total > request.MaxBytes) break;
                    Grow(ref buffer, total);
                    continue;
                }
                deadline.Step(SafeHttp.ReadTimeout);
                var read = await body.ReadAsync(buffer.AsMemory(total, room), deadline.Token);
                if (read == 0) break;
                total += read;
            }
            if (total > request.MaxBytes && !request.CutBody) throw TooLarge(request);
            return buffer.AsSpan(0, Math.Min(total, request.MaxBytes)).ToArray();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static async Task<byte[]> Copy(Stream body, Stream target, SafeRequest request, Deadline deadline)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(ChunkBytes);
        try
        {
            var total = 0;
            while (true)
            {
                deadline.Step(SafeHttp.ReadTimeout);
                var read = await body.ReadAsync(buffer, deadline.Token);
                if (read == 0) return [];
                total += read;
                if (total > request.MaxBytes) throw TooLarge(request);
                await target.WriteAsync(buffer.AsMemory(0, read), deadline.Token);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static void Grow(ref byte[] buffer, int used)
    {
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.AsSpan(0, used).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = larger;
    }

    private static string EncodingOf(HttpResponseMessage answer)
    {
        foreach (var transfer in answer.Headers.TransferEncoding)
        {
            if (!string.Equals(transfer.Value, "chunked", StringComparison.OrdinalIgnoreCase)) throw Refused(transfer.Value);
        }
        var found = answer.Content.Headers.ContentEncoding.Where(e => !e.Equals("identity", StringComparison.OrdinalIgnoreCase)).ToArray();
        return found.Length switch
        {
            0 => "",
            1 => found[0].ToLowerInvariant(),
            _ => throw Refused(string.Join(", ", found)),
        };
    }

    private static Stream Decompress(Stream raw, string encoding) => encoding switch
    {
        "" => raw,
        "gzip" or "x-gzip" => new GZipStream(raw, CompressionMode.Decompress),
        "deflate" => new ZLibStream(raw, CompressionMode.Decompress),
        "br" => new BrotliStream(raw, CompressionMode.Decompress),
        _ => throw Refused(encoding),
    };

    private static SafeHttpException Refused(string encoding) =>
        new(SafeHttpReason.EncodingRefused, $"The answer is encoded as \"{encoding}\", which was not asked for.");

    private static SafeHttpException TooLarge(SafeRequest request) =>
        new(SafeHttpReason.TooLarge, $"The answer of {request.Uri.Host} is larger than {request.MaxBytes} bytes.");
}
