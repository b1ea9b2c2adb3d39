using System.Buffers;
using System.Globalization;
using System.Text;
using Calf.Statuses;

namespace Calf.Web;

/// <summary>Feeds in XML: RSS 2.0 with Media RSS, https://www.rssboard.org/rss-specification, and Atom, RFC 4287.</summary>
internal static class FeedXml
{
    /// <summary>What XML 1.0 has no way to write, not even as a number (its section 2.2). Halves of characters never get out of the database.</summary>
    private static readonly SearchValues<char> Unwritable =
        SearchValues.Create(string.Concat(Enumerable.Range(0, 0x20).Where(c => c is not ('\t' or '\n' or '\r')).Append(0xfffe).Append(0xffff).Select(c => (char)c)));

    public static byte[] Rss(Feed feed) => Encoding.UTF8.GetBytes(Html.Of($"""
        <?xml version="1.0" encoding="UTF-8"?>
        <rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/">
        <channel>
        <title>{Text(feed.Title)}</title>
        <link>{feed.Page}</link>
        <description>{Text(feed.Description)}</description>
        <atom:link rel="self" type="application/rss+xml" href="{feed.Page}.rss"/>
        <lastBuildDate>{Mail(feed.Updated)}</lastBuildDate>
        <generator>Calf</generator>
        {RssPicture(feed)}{feed.Entries.Select(RssItem)}</channel>
        </rss>

        """).ToString());

    public static byte[] Atom(Feed feed) => Encoding.UTF8.GetBytes(Html.Of($"""
        <?xml version="1.0" encoding="UTF-8"?>
        <feed xmlns="http://www.w3.org/2005/Atom">
        <id>{feed.Page}</id>
        <title>{Text(feed.Title)}</title>
        <subtitle>{Text(feed.Description)}</subtitle>
        <link rel="alternate" type="text/html" href="{feed.Page}"/>
        <link rel="self" type="application/atom+xml" href="{feed.Page}.atom"/>
        <updated>{feed.Updated}</updated>
        <author><name>{Text(feed.Owner.Name)}</name><uri>{feed.Owner.Url}</uri></author>
        <generator>Calf</generator>
        {(feed.Owner.AvatarUrl is { } picture ? Html.Of($"<icon>{Html.Address(picture)}</icon>\n") : Html.Empty)}{feed.Entries.Select(AtomEntry)}</feed>

        """).ToString());

    private static Html RssPicture(Feed feed) => feed.Owner.AvatarUrl is { } picture ? Html.Of($"""
        <image><url>{Html.Address(picture)}</url><title>{Text(feed.Title)}</title><link>{feed.Page}</link></image>

        """) : Html.Empty;

    // Without a title, as posts have none; readers show the text.
    private static Html RssItem(FeedEntry entry) => Html.Of($"""
        <item>
        <guid isPermaLink="true">{entry.Status.Url}</guid>
        <link>{entry.Status.Url}</link>
        <pubDate>{Mail(entry.Status.CreatedAt)}</pubDate>
        <description>{Text(entry.Content.ToString())}</description>
        {entry.Body.Media.Take(1).Select(Enclosure)}{entry.Body.Media.Select(m => MediaContent(m, entry.Status.Sensitive))}{entry.Body.Tags.Select(tag => Html.Of($"<category>{Text(tag)}</category>\n"))}</item>

        """);

    // The specification wants one at most, and a length: 0 is what its board recommends where it is not known.
    private static Html Enclosure(Attachment one) => Html.Of($"""
        <enclosure url="{Html.Address(one.Url)}" length="0" type="{Text(one.MediaType)}"/>

        """);

    private static Html MediaContent(Attachment one, bool sensitive)
    {
        var rating = Html.Of($"""<media:rating scheme="urn:simple">{(sensitive ? "adult" : "nonadult")}</media:rating>""");
        var words = one.Description.Length == 0 ? Html.Empty : Html.Of($"""<media:description type="plain">{Text(one.Description)}</media:description>""");
        var still = one.PreviewUrl is { } url ? Html.Of($"""<media:thumbnail url="{Html.Address(url)}"/>""") : Html.Empty;
        return Html.Of($"""
            <media:content url="{Html.Address(one.Url)}" type="{Text(one.MediaType)}" medium="{Medium(one)}">{rating}{words}{still}</media:content>

            """);
    }

    private static string Medium(Attachment one) => one.Type switch { "image" or "video" or "audio" => one.Type, "gifv" => "video", _ => "document" };

    private static Html AtomEntry(FeedEntry entry) => Html.Of($"""
        <entry>
        <id>{entry.Status.Uri}</id>
        <title>{Text(entry.Title)}</title>
        <link rel="alternate" type="text/html" href="{entry.Status.Url}"/>
        <published>{entry.Status.CreatedAt}</published>
        <updated>{entry.Changed}</updated>
        <content type="html"{Language(entry.Status)}>{Text(entry.Content.ToString())}</content>
        {entry.Body.Media.Select(AtomFile)}{entry.Body.Tags.Select(tag => Html.Of($"<category term=\"{Text(tag)}\"/>\n"))}</entry>

        """);

    private static Html AtomFile(Attachment one) => Html.Of($"""
        <link rel="enclosure" type="{Text(one.MediaType)}" href="{Html.Address(one.Url)}"{(one.Description.Length == 0 ? Html.Empty : Html.Of($" title=\"{Text(one.Description)}\""))}/>

        """);

    private static Html Language(Status status) => status.Language is { } language ? Html.Of($" xml:lang=\"{Text(language)}\"") : Html.Empty;

    /// <summary>RFC 822, as RSS has it.</summary>
    private static string Mail(DateTimeOffset time) => time.UtcDateTime.ToString("R", CultureInfo.InvariantCulture);

    private static string Text(string text) => text.AsSpan().ContainsAny(Unwritable) ? string.Concat(text.Where(c => !Unwritable.Contains(c))) : text;
}
