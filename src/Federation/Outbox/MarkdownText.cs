using Calf.Accounts;
using Calf.Security;
using Markdig;
using Markdig.Extensions.AutoLinks;
using Markdig.Renderers;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Calf.Federation.Outbox;

/// <summary>
/// What the owner typed, parsed once: first asked whom it mentions, then, when those are known, turned into HTML. HTML in the
/// text is shown as text.
/// </summary>
public sealed class MarkdownText
{
    private static readonly MarkdownPipeline Pipeline = BuildPipeline();

    private readonly MarkdownDocument document;

    private MarkdownText(MarkdownDocument document) => this.document = document;

    /// <exception cref="ActionException">422: it is nested deeper than any reader could follow.</exception>
    public static MarkdownText Parse(string text)
    {
        try
        {
            return new MarkdownText(Markdown.Parse(text, Pipeline));
        }
        catch (ArgumentException)
        {
            throw TooDeep();
        }
    }

    /// <summary>The handles in the text, <c>user</c> or <c>user@domain</c>, each once.</summary>
    public IReadOnlyList<string> Handles =>
        [.. document.Descendants<MentionInline>().Select(m => m.Handle).Distinct(StringComparer.OrdinalIgnoreCase)];

    /// <summary>Hashtags without <c>#</c>, each once, as first typed.</summary>
    public IReadOnlyList<string> Hashtags =>
        [.. document.Descendants<HashtagInline>().Select(t => t.Name).Distinct(StringComparer.OrdinalIgnoreCase)];

    /// <param name="known">Accounts by handle; a handle that is not among them stays plain text.</param>
    /// <exception cref="ActionException">As above.</exception>
    public string ToHtml(Site site, IReadOnlyDictionary<string, Account> known)
    {
        foreach (var mention in document.Descendants<MentionInline>())
            mention.Account = known.GetValueOrDefault(mention.Handle);
        foreach (var link in document.Descendants<LinkInline>()) link.IsImage = false;

        using var writer = new StringWriter();
        var renderer = new HtmlRenderer(writer);
        Pipeline.Setup(renderer);
        renderer.ObjectRenderers.Insert(0, new MentionRenderer());
        renderer.ObjectRenderers.Insert(0, new HashtagRenderer(site));
        try
        {
            renderer.Render(document);
        }
        catch (ArgumentException)
        {
            throw TooDeep();
        }
        writer.Flush();
        // The same gate as for HTML from elsewhere: it also drops javascript: links and what Markdown allows and Mastodon does not.
        return HtmlSanitizing.Sanitize(writer.ToString()).Value.Trim();
    }

    private static ActionException TooDeep() =>
        ActionException.Invalid(Validation.Failed(Words.T("Text has lists, quotes or brackets inside one another, too many. Take some away.")));

    private static MarkdownPipeline BuildPipeline()
    {
        var builder = new MarkdownPipelineBuilder()
            .DisableHtml()
            .UseSoftlineBreakAsHardlineBreak()
            .UseAutoLinks(new AutoLinkOptions { UseHttpsForWWWLinks = true })
            .UseEmphasisExtras(Markdig.Extensions.EmphasisExtras.EmphasisExtraOptions.Strikethrough);
        builder.InlineParsers.Insert(0, new MentionParser());
        builder.InlineParsers.Insert(0, new HashtagParser());
        // "#tag" at the start of a line is a tag; a heading needs a space after the number sign, which CommonMark wants too.
        return builder.Build();
    }
}
