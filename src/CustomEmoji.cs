using System.Text.Json;
using System.Text.Json.Serialization;

namespace Calf;

/// <summary>A picture that stands for <c>:shortcode:</c> in names and posts of one domain. Stored as JSON beside the text.</summary>
public sealed record CustomEmoji(string Shortcode, string Url)
{
    public static string ToJson(IReadOnlyList<CustomEmoji> emojis) =>
        emojis.Count == 0 ? "[]" : JsonSerializer.Serialize(emojis, CustomEmojiJson.Default.IReadOnlyListCustomEmoji);

    public static IReadOnlyList<CustomEmoji> FromJson(string json) =>
        json == "[]" ? [] : JsonSerializer.Deserialize(json, CustomEmojiJson.Default.IReadOnlyListCustomEmoji)!;
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(IReadOnlyList<CustomEmoji>))]
internal sealed partial class CustomEmojiJson : JsonSerializerContext;
