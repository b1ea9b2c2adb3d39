using System.Security.Cryptography;
using System.Text.Json;
using Calf.Accounts;
using Calf.ActivityPub;
using Calf.Follows;
using Calf.Moderation;
using Calf.Security;
using Calf.Store;

namespace Calf.Federation.Inbox;

/// <summary>
/// The ladder that every activity from outside climbs. Each rung costs more than the one before, and each refusal leaves a verdict
/// that says why:
/// <list type="number">
/// <item>Cap: a body over the limit is not read (413).</item>
/// <item>Parse: it is JSON, and has an id, a type and an actor of one host (400).</item>
/// <item>Known id: what was accepted before is accepted again, and nothing happens (202).</item>
/// <item>Blocked: nothing is taken from a blocked domain or account (403); the signing key's host counts too.</item>
/// <item>Pointless: an account that was never known here deletes or changes itself (202, before any fetch).</item>
/// <item>Digest and signature: the body is what was signed, in time, by the key that it names (400, 401; 503 when the key cannot be fetched now).</item>
/// <item>Same origin: the signer is the actor, or the actor's integrity proof is inside. If not, only what the object's own server confirms will count.</item>
/// <item>Room: who delivered it has not as much waiting as one host may (429).</item>
/// <item>Stored: committed to the queue, and only then answered (202).</item>
/// </list>
/// </summary>
public sealed class Reception(Database database, Owner owner, SignerCheck signers, FollowersSync followers, InboxWorker worker, TimeProvider time)
{
    /// <param name="personal">It came to the owner's own inbox.</param>
    /// <param name="body">The whole body; the cap was kept while reading it.</param>
    public async Task<Answer> Receive(HttpRequest request, byte[] body, bool personal, CancellationToken cancel)
    {
        var letter = new Letter();
        if (!ParseLimits.TryParse(body, out var json, out var reason)) return await Refuse(letter, 400, reason);
        letter.Read(json);
        if (RemoteActivity.Read(json, out reason) is not { } activity) return await Refuse(letter, 400, reason);
        if (owner.Account is null) return await Refuse(letter, 404, "This server has no account yet.");

        var signed = signers.Read(request, SHA256.HashData(body));
        var parsed = HttpSignature.TryParse(signed, out var signature, out var verdict);
        var standing = database.Read(c => Standing.Of(c, activity, signature?.KeyId, owner.Id, personal));
        if (standing.Seen) return Answer.Accepted;
        if (standing.Blocked is { } blocked) return await Refuse(letter, 403, blocked);
        var aboutItself = activity.Type is "Delete" or "Update" && activity.ObjectUri == activity.Actor;
        if (aboutItself && !standing.ActorKnown) return Answer.Accepted;
        if (!parsed || signature is null) return await Refuse(letter, verdict.StatusCode, verdict.Reason);

        var budget = new FetchBudget();
        var proof = await signers.Verify(signature, signed, budget, cancel);
        // An account whose key is gone for good deletes itself: there is nobody left to sign, and nothing to lose (wire 32).
        // Only the actor's own document counts as gone: anybody can name a dead key of theirs.
        var ownKey = signature.KeyId.Split('#')[0] == activity.Actor;
        if (proof.KeyGone && ownKey && aboutItself && activity.Type == "Delete") return await Purge(activity);
        if (proof.Status != 200) return await Refuse(letter, proof.Status, proof.Reason);

        var sentByActor = proof.Signer == activity.Actor;
        var trusted = sentByActor || await signers.HasProof(activity, budget, cancel);
        if (!trusted && !Forwardable(activity)) return await Refuse(letter, 401, $"It was signed by {proof.Signer}, which is not its actor.");
        // Who passes on a letter to somebody else does not make the owner a recipient of it.
        var queued = new QueuedActivity(
            0, activity.Uri, activity.Actor, personal && sentByActor, trusted, body, time.GetUtcNow(), 0, Relayed: false,
            Origin.HostOf(proof.Signer) ?? "", budget.Taken);
        if (await Store(queued, sentByActor ? null : proof.Signer) == Queued.Full) return await RefuseForNow(letter, queued.Carrier);
        worker.Arrived();
        if (sentByActor) followers.Consider(signature, request.Headers, activity.Actor);
        return Answer.Accepted;
    }

