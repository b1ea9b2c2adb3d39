using System.Text;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Calf.Security;

namespace Calf.Federation.Cards;

/// <summary>
/// The tags in the head of a page that say what it is. They are picked out in one pass over the text and put side by side, since trees of
/// hostile markup grow with the square of its length; pages of film sites have them behind half a megabyte of scripts.
/// </summary>
internal sealed class PageHead
{
    public const int MaxTags = 500;

    /// <summary>Of one tag: a parser compares each attribute with all before it.</summary>
    public const int MaxTagLength = 4096;

    private const int MaxScriptLength = 128 * 1024;

    private readonly IHtmlDocument document;
    private readonly Dictionary<string, string> metas = new(StringComparer.OrdinalIgnoreCase);

    private PageHead(IHtmlDocument document)
    {
        this.document = document;
        foreach (var meta in document.All.OfType<IHtmlMetaElement>())
            foreach (var name in (meta.GetAttribute("property") ?? meta.Name ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries))
                if (!string.IsNullOrWhiteSpace(meta.Content)) metas.TryAdd(name, meta.Content);
    }

    public string? Title => document.Title;

    public string? Language => document.DocumentElement.GetAttribute("lang");

    /// <summary>What it says of itself for search engines (JSON-LD).</summary>
    public IEnumerable<string> Scripts => document.Scripts.Select(script => script.TextContent);

    public static PageHead Of(string html) => new(new HtmlParser().ParseDocument(Picked(html)));

    /// <summary>The first of these that is there, by <c>property</c> or <c>name</c>.</summary>
    public string? Meta(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
            if (metas.TryGetValue(name, out var content)) return content;
        return null;
    }

    public string? Canonical => Links.FirstOrDefault(link => link.RelationList.Contains("canonical"))?.GetAttribute("href");

    public string? OEmbed => Links.FirstOrDefault(link => link.Type == "application/json+oembed")?.GetAttribute("href");

    private IEnumerable<IHtmlLinkElement> Links => document.All.OfType<IHtmlLinkElement>();

    private static string Picked(string html)
    {
        var picked = new StringBuilder();
        var tokens = new HtmlTokens(html);
        for (var tags = 0; tags < MaxTags && tokens.MoveNext();)
        {
            var name = tokens.Name;
            if (name == "body" || (name == "head" && tokens.Kind == HtmlTokenKind.Close)) break;
            if (tokens.Kind != HtmlTokenKind.Open) continue;
            var attributes = tokens.Content;
            var isShort = attributes.Length <= MaxTagLength;
            if (name is "html" or "meta" or "link" && isShort)
            {
                picked.Append('<').Append(name).Append(attributes).Append('>');
                tags++;
            }
            else if (name == "title")
            {
                var words = tokens.SkipElement();
                picked.Append("<title>").Append(words[..Math.Min(words.Length, MaxTagLength)]).Append("</title>");
                tags++;
            }
            else if (name == "script")
            {
                var data = HtmlAttributes.Find(attributes, "type") == "application/ld+json";
                var inside = tokens.SkipElement();
                if (!data || inside.Length > MaxScriptLength) continue;
                picked.Append("<script>").Append(inside).Append("</script>");
                tags++;
            }
            else if (HtmlRules.Dropped.Contains(name))
            {
                tokens.SkipElement();
            }
        }
        return picked.ToString();
    }
}
