using Calf.ActivityPub;
using Calf.Security;
using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Calf.Federation.Inbox;

/// <summary>Turns the text of a post into safe HTML, by its media type: PeerTube writes Markdown.</summary>
internal static class RemoteMarkup
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().UseSoftlineBreakAsHardlineBreak().UseAutoLinks().Build();

    /// <summary>Longer Markdown is shown as it was typed: what the parser takes for some texts grows with the square of their length.</summary>
    public const int MaxMarkdown = 16 * 1024;

    public static string ToHtml(string text, string? mediaType) => (mediaType?.Split(';')[0].Trim().ToLowerInvariant() switch
    {
        "text/markdown" => OfMarkdown(text),
        "text/plain" => HtmlSanitizing.FromText(text),
        _ => HtmlSanitizing.Sanitize(text),
    }).Value.Trim();

    /// <inheritdoc cref="ToHtml"/>
    public static string ContentOf(RemoteObject remote) => ToHtml(remote.ContentHtml ?? "", remote.ContentMediaType);

    private static SafeHtml OfMarkdown(string text)
    {
        if (text.Length > MaxMarkdown) return HtmlSanitizing.FromText(text);
        try
        {
            var document = Markdown.Parse(text, Pipeline);
            foreach (var link in document.Descendants<LinkInline>()) link.IsImage = false;
            return HtmlSanitizing.Sanitize(document.ToHtml(Pipeline));
        }
        catch (ArgumentException)
        {
            return HtmlSanitizing.FromText(text); // Nested deeper than the parser goes.
        }
    }
}
