using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Calf.Security;

namespace Calf.Web;

/// <summary>
/// A piece of a page written as an interpolated string whose holes are encoded, so that a value can never turn into markup:
/// the mirror of Store/Sql. Another <see cref="Html"/> and <see cref="SafeHtml"/> are spliced in as they are; attributes stand in double quotes.
/// Addresses from elsewhere go through <see cref="Address"/>.
/// </summary>
[InterpolatedStringHandler]
public readonly struct Html
{
    // Letters of every script stay readable; what matters to HTML is encoded all the same.
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly StringBuilder text;

    public Html(int literalLength, int formattedCount) => text = new StringBuilder(literalLength + formattedCount * 24);

    private Html(string markup) => text = new StringBuilder(markup);

    public static Html Empty { get; } = new("");

    public static Html Of(Html html) => html;

    public static Html Join(IEnumerable<Html> pieces)
    {
        var all = new Html("");
        all.AppendFormatted(pieces);
        return all;
    }

    /// <summary>A text in the reader's language (<see cref="Words"/>) with pieces of a page in its places.</summary>
    public static Html Say(string text, params ReadOnlySpan<(string Name, Html Piece)> pieces)
    {
        var page = new Html("");
        var left = Words.T(text).AsSpan();
        while (left.IndexOf('{') is >= 0 and var open)
        {
            var close = open + left[open..].IndexOf('}');
            page.AppendFormatted(left[..open].ToString());
            foreach (var (name, piece) in pieces)
                if (left[(open + 1)..close].SequenceEqual(name)) page.AppendFormatted(piece);
            left = left[(close + 1)..];
        }
        page.AppendFormatted(left.ToString());
        return page;
    }

    /// <summary>An http or https address as it is, anything else (javascript:, data:) as an address that leads nowhere.</summary>
    public static string Address(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var parsed) && parsed.Scheme is "http" or "https" ? url! : "about:blank";

    public void AppendLiteral(string literal) => text.Append(literal);

    public void AppendFormatted(string? value)
    {
        if (!string.IsNullOrEmpty(value)) text.Append(Encoder.Encode(value));
    }

    public void AppendFormatted(long value) => text.Append(CultureInfo.InvariantCulture, $"{value}");

    /// <summary>As <c>datetime</c> wants it.</summary>
    public void AppendFormatted(DateTimeOffset value) =>
        text.Append(value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));

    public void AppendFormatted(SafeHtml html) => text.Append(html.Value);

    public void AppendFormatted(Html piece) => text.Append(piece.text);

    public void AppendFormatted(IEnumerable<Html> pieces)
    {
        foreach (var piece in pieces) text.Append(piece.text);
    }

    public override string ToString() => text?.ToString() ?? "";
}
