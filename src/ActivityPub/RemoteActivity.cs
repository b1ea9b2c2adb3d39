using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Calf.ActivityPub;

/// <summary>The envelope of an activity; what is inside is for its handler.</summary>
/// <param name="Actor">The id of the one actor (wire 68); an activity of several actors is read as the first one's.</param>
/// <param name="Object">The object as sent: a string, an object, several, or nothing.</param>
public sealed record RemoteActivity(string Uri, string Type, string Actor, JsonElement Object, JsonElement Json)
{
    /// <summary>The id of the object, however it is given.</summary>
    public string? ObjectUri => Object.AsId();

    private const string Requests = "/feature_requests/";

    public string? Target => Json.Id("target");
    public DateTimeOffset? Published => Json.Date("published");

    /// <summary>Reads an activity; null with a sentence where it is none.</summary>
    public static RemoteActivity? Read(JsonElement json, out string reason)
    {
        var type = json.TypeName();
        var actor = json.Id("actor") ?? AskerOf(json, type);
        var id = json.OwnId() ?? NameFor(json, type, actor);
        reason =
            type.Length == 0 ? "The activity has no type."
            : !Origin.TryParse(actor, out _) ? "The activity names no actor."
            : !Origin.TryParse(id, out _) ? "The activity has no usable id."
            : !Origin.Same(id, actor) ? $"The activity {id} is on another host than its actor {actor}."
            : "";
        return reason.Length > 0 ? null : new(id!, type, actor!, json.Get("object"), json);
    }

    /// <summary>Mastodon 4.6 names in a FeatureRequest nobody who asks; its id begins with theirs. Who signed it has still to be this one.</summary>
    private static string? AskerOf(JsonElement json, string type) =>
        type == "FeatureRequest" && json.OwnId() is { } id && id.IndexOf(Requests, StringComparison.Ordinal) is > 0 and var end ? id[..end] : null;

    /// <summary>Mastodon 4.6 sends additions to collections, and removals, without an id. The same text is the same activity.</summary>
    private static string? NameFor(JsonElement json, string type, string? actor) => type is "Add" or "Remove" && actor is not null
        ? $"{actor}#{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json.GetRawText())))}"
        : null;
}
