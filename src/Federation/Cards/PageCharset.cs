using System.Text;
using System.Text.RegularExpressions;
using Calf.Security;

namespace Calf.Federation.Cards;

/// <summary>The text of a page, whatever its letters are written in.</summary>
internal static partial class PageCharset
{
    /// <summary>How far a page may be into itself when it says so, as browsers look.</summary>
    private const int Beginning = 4096;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static string Decode(byte[] body, string? contentType) => (Marked(body) ?? Named(contentType) ?? Named(Encoding.Latin1.GetString(body, 0, Math.Min(body.Length, Beginning))) ?? Guessed(body)).GetString(body);

    private static Encoding? Marked(ReadOnlySpan<byte> body) => body switch
    {
        [0xEF, 0xBB, 0xBF, ..] => Encoding.UTF8,
        [0xFF, 0xFE, ..] => Encoding.Unicode,
        [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode,
        _ => null,
    };

    private static Encoding? Named(string? text)
    {
        if (text is null || Charset().Match(text) is not { Success: true } found) return null;
        var name = found.Groups[1].Value.ToLowerInvariant();
        // As browsers do: what calls itself Latin 1 has Windows' quotation marks, and what says in ASCII that it is UTF-16 is not.
        if (name is "iso-8859-1" or "latin1" or "us-ascii" or "ascii") name = "windows-1252";
        if (name.StartsWith("utf", StringComparison.Ordinal)) return Encoding.UTF8;
        try
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(name);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static Encoding Guessed(byte[] body)
    {
        try
        {
            // The end may have been cut off inside a letter.
            _ = Strict.GetCharCount(body, 0, Math.Max(0, body.Length - (body.Length < SafeHttp.MaxBodyBytes ? 0 : 4)));
            return Encoding.UTF8;
        }
        catch (DecoderFallbackException)
        {
            return CodePagesEncodingProvider.Instance.GetEncoding("windows-1252")!;
        }
    }

    [GeneratedRegex("""charset\s*=\s*["']?([A-Za-z0-9_:.-]+)""", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Charset();
}
