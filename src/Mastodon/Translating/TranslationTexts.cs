using System.Net;
using System.Text.RegularExpressions;
using Calf.Mastodon.Entities;
using Calf.Security;
using Calf.Statuses;

namespace Calf.Mastodon.Translating;

/// <summary>
/// The texts of a status that are translated, in a fixed order, as HTML, and the way back. Custom emojis are marked so that their names
/// stay as they are.
/// </summary>
public sealed partial class TranslationTexts(Status status, Poll? poll, IReadOnlyList<Attachment> attachments)
{
    private readonly HashSet<string> emojis = [.. status.Emojis.Select(emoji => emoji.Shortcode)];

    public IReadOnlyList<string> Html =>
    [
        .. status.Content.Length > 0 ? [Shielded(status.Content)] : (string[])[],
        .. status.SpoilerText.Length > 0 ? [Shielded(WebUtility.HtmlEncode(status.SpoilerText))] : (string[])[],
        .. poll?.Options.Select(option => Shielded(WebUtility.HtmlEncode(option.Title))) ?? [],
        .. attachments.Where(IsDescribed).Select(attachment => WebUtility.HtmlEncode(attachment.Description)),
    ];

    /// <param name="translated">One for each of <see cref="Html"/>. What comes from outside is HTML of strangers like any other (wire 120).</param>
    public TranslationEntity Entity(IReadOnlyList<string> translated, string source, string target)
    {
        var next = new Queue<string>(translated);
        var content = status.Content.Length > 0 ? HtmlSanitizing.Sanitize(Unshielded(next.Dequeue())).Value : "";
        var spoiler = status.SpoilerText.Length > 0 ? Plain(next.Dequeue()) : "";
        var options = poll is null ? null : new TranslationPollEntity(
            EntityText.Of(status.Id), [.. poll.Options.Select(_ => new TranslationOptionEntity(Plain(next.Dequeue())))]);
        List<TranslationAttachmentEntity> media = [.. attachments.Select(a =>
            new TranslationAttachmentEntity(EntityText.Of(a.Id), IsDescribed(a) ? Plain(next.Dequeue()) : ""))];
        return new TranslationEntity(source, target, LibreTranslate.Provider, spoiler, content, options, media);
    }

    private static bool IsDescribed(Attachment attachment) => attachment.Description.Length > 0;

    private string Shielded(string html) => TagOrShortcode().Replace(html, found =>
        found.Groups[1] is { Success: true } name && emojis.Contains(name.Value) ? $"<span translate=\"no\">{found.Value}</span>" : found.Value);

    private static string Unshielded(string html) => Shield().Replace(html, "$1");

    private static string Plain(string html) => PlainText.OfHtml(html);

    [GeneratedRegex("<[^>]*>|:([A-Za-z0-9_]+):", RegexOptions.NonBacktracking)]
    private static partial Regex TagOrShortcode();

    [GeneratedRegex("<span translate=\"no\">(:[A-Za-z0-9_]+:)</span>", RegexOptions.NonBacktracking)]
    private static partial Regex Shield();
}
