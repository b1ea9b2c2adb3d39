using System.Buffers;

namespace Calf.Security;

/// <summary>Reads the attributes of one tag, in order. Values keep their entities.</summary>
internal ref struct HtmlAttributes(ReadOnlySpan<char> tag)
{
    private const string Space = " \t\r\n\f";
    private static readonly SearchValues<char> NameEnd = SearchValues.Create("= \t\r\n\f/");
    private static readonly SearchValues<char> ValueEnd = SearchValues.Create(Space);

    private ReadOnlySpan<char> _rest = tag;

    public ReadOnlySpan<char> Name { get; private set; }
    public ReadOnlySpan<char> Value { get; private set; }

    public bool MoveNext()
    {
        _rest = _rest.TrimStart(Space + "/");
        if (_rest.IsEmpty) return false;
        var nameEnd = _rest.IndexOfAny(NameEnd);
        if (nameEnd == 0) nameEnd = 1;
        if (nameEnd < 0) nameEnd = _rest.Length;
        Name = _rest[..nameEnd];
        Value = default;
        _rest = _rest[nameEnd..].TrimStart(Space);
        if (_rest.StartsWith("=")) ReadValue(_rest[1..].TrimStart(Space));
        return true;
    }

    /// <summary>The first attribute of that name, as browsers take it; null where there is none.</summary>
    public static string? Find(ReadOnlySpan<char> tag, string name)
    {
        var attributes = new HtmlAttributes(tag);
        while (attributes.MoveNext())
        {
            if (attributes.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) return attributes.Value.ToString();
        }
        return null;
    }

    private void ReadValue(ReadOnlySpan<char> text)
    {
        var quoted = !text.IsEmpty && text[0] is '"' or '\'';
        var value = quoted ? text[1..] : text;
        var end = quoted ? value.IndexOf(text[0]) : value.IndexOfAny(ValueEnd);
        Value = end < 0 ? value : value[..end];
        _rest = end < 0 ? default : value[(quoted ? end + 1 : end)..];
    }
}
