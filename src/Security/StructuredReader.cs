namespace Calf.Security;

/// <summary>Reads the part of RFC 9651 (structured fields) that Signature-Input, Signature and Content-Digest need: dictionaries whose
/// members are byte sequences or lists of strings, with parameters. Hands out slices of the text, so little is allocated.</summary>
internal ref struct StructuredReader(ReadOnlySpan<char> text)
{
    private readonly ReadOnlySpan<char> text = text.Trim(' ');
    private int at;
    private bool started;

    /// <summary>The whole text was read and was well formed.</summary>
    public readonly bool IsDone => started && at == text.Length;

    /// <summary>Moves to the next <c>name=</c>. False at the end and where the text is not a dictionary.</summary>
    public bool TryMember(out ReadOnlySpan<char> name)
    {
        name = default;
        if (at == text.Length) return false;
        if (started)
        {
            SkipOptionalSpace();
            if (!Take(',')) return false;
            SkipOptionalSpace();
        }

        // A comma with nothing behind it leaves IsDone false.
        started = false;
        if (!TryKey(out name) || !Take('=')) return false;
        return started = true;
    }

    public bool Take(char expected)
    {
        if (at >= text.Length || text[at] != expected) return false;
        at++;
        return true;
    }

    public int SkipSpaces()
    {
        var start = at;
        while (at < text.Length && text[at] == ' ') at++;
        return at - start;
    }

    /// <summary><c>:base64:</c></summary>
    public bool TryBytes(out ReadOnlySpan<char> base64) => TryDelimited(':', out base64) && !base64.Contains(' ');

    /// <summary>The inside of a string. No name or value that is used here needs an escape, so one counts as an error.</summary>
    public bool TryString(out ReadOnlySpan<char> value) =>
        TryDelimited('"', out value) && !value.Contains('\\') && value.IndexOfAnyExceptInRange(' ', '~') < 0;

    /// <summary>Reads all parameters that follow.</summary>
    /// <param name="canonical">As RFC 9651 writes them: without the spaces that are allowed behind a semicolon.</param>
    public bool TryParameters(out ReadOnlySpan<char> canonical)
    {
        canonical = default;
        var start = at;
        string? rebuilt = null;
        while (Take(';'))
        {
            var semicolon = at - 1;
            if (SkipSpaces() > 0) rebuilt ??= text[start..semicolon].ToString();
            var parameter = at;
            if (!TryParameter(out _, out _)) return false;
            if (rebuilt is not null) rebuilt += $";{text[parameter..at]}";
        }

        canonical = rebuilt ?? text[start..at];
        return true;
    }

    /// <summary>Reads <c>key</c> or <c>key=value</c>; a string comes without its quotes.</summary>
    public bool TryParameter(out ReadOnlySpan<char> key, out ReadOnlySpan<char> value)
    {
        value = default;
        if (!TryKey(out key)) return false;
        if (!Take('=')) return true;
        if (at == text.Length) return false;
        return text[at] switch
        {
            '"' => TryString(out value),
            ':' => TryBytes(out value),
            _ => TryToken(out value),
        };
    }

    private bool TryKey(out ReadOnlySpan<char> key)
    {
        var start = at;
        while (at < text.Length && (char.IsAsciiLetterLower(text[at]) || char.IsAsciiDigit(text[at]) || text[at] is '_' or '-' or '.' or '*'))
            at++;
        key = text[start..at];
        return key.Length > 0 && (char.IsAsciiLetterLower(key[0]) || key[0] == '*');
    }

    /// <summary>A number, a token or <c>?1</c>.</summary>
    private bool TryToken(out ReadOnlySpan<char> value)
    {
        var start = at;
        while (at < text.Length && text[at] is > ' ' and <= '~' and not (';' or ',' or ')' or '(' or '"')) at++;
        value = text[start..at];
        return value.Length > 0;
    }

    private bool TryDelimited(char mark, out ReadOnlySpan<char> inside)
    {
        inside = default;
        if (!Take(mark)) return false;
        var end = text[at..].IndexOf(mark);
        if (end < 0) return false;
        inside = text.Slice(at, end);
        at += end + 1;
        return true;
    }

    private void SkipOptionalSpace()
    {
        while (at < text.Length && text[at] is ' ' or '\t') at++;
    }
}
