using Calf.Security;

namespace Calf.Media;

/// <summary>A file that lies elsewhere, as a stream that can be read from anywhere: the other side is asked when it is read.</summary>
/// <param name="fetch">Begins to read at a byte, to the end or to a last byte.</param>
/// <param name="begun">Where reading has begun already, at the start.</param>
/// <param name="last">As far as it is likely to be read.</param>
internal sealed class FetchedStream(Func<long, long?, CancellationToken, Task<Stream>> fetch, long length, Stream? begun, long? last) : SeekableStream(length)
{
    private Stream? coming = begun;
    private long position;
    private long? until = last;

    public override long Position
    {
        get => position;
        set
        {
            if (value == position) return;
            position = value;
            Stop();
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (position >= Length || buffer.Length == 0) return 0;
        while (true)
        {
            coming ??= await fetch(position, until >= position && until < Length - 1 ? until : null, cancellationToken);
            var read = await coming.ReadAsync(buffer, cancellationToken);
            position += read;
            if (read > 0) return read;
            // The viewer was told the whole length and must see that something is missing.
            if (until is null || position <= until) throw new IOException("The file broke off.");
            // It is read further than was thought.
            until = null;
            Stop();
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) Stop();
        base.Dispose(disposing);
    }

    private void Stop()
    {
        coming?.Dispose();
        coming = null;
    }
}
