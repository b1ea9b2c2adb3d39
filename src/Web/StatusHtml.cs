using Calf.Accounts;
using Calf.Security;
using Calf.Statuses;

namespace Calf.Web;

/// <summary>A post as an h-entry: https://microformats.org/wiki/h-entry.</summary>
public static class StatusHtml
{
    /// <summary>On the author's own page, who wrote it need not be said.</summary>
    public static Html OnProfile(Status status, StatusBody body, bool pinned) => Html.Of($"""
        <article class="entry h-entry{(pinned ? " pinned" : "")}" id="p{status.Id}">
        <p class="meta"><a class="u-url" href="{Html.Address(status.Url)}">{Time(status, Words.Day(status.CreatedAt))}</a>{Edited(status)}{Answering(body.Answers)}{Categories(body)}</p>
        {Text(status, body)}
        </article>

        """);

    /// <summary>The post that its page is about; the whole page is its h-entry, with what it answers and what answers it.</summary>
    public static Html Whole(Status status, Account author, StatusBody body, Html numbers) => Html.Of($"""
        <article class="entry main">
        {Author(author)}
        {Text(status, body)}
        <p class="meta numbers"><a class="u-url u-uid" href="{Html.Address(status.Url)}">{Time(status, Words.Minute(status.CreatedAt))}</a>{Edited(status)}{numbers}{Categories(body)}</p>
        </article>

        """);

    /// <summary>A post before or after it in the thread; <paramref name="kind"/> is its microformat property, empty for what is further away than that.</summary>
    public static Html InThread(Status status, Account author, StatusBody body, string kind, int depth) => Html.Of($"""
        <article class="entry reply d{depth} {kind} h-cite">
        {Author(author)}
        {Text(status, body)}
        <p class="meta"><a class="u-url" href="{Html.Address(status.Url)}"{Foreign(author)}>{Time(status, Words.Day(status.CreatedAt))}</a>{Edited(status)}</p>
        </article>

        """);

    /// <summary>The author's picture, name and handle as an h-card.</summary>
    public static Html Author(Account author) => Html.Of($"""
        <a class="author p-author h-card" href="{Html.Address(author.Url)}"{Foreign(author)}>{Photo(author, "photo small u-photo")}<span><b class="p-name" dir="auto">{Name(author)}</b><small>@{author.Acct}</small></span></a>
        """);

    public static Html Name(Account account) => EmojiHtml.In(account.Name, account.Emojis);

    public static Html Photo(Account account, string classes) => account.AvatarUrl is { } url
        ? Html.Of($"""<img class="{classes}" src="{Html.Address(url)}" alt="{account.AvatarAlt}" width="96" height="96">""")
        : Html.Empty;

    /// <summary>The beginning of a post as plain text, for titles and previews.</summary>
    public static string Excerpt(Status status, int length)
    {
        if (status.SpoilerText.Length > 0) return status.SpoilerText;
        var text = OneLine(status.Content);
        if (text.Length <= length) return text;
        var cut = text.LastIndexOf(' ', length);
        return string.Concat(text.AsSpan(0, cut > length / 2 ? cut : length), "…");
    }

    /// <summary>The words of stored HTML without line breaks.</summary>
    public static string OneLine(string html) => string.Join(' ', PlainText.OfHtml(html).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static Html Time(Status status, string words) => Html.Of($"""<time class="dt-published" datetime="{status.CreatedAt}">{words}</time>""");

    private static Html Edited(Status status) => status.EditedAt is { } edited
        ? Html.Of($"""<span class="quiet">{Html.Say("edited {when}", ("when", Html.Of($"<time class=\"dt-updated\" datetime=\"{edited}\">{Words.Day(edited)}</time>")))}</span>""")
        : Html.Empty;

    private static Html Answering(AnsweredPost? answered) => answered is null ? Html.Empty : Html.Of($"""
        <span class="quiet">{(answered.Handle is { } handle ? Html.Say("answer to {name}", ("name", Answered(answered, $"@{handle}"))) : Answered(answered, Words.T("answer to an earlier post")))}</span>
        """);

    private static Html Answered(AnsweredPost answered, string words) => Html.Of($"""
        <a class="u-in-reply-to" href="{Html.Address(answered.Url)}"{(answered.Handle is null ? Html.Empty : Html.Of($" rel=\"nofollow ugc noopener\""))}>{words}</a>
        """);

    // The tags are links in the text already, where they belong to it and not to the entry.
    private static Html Categories(StatusBody body) => Html.Join(body.Tags.Select(tag => Html.Of($"""<data class="p-category" value="{tag}"></data>""")));

    /// <summary>A link to somebody else's server is nothing that we vouch for.</summary>
    private static Html Foreign(Account author) => author.IsOwner ? Html.Empty : Html.Of($""" rel="nofollow ugc noopener" """);

    private static Html Text(Status status, StatusBody body)
    {
        var words = Html.Of($"""
            <div class="e-content prose{(body.Quoted is null ? "" : " quoting")}" dir="auto"{Language(status)}>{EmojiHtml.In(Html.Of($"{SafeHtml.Trust(status.Content)}"), body.Emojis)}</div>{PollHtml.Of(body.Poll, body.Emojis)}{Media(body.Media)}{QuoteHtml.Of(body.Quoted)}{LinkHtml.Of(body.Card)}
            """);
        return status.SpoilerText.Length == 0 ? words : Html.Of($"""
            <details><summary class="p-summary" dir="auto"{Language(status)}>{EmojiHtml.In(status.SpoilerText, body.Emojis)}</summary>
            {words}</details>
            """);
    }

    private static Html Language(Status status) => status.Language is { } language ? Html.Of($" lang=\"{language}\"") : Html.Empty;

    private static Html Media(IEnumerable<Attachment> media)
    {
        var figures = media.Select(Figure).ToList();
        return figures.Count == 0 ? Html.Empty : Html.Of($"<div class=\"media\">{figures}</div>");
    }

    private static Html Figure(Attachment one)
    {
        var url = Html.Address(one.Url);
        var caption = one.Description.Length == 0 ? Html.Empty : Html.Of($"<figcaption dir=\"auto\">{one.Description}</figcaption>");
        var shown = one.Type switch
        {
            "image" => Html.Of($"""<img class="u-photo" src="{url}" alt="{one.Description}" loading="lazy"{Size(one)}>"""),
            "gifv" => Html.Of($"""<video class="u-video" src="{url}" controls loop muted playsinline preload="metadata"{Poster(one)}{Size(one)}></video>"""),
            "video" => Html.Of($"""<video class="u-video" src="{url}" controls preload="none"{Poster(one)}{Size(one)}></video>"""),
            "audio" => Html.Of($"""<audio class="u-audio" src="{url}" controls preload="none"></audio>"""),
            _ => Html.Of($"""<a href="{url}">{Words.T("Open the file")}</a>"""),
        };
        return Html.Of($"<figure>{shown}{caption}</figure>");
    }

    private static Html Poster(Attachment one) => one.PreviewUrl is { } still ? Html.Of($" poster=\"{Html.Address(still)}\"") : Html.Empty;

    private static Html Size(Attachment one) => one is { Width: { } width, Height: { } height } ? Html.Of($" width=\"{width}\" height=\"{height}\"") : Html.Empty;
}
