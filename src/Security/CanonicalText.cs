using System.Buffers;
using System.Text;

namespace Calf.Security;

/// <summary>Strings as ECMAScript's JSON.stringify writes them: escaped only where they must be (RFC 8785, section 3.2.2.2).</summary>
internal static class CanonicalText
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly SearchValues<char> Escaped = SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(n => (char)n), '"', '\\']);

    /// <exception cref="EncoderFallbackException">It has half a surrogate pair.</exception>
    public static void Write(ReadOnlySpan<char> text, ArrayBufferWriter<byte> output)
    {
        output.Write("\""u8);
        while (text.Length > 0)
        {
            var plain = text.IndexOfAny(Escaped);
            if (plain < 0) plain = text.Length;
            if (plain > 0) output.Advance(Strict.GetBytes(text[..plain], output.GetSpan(Strict.GetMaxByteCount(plain))));
            if (plain == text.Length) break;
            WriteEscape(text[plain], output);
            text = text[(plain + 1)..];
        }
        output.Write("\""u8);
    }

    private static void WriteEscape(char c, ArrayBufferWriter<byte> output)
    {
        const string Hex = "0123456789abcdef";
        ReadOnlySpan<byte> escape = c switch
        {
            '\b' => "\\b"u8,
            '\t' => "\\t"u8,
            '\n' => "\\n"u8,
            '\f' => "\\f"u8,
            '\r' => "\\r"u8,
            '"' => "\\\""u8,
            '\\' => "\\\\"u8,
            _ => [(byte)'\\', (byte)'u', (byte)'0', (byte)'0', (byte)Hex[c >> 4], (byte)Hex[c & 15]],
        };
        output.Write(escape);
    }
}
