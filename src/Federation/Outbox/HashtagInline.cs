using System.Buffers;
using System.Globalization;
using Markdig.Helpers;
using Markdig.Parsers;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax.Inlines;

namespace Calf.Federation.Outbox;

/// <summary><c>#tag</c> in a post; the name is without the number sign, as it was typed.</summary>
internal sealed class HashtagInline(string name) : LeafInline
{
    public string Name => name;
}

internal sealed class HashtagParser : InlineParser
{
    private static readonly SearchValues<char> NoTagAlone = SearchValues.Create("0123456789_");

    public HashtagParser() => OpeningCharacters = ['#'];

    public override bool Match(InlineProcessor processor, ref StringSlice slice)
    {
        var before = slice.PeekCharExtra(-1);
        if (IsTagPart(before) || before is '/' or '&' or '#') return false;
        var text = slice.Text.AsSpan(slice.Start + 1, slice.End - slice.Start);
        var length = 0;
        while (length < text.Length && IsTagPart(text[length])) length++;
        var name = text[..length];
        // "#1" is a number, not a tag: Mastodon wants one character that is neither digit nor separator.
        if (!name.ContainsAnyExcept(NoTagAlone)) return false;
        processor.Inline = new HashtagInline(name.ToString());
        slice.Start += 1 + length;
        return true;
    }

    private static bool IsTagPart(char c) => char.IsLetterOrDigit(c) || c == '_'
        || char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}

internal sealed class HashtagRenderer(Site site) : HtmlObjectRenderer<HashtagInline>
{
    protected override void Write(HtmlRenderer renderer, HashtagInline tag)
    {
        renderer.Write("<a href=\"");
        renderer.WriteEscapeUrl(site.TagUrl(tag.Name));
        renderer.Write("\" class=\"mention hashtag\">#<span>");
        renderer.WriteEscape(tag.Name);
        renderer.Write("</span></a>");
    }
}
