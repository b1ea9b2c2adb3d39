using System.Text.Json;

namespace Calf.ActivityPub;

/// <summary>To whom something is addressed, with every spelling of "everyone" made one (wire 66).</summary>
public sealed record Audience(IReadOnlyList<string> To, IReadOnlyList<string> Cc)
{
    public static Audience Read(JsonElement element) => new(Addresses(element, "to"), Addresses(element, "cc"));

    public static bool IsPublic(string uri) => uri is Vocabulary.Public or "as:Public" or "Public";

    /// <summary>Public in <c>to</c>: shown everywhere.</summary>
    public bool ToPublic => To.Contains(Vocabulary.Public);

    /// <summary>Public in <c>cc</c> only: unlisted.</summary>
    public bool CcPublic => Cc.Contains(Vocabulary.Public);

    /// <summary>Anybody may read it.</summary>
    public bool IsOpen => ToPublic || CcPublic;

    public IEnumerable<string> All => To.Concat(Cc);

    public bool Includes(string uri) => To.Contains(uri) || Cc.Contains(uri);

    private static IReadOnlyList<string> Addresses(JsonElement element, string name) =>
        [.. element.Ids(name).Select(id => IsPublic(id) ? Vocabulary.Public : id).Distinct(StringComparer.Ordinal)];
}
