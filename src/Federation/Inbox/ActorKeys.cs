using System.Collections.Concurrent;
using System.Text.Json;
using Calf.ActivityPub;
using Calf.Security;
using Calf.Store;

namespace Calf.Federation.Inbox;

/// <summary>The key that a signature names, or why it could not be had.</summary>
/// <param name="ActorUri">The actor that lists the key.</param>
/// <param name="Fresh">It was fetched just now; fetching again would bring the same.</param>
/// <param name="Gone">Its server says that it is gone for good.</param>
/// <param name="Asserts">It is a Multikey of the actor's <c>assertionMethod</c>, which integrity proofs are made with.</param>
public sealed record KeyFound(
    PublicKey? Key, string ActorUri, string Reason = "", bool Fresh = false, bool Transient = false, bool Gone = false, bool Asserts = false);

/// <summary>
/// Finds the public keys of other servers' actors: parsed in memory, stored in the database, or fetched. A key counts only when
/// its actor lists it (wire 25, 26). What cannot be had is remembered for a while, so that a flood costs one fetch (wire 27).
/// </summary>
public sealed class ActorKeys(Database database, RemoteAccounts accounts, DocumentFetcher fetcher, TimeProvider time)
{
    /// <summary>Parsed keys and failures in memory; beyond it everything is forgotten and read again from the database.</summary>
    public const int Capacity = 10_000;

    private static readonly TimeSpan FailureLasts = TimeSpan.FromMinutes(10);

    /// <summary>The least time between two fetches of one actor's keys.</summary>
    private static readonly TimeSpan RefreshEvery = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, Entry> cache = new(StringComparer.Ordinal);

    public async Task<KeyFound> Find(string keyId, bool refresh, FetchBudget budget, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        if (cache.TryGetValue(keyId, out var entry) && entry.IsGood(now, refresh)) return entry.Found with { Fresh = refresh };
        if (!refresh && FromDatabase(keyId) is { } stored) return Remember(keyId, stored);
        var fetched = await FromOrigin(keyId, budget, cancel);
        // Who has used up what their request may fetch must not make a key of somebody else count as one that cannot be had.
        return fetched.Key is null && budget.IsSpent ? fetched : Remember(keyId, fetched);
    }

    private KeyFound? FromDatabase(string keyId)
    {
        if (database.Read(c => PublicKeyStore.Find(c, keyId)) is not { } stored) return null;
        return Parse(stored.Material, out _) is { } key ? new KeyFound(key, stored.ActorUri, Asserts: !IsPem(stored.Material)) : null;
    }

    private async Task<KeyFound> FromOrigin(string keyId, FetchBudget budget, CancellationToken cancel)
    {
        // Most keys are a fragment of their actor. Some are a document of their own that names its owner (wire 25).
        var address = keyId.Split('#')[0];
        var fetched = await accounts.Fetch(address, cancel, budget);
        JsonElement document = default;
        if (fetched.Account is null && !fetched.Transient && !fetched.Gone && await KeyDocument(address, budget, cancel) is var (owner, json))
        {
            document = json;
            fetched = await accounts.Fetch(owner, cancel, budget);
        }
        if (fetched.Account is not { } actor) return new KeyFound(null, "", $"The key {keyId} could not be fetched: {fetched.Reason}", Transient: fetched.Transient, Gone: fetched.Gone);
        if (fetched.Keys!.Any(k => k.Id == keyId && (k.Pem ?? k.Multibase) is null) && RemoteKey.Read(document, actor.Uri) is { } key && key.Id == keyId)
            await database.Write(c => PublicKeyStore.Add(c, actor.Uri, key, actor.FetchedAt));
        if (database.Read(c => PublicKeyStore.Find(c, keyId)) is not { } stored || stored.ActorUri != actor.Uri)
            return new KeyFound(null, "", $"{actor.Uri} does not list the key {keyId}.");
        return new KeyFound(Parse(stored.Material, out var reason), stored.ActorUri, reason, Fresh: true, Asserts: !IsPem(stored.Material));
    }

    /// <summary>A document that is no actor, and the actor of the same origin to whom it says it belongs.</summary>
    private async Task<(string Owner, JsonElement Json)?> KeyDocument(string address, FetchBudget budget, CancellationToken cancel)
    {
        var document = await fetcher.Fetch(address, cancel, budget);
        if (!document.Found) return null;
        var named = RemoteKey.OwnerOf(document.Json) ?? RemoteKey.OwnerOf(document.Json.One("publicKey"));
        return Origin.SameOrNull(named, address) is { } owner ? (owner, document.Json) : null;
    }

    private KeyFound Remember(string keyId, KeyFound found)
    {
        if (cache.Count >= Capacity) cache.Clear();
        cache[keyId] = new Entry(found with { Fresh = false }, time.GetUtcNow());
        return found;
    }

    private static PublicKey? Parse(string material, out string reason) =>
        IsPem(material) ? PublicKey.FromPem(material, out reason) : PublicKey.FromMultikey(material, out reason);

    private static bool IsPem(string material) => material.StartsWith("-----", StringComparison.Ordinal);

    private sealed record Entry(KeyFound Found, DateTimeOffset At)
    {
        public bool IsGood(DateTimeOffset now, bool refresh) =>
            Found.Key is null ? now < At + FailureLasts : !refresh || now < At + RefreshEvery;
    }
}
