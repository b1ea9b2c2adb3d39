using System.Buffers;
using System.Text;

namespace Calf.Security;

/// <summary>Collects the bytes that are signed. Starts on the caller's stack and rents only for very long headers.</summary>
internal ref struct SignatureBase(Span<byte> initial)
{
    public const int UsualLength = 2048;

    private Span<byte> bytes = initial;
    private byte[]? rented;
    private int length;

    public readonly ReadOnlySpan<byte> Written => bytes[..length];

    public void Append(ReadOnlySpan<char> text)
    {
        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (bytes.Length - length < most) Grow(most);
        length += Encoding.UTF8.GetBytes(text, bytes[length..]);
    }

    public void AppendLower(ReadOnlySpan<char> text)
    {
        var start = length;
        Append(text);
        Ascii.ToLowerInPlace(bytes[start..length], out _);
    }

    /// <summary>The value of a header as both kinds want it: lines trimmed and joined with a comma. False when it is absent.</summary>
    public bool TryAppendField(SignedRequest request, string name)
    {
        if (name == "host")
        {
            Append(request.Host);
            return true;
        }

        if (!request.Headers.TryGetValue(name, out var values) || values.Count == 0) return false;
        for (var i = 0; i < values.Count; i++)
        {
            if (i > 0) Append(", ");
            Append(values[i].AsSpan().Trim());
        }

        return true;
    }

    public void Clear() => length = 0;

    public readonly void Dispose()
    {
        if (rented is not null) ArrayPool<byte>.Shared.Return(rented);
    }

    private void Grow(int more)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(bytes.Length * 2, length + more));
        bytes[..length].CopyTo(larger);
        if (rented is not null) ArrayPool<byte>.Shared.Return(rented);
        bytes = rented = larger;
    }
}
