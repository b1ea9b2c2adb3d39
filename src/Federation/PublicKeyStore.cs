using Calf.ActivityPub;
using Calf.Store;

namespace Calf.Federation;

/// <summary>A public key as its actor listed it: a PEM text or a Multikey.</summary>
public sealed record StoredKey(string ActorUri, string Material, DateTimeOffset FetchedAt);

/// <summary>The public keys of other servers' actors.</summary>
public static class PublicKeyStore
{
    public static StoredKey? Find(Connection c, string keyId) => c.Find(
        $"SELECT actor_uri, material, fetched_at FROM public_keys WHERE key_id = {keyId} AND material IS NOT NULL",
        r => new StoredKey(r.Text(), r.Text(), r.Time()));

    /// <summary>What the actor lists now is what counts; keys that it no longer lists are forgotten.</summary>
    public static void Replace(Connection c, string actorUri, IEnumerable<RemoteKey> keys, DateTimeOffset now)
    {
        c.Execute($"DELETE FROM public_keys WHERE actor_uri = {actorUri}");
        foreach (var key in keys) Add(c, actorUri, key, now);
    }

    /// <summary>Adds a key of which more than the address is known.</summary>
    public static void Add(Connection c, string actorUri, RemoteKey key, DateTimeOffset now)
    {
        if ((key.Pem ?? key.Multibase) is { } material)
            c.Execute($"INSERT OR REPLACE INTO public_keys (key_id, actor_uri, material, fetched_at) VALUES ({key.Id}, {actorUri}, {material}, {now})");
    }
}
