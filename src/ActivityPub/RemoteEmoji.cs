using System.Text.Json;

namespace Calf.ActivityPub;

/// <summary>A custom emoji; its name is without colons and its id may be missing (wire 81).</summary>
public sealed record RemoteEmoji(string Name, string? Uri, RemoteImage Image, DateTimeOffset? Updated)
{
    private const int MaxNameLength = 128;

    /// <summary>Null for what is no emoji, and for one whose id is on another host than its owner's (wire 82).</summary>
    public static RemoteEmoji? Read(JsonElement tag, string ownerId)
    {
        if (!tag.IsType("Emoji") || RemoteImage.Read(tag, "icon") is not { } image) return null;
        var name = tag.Text("name")?.Trim(':');
        var uri = tag.OwnId();
        if (name is not { Length: > 0 and <= MaxNameLength } || !name.All(IsNameCharacter)) return null;
        return uri is null || Origin.Same(uri, ownerId) ? new(name, uri, image, tag.Date("updated")) : null;
    }

    private static bool IsNameCharacter(char c) => char.IsLetterOrDigit(c) || c is '_' or '-' or '.' or '+';
}
