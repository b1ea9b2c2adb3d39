using System.Globalization;
using System.Text.Json;
using Calf.ActivityPub;
using Calf.Security;

namespace Calf.Federation.Inbox;

/// <summary>
/// What a reader sees of an object that is more than a note: title, what it is about, the text as far as it is readable in a timeline,
/// and the link to the whole (wire 75). All of it is sanitised.
/// </summary>
internal static class ObjectText
{
    /// <summary>HTML beyond this is shown by its beginning; the link leads to the rest.</summary>
    public const int MaxWhole = 32 * 1024;

    public const int BeginningLength = 1500;
    private const int TellingLength = 80;
    private const int MaxStars = 10;

    public static string Of(RemoteObject remote)
    {
        var body = BodyOf(remote);
        if (!remote.IsTitled) return TitleBefore(remote, body) + body;
        return TitleOf(remote) + Facts(remote) + SummaryBefore(remote, body) + body + Link(remote.Url ?? remote.Uri);
    }

    /// <summary>The title as plain text; empty when there is none.</summary>
    public static string Title(RemoteObject remote) => PlainText.OfHtml(remote.Name ?? "");

    private static string BodyOf(RemoteObject remote)
    {
        var html = RemoteMarkup.ContentOf(remote);
        if (!remote.IsTitled || html.Length <= MaxWhole) return html;
        return Paragraphs(PlainText.Excerpt(html, BeginningLength));
    }

    private static string TitleOf(RemoteObject remote) => Title(remote) is { Length: > 0 } title ? $"<p><strong>{Text(title)}</strong></p>" : "";

    /// <summary>Friendica's notes have titles too; one that the text repeats is not shown twice.</summary>
    private static string TitleBefore(RemoteObject remote, string body) =>
        PlainText.OfHtml(body).StartsWith(Title(remote), StringComparison.OrdinalIgnoreCase) ? "" : TitleOf(remote);

    /// <summary>An article's summary is often its own beginning.</summary>
    private static string SummaryBefore(RemoteObject remote, string body)
    {
        if (remote.Summary is null) return "";
        var summary = RemoteMarkup.ToHtml(remote.Summary, mediaType: null);
        var words = PlainText.OfHtml(summary);
        var telling = words[..Math.Min(words.Length, TellingLength)].TrimEnd('.', '…', ']', '[', ' ');
        if (PlainText.OfHtml(body).StartsWith(telling, StringComparison.OrdinalIgnoreCase)) return "";
        return summary.StartsWith("<p", StringComparison.Ordinal) ? summary : $"<p>{summary}</p>";
    }

    private static string Facts(RemoteObject remote) => remote.Type switch
    {
        "Event" => Fact(When(remote.Json)) + Fact(Where(remote.Json)),
        "Review" or "Rating" or "Quotation" or "Comment" => Book(remote.Json),
        _ => "",
    };

    private static string When(JsonElement json)
    {
        if (json.Date("startTime") is not { } start) return "";
        var begins = start.ToString("d MMMM yyyy, HH:mm", CultureInfo.InvariantCulture);
        if (json.Date("endTime") is not { } end || end <= start) return $"{begins} UTC";
        return $"{begins} to {end.ToString(end.Date == start.Date ? "HH:mm" : "d MMMM yyyy, HH:mm", CultureInfo.InvariantCulture)} UTC";
    }

    private static string Where(JsonElement json) => string.Join("; ", json.Many("location").Select(Place).Where(p => p.Length > 0));

    private static string Place(JsonElement place)
    {
        if (place.ValueKind == JsonValueKind.String) return place.AsText() ?? "";
        var address = place.One("address");
        var parts = new[] { place.Text("name"), address.AsText(), address.Text("streetAddress"), address.Text("addressLocality"), address.Text("addressCountry") };
        return string.Join(", ", parts.Where(p => !string.IsNullOrWhiteSpace(p)).Distinct());
    }

    /// <summary>BookWyrm: how many stars, what is quoted, which book.</summary>
    private static string Book(JsonElement json)
    {
        var stars = json.Real("rating") is > 0 and <= MaxStars and var rating ? new string('★', (int)rating) + (rating % 1 >= 0.5 ? "½" : "") : "";
        var quote = json.Text("quote") is { Length: > 0 } text ? $"<blockquote>{HtmlSanitizing.Sanitize(text).Value}</blockquote>" : "";
        return Fact(stars) + quote + (Origin.UrlOrNull(json.Id("inReplyToBook")) is { } book ? Link(book) : "");
    }

    private static string Fact(string words) => words.Length == 0 ? "" : $"<p>{Text(words)}</p>";

    private static string Paragraphs(string text) =>
        string.Concat(text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(p => $"<p>{HtmlSanitizing.FromText(p).Value}</p>"));

    private static string Link(string url) => HtmlSanitizing.Sanitize($"<p><a href=\"{Text(url)}\">{Text(url)}</a></p>").Value;

    /// <summary>Letters stay as they are; what matters to HTML is escaped.</summary>
    private static string Text(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal).Replace("\"", "&quot;", StringComparison.Ordinal);
}
