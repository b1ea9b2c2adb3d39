using System.Text.Json.Serialization;

namespace Calf.Mastodon.Entities;

/// <summary>https://docs.joinmastodon.org/entities/Preferences/</summary>
public sealed record PreferencesEntity(
    [property: JsonPropertyName("posting:default:visibility")] string Visibility,
    [property: JsonPropertyName("posting:default:sensitive")] bool Sensitive,
    [property: JsonPropertyName("posting:default:language")] string? Language,
    [property: JsonPropertyName("posting:default:quote_policy")] string QuotePolicy)
{
    [JsonPropertyName("reading:expand:media")]
    public string ExpandMedia => "default";

    [JsonPropertyName("reading:expand:spoilers")]
    public bool ExpandSpoilers => false;
}
