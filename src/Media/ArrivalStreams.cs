using Calf.Security;

namespace Calf.Media;

/// <summary>What is fetched is written here. <paramref name="begin"/> sees its first bytes before the viewers do.</summary>
internal sealed class ArrivalWriter(Arrival arrival, Action<ReadOnlyMemory<byte>> begin) : Stream
{
    private readonly byte[] head = new byte[MediaType.Looked];
    private int looked;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => arrival.Bytes;

    public override long Position { get => arrival.Bytes; set => throw new NotSupportedException(); }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await arrival.Write(buffer, cancellationToken);
        if (looked == head.Length) return;
        var part = buffer[..Math.Min(buffer.Length, head.Length - looked)];
        part.CopyTo(head.AsMemory(looked));
        looked += part.Length;
        if (looked == head.Length) begin(head);
    }

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}

/// <summary>Reads a file while it is still coming: who is ahead waits.</summary>
internal sealed class ArrivalReader(Arrival arrival, FileStream file, long length) : SeekableStream(length)
{
    public override long Position { get => file.Position; set => file.Position = value; }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (Position >= Length) return 0;
        await arrival.Wait(Position, cancellationToken);
        var read = await file.ReadAsync(buffer[..(int)Math.Min(buffer.Length, Length - Position)], cancellationToken);
        // The viewer was told the whole length and must see that something is missing.
        return read > 0 ? read : throw new IOException("The file broke off.");
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) file.Dispose();
        base.Dispose(disposing);
    }
}
