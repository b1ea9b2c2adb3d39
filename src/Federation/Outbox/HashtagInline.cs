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
    public HashtagParser() => OpeningCharacters = ['#'];

    public override bool Match(InlineProcessor processor, ref StringSlice slice)
    {
        var before = slice.PeekCharExtra(-1);
        if (HashtagName.IsPart(before) || before is '/' or '&' or '#') return false;
        var text = slice.Text.AsSpan(slice.Start + 1, slice.End - slice.Start);
        var length = 0;
        while (length < text.Length && HashtagName.IsPart(text[length])) length++;
        var name = text[..length];
        if (!HashtagName.Is(name)) return false;
        processor.Inline = new HashtagInline(name.ToString());
        slice.Start += 1 + length;
        return true;
    }
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
