using Calf.ActivityPub;
using Calf.Security;

namespace Calf.Federation.Inbox;

/// <summary>
/// Whether an activity that somebody else delivers carries an integrity proof of its actor: it is then as good as signed by them
/// (FEP-8b32, wire 109). A proof that does not hold is as good as none.
/// </summary>
public sealed class ProofCheck(ActorKeys keys, TimeProvider time)
{
    public async Task<bool> Holds(RemoteActivity activity, FetchBudget budget, CancellationToken cancel)
    {
        // What can be refused without the key must not make us fetch one.
        if (ParsedProof.Read(activity.Json, out _) is not { } proof || proof.TimeProblem(time.GetUtcNow()) is not null) return false;
        if (!Origin.Same(proof.VerificationMethod, activity.Actor)) return false;
        var key = await keys.Find(proof.VerificationMethod, refresh: false, budget, cancel);
        if (Holds(activity, proof, key)) return true;
        // The key may have been changed since it was fetched.
        return !key.Fresh && key.Key is not null && Holds(activity, proof, await keys.Find(proof.VerificationMethod, refresh: true, budget, cancel));
    }

    private static bool Holds(RemoteActivity activity, ParsedProof proof, KeyFound found) =>
        found is { Key: { } key, Asserts: true } && found.ActorUri == activity.Actor && IntegrityProof.Verify(activity.Json, proof, key);
}
