using Calf.ActivityPub;
using Calf.Security;

namespace Calf.Federation.Inbox;

/// <summary>Who signed a request. <paramref name="Status"/> is 200 when that is proven, else what to answer.</summary>
/// <param name="Signer">The id of the proven actor.</param>
/// <param name="KeyGone">The key's server says that it is gone for good.</param>
public readonly record struct Proof(int Status, string Reason, string? Signer = null, bool KeyGone = false);

/// <summary>Proves who signed a received request, for the inbox and for signed GETs alike.</summary>
public sealed class SignerCheck(ActorKeys keys, ProofCheck proofs, Site site, TimeProvider time)
{
    public SignedRequest Read(HttpRequest request, byte[]? bodySha256) => SignedRequest.From(request, site.Base, bodySha256);

    /// <summary>Whether an integrity proof of its actor is inside.</summary>
    public Task<bool> HasProof(RemoteActivity activity, FetchBudget budget, CancellationToken cancel) => proofs.Holds(activity, budget, cancel);

    /// <summary>The proven signer of a GET; null when it is unsigned or the signature does not hold.</summary>
    public async Task<string?> SignerOf(HttpRequest request, CancellationToken cancel)
    {
        var signed = Read(request, bodySha256: null);
        return HttpSignature.TryParse(signed, out var signature, out _) ? (await Verify(signature, signed, new FetchBudget(), cancel)).Signer : null;
    }

    public async Task<Proof> Verify(ParsedSignature signature, SignedRequest signed, FetchBudget budget, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        // What needs no key to be refused must not make us fetch one.
        var check = HttpSignature.Check(signature, signed, now);
        if (!check.IsValid) return new Proof(check.StatusCode, check.Reason);
        var key = await keys.Find(signature.KeyId, refresh: false, budget, cancel);
        var proof = Try(signature, signed, key, now);
        // The key may have been changed since it was fetched: once more with a fresh one (wire 27).
        if (proof.Status == 200 || key.Key is null || key.Fresh) return proof;
        var renewed = await keys.Find(signature.KeyId, refresh: true, budget, cancel);
        return renewed.Key is null && renewed.Transient ? proof : Try(signature, signed, renewed, now);
    }

    private static Proof Try(ParsedSignature signature, SignedRequest signed, KeyFound found, DateTimeOffset now)
    {
        if (found.Key is null) return new Proof(found.Transient ? 503 : 401, found.Reason, KeyGone: found.Gone);
        var verdict = HttpSignature.Verify(signature, signed, found.Key, now);
        return verdict.IsValid ? new Proof(200, "", found.ActorUri) : new Proof(verdict.StatusCode, verdict.Reason);
    }
}