    /// <summary>Says no to a body that was too long to read.</summary>
    public Task<Answer> RefuseTooLarge(int limit) =>
        Refuse(new Letter(), StatusCodes.Status413PayloadTooLarge, $"An activity can have {limit} bytes.");

    /// <summary>Others forward replies and deletions with a signature of their own; these can be confirmed at their origin (wire 109).</summary>
    private static bool Forwardable(RemoteActivity activity) =>
        activity.Type is "Create" or "Update" or "Delete" && Origin.Same(activity.ObjectUri, activity.Actor) && activity.ObjectUri != activity.Actor;

    private Task<Queued> Store(QueuedActivity activity, string? relay) => database.Write(c =>
        InboxQueue.Add(c, activity with { Relayed = relay is not null && RelayStore.IsSubscribed(c, relay) }));

    private async Task<Answer> RefuseForNow(Letter letter, string carrier) =>
        await Refuse(letter, StatusCodes.Status429TooManyRequests, $"Too much of {carrier} waits to be applied; come again later.", carrier) with
        {
            RetryAfter = InboxQueue.RetryAfter,
        };

    private async Task<Answer> Purge(RemoteActivity activity)
    {
        await database.Write(c =>
        {
            if (AccountStore.FindByUri(c, activity.Actor) is { IsOwner: false } gone) AccountStore.Delete(c, gone.Id);
        });
        return Answer.Accepted;
    }

    /// <param name="host">Whose verdict it is, when that is not the host that the letter names.</param>
    private async Task<Answer> Refuse(Letter letter, int status, string reason, string? host = null)
    {
        await database.Write(c => VerdictStore.Add(c, new Verdict(
            time.GetUtcNow(), host ?? Origin.HostOf(letter.Actor) ?? "", letter.Actor, letter.Id, letter.Type, letter.Object, status, reason)));
        return new Answer(status, reason);
    }

    /// <summary>What the envelope says, for the verdict; nothing of it is proven.</summary>
    private sealed class Letter
    {
        public string Id { get; private set; } = "";

        public string Type { get; private set; } = "";

        public string Actor { get; private set; } = "";

        public string Object { get; private set; } = "";

        public void Read(JsonElement json)
        {
            Id = json.OwnId() ?? "";
            Type = json.TypeName();
            Actor = json.Id("actor") ?? "";
            Object = json.Id("object") ?? "";
        }
    }

    /// <summary>What one look into the database says before anything costs more.</summary>
    private sealed record Standing(bool Seen, string? Blocked, bool ActorKnown)
    {
        public static Standing Of(Connection c, RemoteActivity activity, string? keyId, long ownerId, bool personal)
        {
            var (seen, actorId, blocked) = c.FindValue($"""
                SELECT EXISTS (SELECT 1 FROM seen_activities WHERE activity_id = {InboxQueue.SeenAs(activity.Uri, personal)}), a.id,
                       EXISTS (SELECT 1 FROM blocks b WHERE b.account_id = {ownerId} AND b.target_id = a.id) OR a.domain_severity IS {DomainSeverity.Block}
                FROM (SELECT 1) LEFT JOIN accounts a ON a.uri = {activity.Actor}
                """, r => (r.Bool(), r.LongOrNull(), r.Bool()))!.Value;
            // What ends something is taken from the blocked as well: it only makes this server forget.
            if (activity.Type is "Delete" or "Undo") blocked = false;
            return new Standing(seen, seen ? null : BlockedDomain(c, activity.Actor, keyId) ?? (blocked ? "You block this account." : null), actorId is not null);
        }

        private static string? BlockedDomain(Connection c, string actor, string? keyId)
        {
            foreach (var host in new[] { Origin.HostOf(actor), Origin.HostOf(keyId) }.OfType<string>().Distinct())
                if (DomainBlockStore.Covers(c, host)) return $"You block the domain {host}.";
            return null;
        }
    }
}

/// <summary>What the inbox answers. <paramref name="Reason"/> is a sentence for the other server's administrator.</summary>
public sealed record Answer(int Status, string Reason)
{
    /// <summary>When to come again; null where coming again brings nothing.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public static Answer Accepted { get; } = new(StatusCodes.Status202Accepted, "");
}
