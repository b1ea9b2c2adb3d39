namespace Calf.Security;

internal enum HtmlTokenKind { Text, Open, Close }

/// <summary>
/// Cuts HTML into text and tags in one pass, whatever its state. It builds no tree, so no nesting and no mis-nesting can make it slow.
/// It need not agree with browsers on broken markup: nothing of a tag is passed on as it was, only names that are known.
/// </summary>
internal ref struct HtmlTokens(ReadOnlySpan<char> html)
{
    private readonly ReadOnlySpan<char> _html = html;
    private int _next;

    public HtmlTokenKind Kind { get; private set; }

    /// <summary>Lower case; empty for text.</summary>
    public string Name { get; private set; } = "";

    /// <summary>The text with its entities, or what stands between a tag's name and its end.</summary>
    public ReadOnlySpan<char> Content { get; private set; }

    public bool MoveNext()
    {
        while (_next < _html.Length)
        {
            var rest = _html[_next..];
            if (rest[0] != '<' || rest.Length < 2) return Text(rest);
            if (rest.StartsWith("<!--")) SkipPast(rest[4..], "-->", 4);
            else if (rest[1] is '!' or '?') SkipPast(rest, ">", 0);
            else if (rest[1] == '/' && rest.Length > 2 && char.IsAsciiLetter(rest[2])) return Tag(rest, 2, HtmlTokenKind.Close);
            else if (char.IsAsciiLetter(rest[1])) return Tag(rest, 1, HtmlTokenKind.Open);
            else return Text(rest);
        }
        return false;
    }

    /// <summary>Leaves out everything up to the end of the element that was just opened; all the rest where it never ends.</summary>
    public ReadOnlySpan<char> SkipElement()
    {
        var start = _next;
        var from = _next;
        while (true)
        {
            var found = _html[from..].IndexOf("</", StringComparison.Ordinal);
            if (found < 0)
            {
                _next = _html.Length;
                return _html[start..];
            }
            var end = from + found;
            from = end + 2;
            if (!_html[from..].StartsWith(Name, StringComparison.OrdinalIgnoreCase)) continue;
            var close = _html[from..].IndexOf('>');
            _next = close < 0 ? _html.Length : from + close + 1;
            return _html[start..end];
        }
    }

    private bool Text(ReadOnlySpan<char> rest)
    {
        var length = rest[1..].IndexOf('<');
        Content = length < 0 ? rest : rest[..(length + 1)];
        Kind = HtmlTokenKind.Text;
        Name = "";
        _next += Content.Length;
        return true;
    }

    private bool Tag(ReadOnlySpan<char> rest, int nameStart, HtmlTokenKind kind)
    {
        var nameEnd = nameStart;
        while (nameEnd < rest.Length && rest[nameEnd] is not ('>' or '/') && !char.IsWhiteSpace(rest[nameEnd])) nameEnd++;
        var end = nameEnd;
        var quote = '\0';
        for (; end < rest.Length; end++)
        {
            var c = rest[end];
            if (quote != '\0')
            {
                if (c == quote) quote = '\0';
            }
            else if (c == '>') break;
            else if (c is '"' or '\'' && rest[end - 1] == '=') quote = c;
        }
        if (end == rest.Length)
        {
            _next = _html.Length; // A tag that never ends is no text either.
            return false;
        }
        Kind = kind;
        Name = rest[nameStart..nameEnd].ToString().ToLowerInvariant();
        Content = rest[nameEnd..end];
        _next += end + 1;
        return true;
    }

    private void SkipPast(ReadOnlySpan<char> rest, string end, int offset)
    {
        var found = rest.IndexOf(end, StringComparison.Ordinal);
        _next = found < 0 ? _html.Length : _next + offset + found + end.Length;
    }
}
