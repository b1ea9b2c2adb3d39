using System.Text.Json;

namespace Calf.Mastodon.Streaming;

/// <summary>What an app sends over the socket: to listen to a stream, or no longer.</summary>
/// <param name="Type"><see cref="Subscribe"/>, <see cref="Unsubscribe"/> or a word that means nothing.</param>
public readonly record struct StreamWish(string? Type, string? Stream, string? Tag, string? List)
{
    public const string Subscribe = "subscribe";
    public const string Unsubscribe = "unsubscribe";

    /// <summary>Null for what is no wish, which Mastodon passes over in silence.</summary>
    public static StreamWish? Read(ReadOnlyMemory<byte> message)
    {
        try
        {
            using var document = JsonDocument.Parse(message);
            var root = document.RootElement;
            return root.ValueKind == JsonValueKind.Object ? new StreamWish(Text(root, "type"), Text(root, "stream"), Text(root, "tag"), Text(root, "list")) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Also of a number, since the id of a list may come as one, and the first of several.</summary>
    private static string? Text(JsonElement root, string name)
    {
        if (!root.TryGetProperty(name, out var value)) return null;
        if (value.ValueKind == JsonValueKind.Array) value = value.EnumerateArray().FirstOrDefault();
        return value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number => value.GetRawText(),
            _ => null,
        };
    }
}
