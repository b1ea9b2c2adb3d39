using System.Text.Json;

namespace Calf.ActivityPub;

/// <param name="Uri">The actor id.</param>
/// <param name="Name"><c>@user@domain</c> or <c>@user</c>, as the sender wrote it.</param>
public readonly record struct RemoteMention(string Uri, string Name);

/// <summary>The <c>tag</c> of a post, sorted by kind (wire 79 to 82).</summary>
/// <param name="Hashtags">Without the number sign, each once whatever its case.</param>
/// <param name="QuoteLinks">Hrefs of FEP-e232 object links.</param>
public sealed record RemoteTags(
    IReadOnlyList<RemoteMention> Mentions, IReadOnlyList<string> Hashtags, IReadOnlyList<RemoteEmoji> Emojis, IReadOnlyList<string> QuoteLinks)
{
    private const int MaxHashtagLength = 200;

    public static RemoteTags Read(JsonElement status, string statusId)
    {
        List<RemoteMention> mentions = [];
        List<string> hashtags = [];
        List<RemoteEmoji> emojis = [];
        List<string> quotes = [];
        foreach (var tag in status.Many("tag"))
        {
            if (tag.IsType("Mention") && tag.Id("href") is { } actor) mentions.Add(new(actor, tag.Text("name", ParseLimits.MaxNameLength) ?? ""));
            else if (HashtagOf(tag) is { } name) hashtags.Add(name);
            else if (RemoteEmoji.Read(tag, statusId) is { } emoji) emojis.Add(emoji);
            else if (tag.IsType("Link") && Vocabulary.IsActivityPub(tag.Text("mediaType")) && tag.Id("href") is { } quote) quotes.Add(quote);
        }
        return new(
            [.. mentions.DistinctBy(m => m.Uri)], [.. hashtags.Distinct(StringComparer.OrdinalIgnoreCase)],
            [.. emojis.DistinctBy(e => e.Name)], quotes);
    }

    /// <summary>Without the number sign; null for what is no hashtag.</summary>
    public static string? HashtagOf(JsonElement tag)
    {
        if (!tag.IsType("Hashtag")) return null;
        var name = tag.Text("name")?.Trim().TrimStart('#');
        return name is { Length: > 0 and <= MaxHashtagLength } && !name.Any(char.IsWhiteSpace) ? name : null;
    }
}
