using System.Text.Json;

namespace Calf.ActivityPub;

/// <summary>A public key that an actor lists.</summary>
/// <param name="Id">The keyId of its signatures.</param>
/// <param name="Pem">SPKI or PKCS#1 PEM; null for a Multikey, or where only the key's address is given.</param>
/// <param name="Multibase">A Multikey such as <c>z6Mk…</c> (FEP-521a); null for a PEM key.</param>
public sealed record RemoteKey(string Id, string? Pem, string? Multibase)
{
    /// <summary>
    /// The keys of <c>publicKey</c> and <c>assertionMethod</c>, each an object, a string, or an array. Keys on another host than the
    /// actor's and keys that name another owner are left out (wire 26, 48).
    /// </summary>
    public static IReadOnlyList<RemoteKey> ReadAll(JsonElement actor, string actorId)
    {
        // A Multikey counts only where it says what it is for: as assertionMethod.
        var keys = actor.Many("publicKey").Select(key => Read(key, actorId)).Where(k => k is not { Pem: null, Multibase: not null })
            .Concat(actor.Many("assertionMethod").Select(key => Read(key, actorId)))
            .Take(ParseLimits.MaxKeys)
            .OfType<RemoteKey>();
        return [.. keys.DistinctBy(k => k.Id)];
    }

    /// <summary>One key, whether inside an actor or a document of its own (wire 25); null where it is not the owner's.</summary>
    public static RemoteKey? Read(JsonElement key, string ownerId)
    {
        if (Origin.SameOrNull(key.AsId(), ownerId) is not { } id) return null;
        if (OwnerOf(key) is { } owner && owner != ownerId) return null;
        var pem = key.Text("publicKeyPem");
        var multibase = key.Text("publicKeyMultibase");
        // A bare address still says that the actor claims this key; the key itself is fetched.
        return pem is null && multibase is null && key.ValueKind == JsonValueKind.Object ? null : new(id, pem, multibase);
    }

    /// <summary>The actor that a key document says it belongs to.</summary>
    public static string? OwnerOf(JsonElement key) => key.Id("owner") ?? key.Id("controller");
}
