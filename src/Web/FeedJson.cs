using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Calf.Statuses;

namespace Calf.Web;

/// <summary>A feed as JSON Feed 1.1, whose words these are: https://www.jsonfeed.org/version/1.1/.</summary>
internal static class FeedJson
{
    public static byte[] Of(Feed feed)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("version", "https://jsonfeed.org/version/1.1");
            json.WriteString("title", feed.Title);
            json.WriteString("home_page_url", feed.Page);
            json.WriteString("feed_url", $"{feed.Page}.json");
            json.WriteString("description", feed.Description);
            Write(json, "icon", feed.Owner.AvatarUrl);
            json.WriteStartArray("authors");
            json.WriteStartObject();
            json.WriteString("name", feed.Owner.Name);
            json.WriteString("url", feed.Owner.Url);
            Write(json, "avatar", feed.Owner.AvatarUrl);
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteStartArray("items");
            foreach (var entry in feed.Entries) Write(json, entry);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return bytes.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter json, FeedEntry entry)
    {
        var (status, body) = entry;
        json.WriteStartObject();
        json.WriteString("id", status.Uri);
        json.WriteString("url", status.Url);
        json.WriteString("content_html", entry.Content.ToString());
        if (status.SpoilerText.Length > 0) json.WriteString("summary", status.SpoilerText);
        // What is covered is not for a list of pictures.
        else if (!status.Sensitive) Write(json, "image", body.Media.FirstOrDefault(m => m.Type == "image")?.Url);
        json.WriteString("date_published", status.CreatedAt.UtcDateTime);
        if (status.EditedAt is { } edited) json.WriteString("date_modified", edited.UtcDateTime);
        Write(json, "language", status.Language);
        json.WriteStartArray("tags");
        foreach (var tag in body.Tags) json.WriteStringValue(tag);
        json.WriteEndArray();
        json.WriteStartArray("attachments");
        foreach (var one in body.Media) Write(json, one);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Attachment one)
    {
        json.WriteStartObject();
        json.WriteString("url", one.Url);
        json.WriteString("mime_type", one.MediaType);
        if (one.Description.Length > 0) json.WriteString("title", one.Description);
        if (one.Duration is { } seconds) json.WriteNumber("duration_in_seconds", seconds);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null) json.WriteString(name, value);
    }
}
