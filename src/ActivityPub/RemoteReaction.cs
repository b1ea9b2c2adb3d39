using System.Globalization;
using System.Text.Json;

namespace Calf.ActivityPub;

/// <summary>The emoji of an EmojiReact, or of a Like with content as the Misskey family sends it (wire 97, FEP-c0e0).</summary>
/// <param name="Name">The emoji itself, or a shortcode without colons.</param>
/// <param name="ImageUrl">The picture of a custom emoji; null for Unicode, and where the sender may not speak for the picture (wire 82).</param>
public sealed record RemoteReaction(string Name, string? ImageUrl)
{
    /// <summary>UTF-16 units; a family of four with skin tones takes 25.</summary>
    private const int MaxLength = 64;

    /// <summary>Null where there is none, or text that is no single emoji.</summary>
    public static RemoteReaction? Read(JsonElement activity)
    {
        var content = (activity.Text("content") ?? activity.Text("_misskey_reaction"))?.Trim();
        if (content is not { Length: > 0 and <= MaxLength }) return null;
        if (!content.StartsWith(':') || !content.EndsWith(':') || content.Length < 3) return IsEmoji(content) ? new(content, null) : null;
        // Misskey writes :name@host: for an emoji of a third server, and :name@.: for one of its own.
        var name = content.Trim(':').Split('@')[0];
        if (name.Length == 0 || !name.All(c => char.IsLetterOrDigit(c) || c is '_' or '-' or '.' or '+')) return null;
        var id = activity.Id("actor") ?? "";
        var emoji = activity.Many("tag").Select(t => RemoteEmoji.Read(t, id)).FirstOrDefault(e => e is not null && e.Name.Split('@')[0] == name);
        return new(name, emoji?.Image.Url);
    }

    /// <summary>One character as people count them, and not one of a keyboard.</summary>
    private static bool IsEmoji(string text) =>
        StringInfo.GetNextTextElementLength(text) == text.Length && text.Any(c => !char.IsAscii(c)) && !text.Any(char.IsLetter);
}
