namespace Calf.Media;

/// <summary>A file that lies elsewhere, as a stream that can be read from anywhere: the other side is asked when it is read.</summary>
/// <param name="fetch">Begins to read at a byte, to the end or to a last byte.</param>
/// <param name="begun">Where reading has begun already, at the start.</param>
/// <param name="last">As far as it is likely to be read.</param>
internal sealed class FetchedStream(Func<long, long?, CancellationToken, Task<Stream>> fetch, long length, Stream? begun, long? last) : Stream
{
    private Stream? coming = begun;
    private long position;
    private long? until = last;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => length;

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
        if (position >= length || buffer.Length == 0) return 0;
        while (true)
        {
            coming ??= await fetch(position, until >= position && until < length - 1 ? until : null, cancellationToken);
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

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Current => Position + offset,
        SeekOrigin.End => length + offset,
        _ => offset,
    };

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Flush()
    {
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
