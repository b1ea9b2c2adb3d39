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

    public static string ToHtml(string text, string? mediaType) => (mediaType?.Split(';')[0].Trim().ToLowerInvariant() switch
    {
        "text/markdown" => HtmlSanitizing.Sanitize(OfMarkdown(text)),
        "text/plain" => HtmlSanitizing.FromText(text),
        _ => HtmlSanitizing.Sanitize(text),
    }).Value.Trim();

    /// <inheritdoc cref="ToHtml"/>
    public static string ContentOf(RemoteObject remote) => ToHtml(remote.ContentHtml ?? "", remote.ContentMediaType);

    private static string OfMarkdown(string text)
    {
        var document = Markdown.Parse(text, Pipeline);
        foreach (var link in document.Descendants<LinkInline>()) link.IsImage = false;
        return document.ToHtml(Pipeline);
    }
}
