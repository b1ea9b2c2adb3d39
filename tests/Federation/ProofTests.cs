using System.Net;
using System.Text.Json;
using Calf.Federation.Outbox;
using Calf.Security;
using Calf.Statuses;
using Calf.Tests.Support;

namespace Calf.Tests.Federation;

/// <summary>Integrity proofs on what Calf sends, and on what somebody else than the actor brings.</summary>
public sealed class ProofTests : IAsyncLifetime
{
    private readonly Fediverse fediverse = new();
    private CalfServer alice = null!;
    private StandIn rae = null!;
    private StandIn sam = null!;
    private Status post = null!;

    public async ValueTask InitializeAsync()
    {
        alice = await fediverse.Join("alice.test");
        rae = new StandIn(fediverse);
        sam = new StandIn(fediverse, "second.test", "sam");
        post = await alice.Get<Posting>().Post(new("like me", Visibility.Public));
    }

    public async ValueTask DisposeAsync()
    {
        rae.Dispose();
        sam.Dispose();
        await fediverse.DisposeAsync();
    }

    [Fact]
    [Trait("Wire", "109")]
    public async Task What_the_owner_sends_carries_a_proof_that_verifies_with_the_key_of_the_actor()
    {
        await rae.SendAndSettle(alice, Activity("Follow", "f1", alice.Owner.Uri));
        await alice.Get<Posting>().Post(new("hello \"you\" é 😀", Visibility.Public));
        await fediverse.Settle();
        using var client = alice.Client();
        client.DefaultRequestHeaders.Add("Accept", "application/activity+json");
        var actor = JsonElement.Parse(await client.GetByteArrayAsync(alice.Owner.Uri, TestContext.Current.CancellationToken));
        var listed = actor.GetProperty("assertionMethod")[0];
        var key = PublicKey.FromMultikey(listed.GetProperty("publicKeyMultibase").GetString(), out _)!;
        Assert.Equal(["Accept", "Create"], rae.Received.Select(a => a.GetProperty("type").GetString()));
        foreach (var activity in rae.Received)
        {
            var proof = ParsedProof.Read(activity, out _)!;
            Assert.Equal(listed.GetProperty("id").GetString(), proof.VerificationMethod);
            Assert.Contains(IntegrityProof.Context, activity.GetProperty("@context").EnumerateArray().Select(c => c.ValueKind == JsonValueKind.String ? c.GetString() : ""));
            Assert.True(IntegrityProof.Verify(activity, proof, key));
            Assert.False(activity.GetProperty("object").ValueKind == JsonValueKind.Object && activity.GetProperty("object").TryGetProperty("@context", out _));
        }
        Assert.Contains("https://www.w3.org/ns/did/v1", actor.GetProperty("@context").EnumerateArray().Select(c => c.ValueKind == JsonValueKind.String ? c.GetString() : ""));
    }

    [Fact]
    [Trait("Wire", "109")]
    public async Task A_like_that_somebody_else_brings_counts_with_a_proof_of_its_actor()
    {
        Assert.Equal(HttpStatusCode.Accepted, await sam.SendAndSettle(alice, rae.Prove(Activity("Like", "l1", post.Uri))));
        Assert.Equal(1, Likes());
    }

    [Theory]
    [InlineData("none")]
    [InlineData("changed")]
    [InlineData("of the messenger")]
    [InlineData("of the messenger in the actor's name")]
    [InlineData("too old")]
    [InlineData("key not listed")]
    [InlineData("key not for assertions")]
    [Trait("Wire", "109")]
    [Trait("Wire", "115")]
    [Trait("Wire", "028")]
    public async Task Without_a_proof_that_holds_nothing_is_better_than_without_any(string proof)
    {
        var like = Activity("Like", "l1", post.Uri);
        if (proof.StartsWith("key", StringComparison.Ordinal))
            rae.Serve(rae.Actor, rae.ActorJson.Replace("assertionMethod", proof == "key not listed" ? "ignored" : "authentication", StringComparison.Ordinal));
        var body = proof switch
        {
            "none" => like,
            "changed" => rae.Prove(like.Replace("Like", "Undo", StringComparison.Ordinal)).Replace("Undo", "Like", StringComparison.Ordinal),
            "of the messenger" => sam.Prove(like),
            "of the messenger in the actor's name" => sam.Prove(like).Replace($"{sam.Actor}#ed25519-key", $"{rae.Actor}#ed25519-key", StringComparison.Ordinal),
            "too old" => rae.Prove(like, fediverse.Time.GetUtcNow().AddDays(-30)),
            _ => rae.Prove(like),
        };
        Assert.Equal(HttpStatusCode.Unauthorized, await sam.SendAndSettle(alice, body));
        Assert.Equal(0, Likes());
    }

    [Fact]
    [Trait("Wire", "109")]
    [Trait("Wire", "116")]
    public async Task A_linked_data_signature_is_not_looked_at()
    {
        var like = Activity("Like", "l1", post.Uri);
        Assert.Equal(HttpStatusCode.Unauthorized, await sam.SendAndSettle(alice, like[..^1] +
            $$$""","signature":{"type":"RsaSignature2017","creator":"{{{rae.Actor}}}#main-key","created":"2026-11-01T12:00:00Z","signatureValue":"AAAA"}}"""));
        Assert.DoesNotContain(fediverse.Requests, r => r.Contains("remote.test", StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Wire", "109")]
    public async Task A_forged_copy_does_not_use_up_the_id_of_the_true_activity()
    {
        var note = $"{rae.Actor}/notes/1";
        string Create(string text) => Activity("Create", "c1", "").Replace("\"object\":\"\"", $$"""
            "object":{"id":"{{note}}","type":"Note","attributedTo":"{{rae.Actor}}","content":"{{text}}","to":["https://www.w3.org/ns/activitystreams#Public","{{alice.Owner.Uri}}"]}
            """, StringComparison.Ordinal);
        await sam.SendAndSettle(alice, Create("forged"));
        Assert.Null(alice.Database.Read(c => StatusStore.FindByUri(c, note)));
        await rae.SendAndSettle(alice, Create("true"));
        Assert.Equal("true", alice.Database.Read(c => StatusStore.FindByUri(c, note))!.Content);
    }

    [Fact]
    [Trait("Wire", "095")]
    public async Task Who_passes_on_a_letter_makes_nobody_its_recipient()
    {
        var note = $"{rae.Actor}/notes/1";
        using var response = await sam.Send(alice, rae.Prove(Activity("Create", "c1", "").Replace("\"object\":\"\"", $$"""
            "object":{"id":"{{note}}","type":"Note","attributedTo":"{{rae.Actor}}","content":"to others","to":["https://third.test/users/tom"]}
            """, StringComparison.Ordinal)), path: "/users/alice/inbox");
        await fediverse.Settle();
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Null(alice.Database.Read(c => StatusStore.FindByUri(c, note)));
    }

    private long Likes() => alice.Database.Read(c => StatusStore.Find(c, post.Id))!.FavouritesCount;

    private string Activity(string type, string id, string about) => $$"""
        {"@context":["https://www.w3.org/ns/activitystreams","https://w3id.org/security/data-integrity/v1"],"id":"{{rae.Actor}}/{{id}}","type":"{{type}}","actor":"{{rae.Actor}}","object":"{{about}}"}
        """;
}
