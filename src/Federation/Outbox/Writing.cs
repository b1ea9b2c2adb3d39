using Calf.Accounts;
using Calf.Media;
using Calf.Store;

namespace Calf.Federation.Outbox;

/// <summary>A text of the owner's, ready to be stored.</summary>
public sealed record RenderedText(string Html, IReadOnlyList<Account> Mentioned, IReadOnlyList<string> Hashtags);

/// <summary>Turns Markdown into HTML and finds whom it mentions, asking other servers for handles that are new here.</summary>
public sealed class Writing(RemoteAccounts remoteAccounts, Owner owner, Site site, Settings settings, TimeProvider time)
{
    /// <summary>A post that names more people than this is spam or a mistake.</summary>
    public const int MaxMentions = 50;

    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>The most files of a post.</summary>
    public int MaxAttachments => settings.Limits.Attachments;

    /// <summary>A warning with nothing behind it would have nothing to open, so that it gets a sign of what there is; as at Mastodon.</summary>
    public static string Filled(Connection c, string text, string spoilerText, IReadOnlyList<long> mediaIds, bool quotes)
    {
        if (quotes || !string.IsNullOrWhiteSpace(text) || string.IsNullOrWhiteSpace(spoilerText)) return text;
        var types = UploadStore.Find(c, mediaIds).Select(u => u.Type).ToHashSet();
        return types.Overlaps(["video", "gifv"]) ? "📹" : types.Contains("audio") ? "🎵" : types.Contains("image") ? "🖼" : ".";
    }

    /// <exception cref="ActionException">As below.</exception>
    public Task<RenderedText> Render(NewStatus draft, CancellationToken cancel) => Render(
        draft.Text, draft.SpoilerText, draft.MediaIds.Count > 0 || draft.QuotedStatusId is not null || !string.IsNullOrWhiteSpace(draft.SpoilerText), cancel);

    /// <param name="mayBeEmpty">It has a file or a quote, so that nothing need be written.</param>
    /// <exception cref="ActionException">422: nothing was written, too much was, or too many are mentioned.</exception>
    public async Task<RenderedText> Render(string text, string spoilerText, bool mayBeEmpty, CancellationToken cancel)
    {
        if (!mayBeEmpty && string.IsNullOrWhiteSpace(text)) throw ActionException.Invalid(Validation.Failed(Words.T("Text can't be blank")));
        var length = StatusLength.Of(text) + StatusLength.Of(spoilerText);
        if (length > settings.Limits.StatusCharacters)
            throw ActionException.Invalid(Validation.Failed(Words.T("Text character limit of {most} exceeded", ("most", Words.Digits(settings.Limits.StatusCharacters)))));
        var markdown = MarkdownText.Parse(text);
        if (markdown.Handles.Count > MaxMentions) throw ActionException.Invalid(Validation.Failed(Words.T("A post can mention {most} people at most.", ("most", Words.Digits(MaxMentions)))));
        var known = await Find(markdown.Handles, cancel);
        return new RenderedText(markdown.ToHtml(site, known), [.. known.Values.DistinctBy(a => a.Id)], markdown.Hashtags);
    }

    /// <summary>How a text will look; handles that are new here stay plain text, since nobody is asked.</summary>
    public string Preview(string text)
    {
        var markdown = MarkdownText.Parse(text);
        var known = markdown.Handles.Select(h => (Handle: h, Account: remoteAccounts.FindKnown(h))).Where(p => p.Account is not null);
        return markdown.ToHtml(site, known.ToDictionary(p => p.Handle, p => p.Account!, StringComparer.OrdinalIgnoreCase));
    }

    private async Task<Dictionary<string, Account>> Find(IReadOnlyList<string> handles, CancellationToken cancel)
    {
        var found = new Dictionary<string, Account>(StringComparer.OrdinalIgnoreCase);
        foreach (var handle in handles)
            if (await Find(handle, cancel) is { } account)
                found[handle] = account;
        return found;
    }

    private async Task<Account?> Find(string handle, CancellationToken cancel)
    {
        if (string.Equals(handle, owner.Required.Username, StringComparison.OrdinalIgnoreCase)) return owner.Required;
        if (!handle.Contains('@', StringComparison.Ordinal)) return null;
        try
        {
            return remoteAccounts.FindKnown(handle) ?? await remoteAccounts.Resolve(handle, cancel);
        }
        catch (ActionException)
        {
            return null; // A handle that leads nowhere stays text; the post is worth more than the mention.
        }
    }
}
