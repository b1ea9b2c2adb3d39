using System.Net;
using System.Text.Json;
using Calf.ActivityPub;

namespace Calf.Federation.Cards;

/// <summary>What a page says of itself in schema.org's words (JSON-LD); only of articles, as far as a card shows it.</summary>
internal sealed record StructuredData
{
    public static readonly StructuredData Nothing = new();

    public string? Headline { get; private init; }

    public string? Description { get; private init; }

    public string? Language { get; private init; }

    public string? Image { get; private init; }

    public string? AuthorName { get; private init; }

    public string? AuthorUrl { get; private init; }

    public string? Publisher { get; private init; }

    public DateTimeOffset? Published { get; private init; }

    /// <summary>The first article among all pieces; what is no JSON is passed over.</summary>
    public static StructuredData Of(IEnumerable<string> scripts)
    {
        foreach (var script in scripts)
        {
            try
            {
                using var json = JsonDocument.Parse(Bare(script));
                var pieces = json.RootElement.AsMany().SelectMany(piece => piece.Has("@graph") ? piece.Many("@graph") : [piece]);
                if (pieces.FirstOrDefault(IsArticle) is { ValueKind: JsonValueKind.Object } article) return Read(article);
            }
            catch (JsonException)
            {
                // Many sites put their templates' mistakes here.
            }
        }
        return Nothing;
    }

    private static StructuredData Read(JsonElement article) => new()
    {
        Headline = Words(article.Text("headline")),
        Description = Words(article.Text("description")),
        Language = article.One("inLanguage") is var language && language.ValueKind == JsonValueKind.Object ? language.Text("alternateName") ?? language.Text("name") : language.AsText(),
        Image = UrlOf(article.One("image")),
        AuthorName = Words(NameOf(article.One("author"))),
        AuthorUrl = article.One("author").Text("url"),
        Publisher = Words(NameOf(article.One("publisher"))),
        Published = article.Date("datePublished"),
    };

    private static bool IsArticle(JsonElement piece) =>
        piece.Many("@type").Any(type => type.AsText() is { } name && (name.EndsWith("Article", StringComparison.Ordinal) || name is "BlogPosting" or "WebPage"));

    private static string? NameOf(JsonElement somebody) => somebody.ValueKind == JsonValueKind.Object ? somebody.Text("name") : somebody.AsText();

    private static string? UrlOf(JsonElement image) => image.ValueKind == JsonValueKind.Object ? image.Text("url") : image.AsText();

    /// <summary>Many escape these texts for HTML although nothing here is HTML.</summary>
    private static string? Words(string? text) => WebUtility.HtmlDecode(text);

    /// <summary>Without the marks that hide it from old XML parsers.</summary>
    private static string Bare(string script)
    {
        var (start, end) = (script.AsSpan().IndexOfAny('{', '['), script.AsSpan().LastIndexOfAny('}', ']'));
        if (script.IndexOf("<![CDATA[", StringComparison.Ordinal) is >= 0 and var mark) start = mark + 9 + script.AsSpan(mark + 9).IndexOfAny('{', '[');
        if (script.LastIndexOf("]]>", StringComparison.Ordinal) is >= 0 and var close) end = script.AsSpan(0, close).LastIndexOfAny('}', ']');
        return start >= 0 && end > start ? script[start..(end + 1)] : "";
    }
}
