using System.Net;
using System.Text.Json;
using Calf.Federation.Outbox;
using Calf.Security;
using Calf.Statuses;
using Calf.Tests.Support;

namespace Calf.Tests.Federation;

/// <summary>Integrity proofs on what Calf sends, and on what somebody else than the actor brings.</summary>
public sealed class ProofTests : AttackWorld
{
    [Fact]
    [Trait("Wire", "109")]
    public async Task What_the_owner_sends_carries_a_proof_that_verifies_with_the_key_of_the_actor()
    {
        await Rae.SendAndSettle(Alice, Activity("Follow", "f1", Alice.Owner.Uri));
        await Alice.Get<Posting>().Post(new("hello \"you\" é 😀", Visibility.Public));
        await Fediverse.Settle();
        using var client = Alice.Client();
        client.DefaultRequestHeaders.Add("Accept", "application/activity+json");
        var actor = JsonElement.Parse(await client.GetByteArrayAsync(Alice.Owner.Uri, TestContext.Current.CancellationToken));
        var listed = actor.GetProperty("assertionMethod")[0];
        var key = PublicKey.FromMultikey(listed.GetProperty("publicKeyMultibase").GetString(), out _)!;
        Assert.Equal(["Accept", "Create"], Rae.Received.Select(a => a.GetProperty("type").GetString()));
        foreach (var activity in Rae.Received)
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
        Assert.Equal(HttpStatusCode.Accepted, await Sam.SendAndSettle(Alice, Rae.Prove(Activity("Like", "l1", OwnPost.Uri))));
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
        var like = Activity("Like", "l1", OwnPost.Uri);
        if (proof.StartsWith("key", StringComparison.Ordinal))
            Rae.Serve(Rae.Actor, Rae.ActorJson.Replace("assertionMethod", proof == "key not listed" ? "ignored" : "authentication", StringComparison.Ordinal));
        var body = proof switch
        {
            "none" => like,
            "changed" => Rae.Prove(like.Replace("Like", "Undo", StringComparison.Ordinal)).Replace("Undo", "Like", StringComparison.Ordinal),
            "of the messenger" => Sam.Prove(like),
            "of the messenger in the actor's name" => Sam.Prove(like).Replace($"{Sam.Actor}#ed25519-key", $"{Rae.Actor}#ed25519-key", StringComparison.Ordinal),
            "too old" => Rae.Prove(like, Fediverse.Time.GetUtcNow().AddDays(-30)),
            _ => Rae.Prove(like),
        };
        Assert.Equal(HttpStatusCode.Unauthorized, await Sam.SendAndSettle(Alice, body));
        Assert.Equal(0, Likes());
    }

    [Fact]
    [Trait("Wire", "109")]
    [Trait("Wire", "116")]
    public async Task A_linked_data_signature_is_not_looked_at()
    {
        var like = Activity("Like", "l1", OwnPost.Uri);
        Assert.Equal(HttpStatusCode.Unauthorized, await Sam.SendAndSettle(Alice, like[..^1] +
            $$$""","signature":{"type":"RsaSignature2017","creator":"{{{Rae.Actor}}}#main-key","created":"2026-11-01T12:00:00Z","signatureValue":"AAAA"}}"""));
        Assert.DoesNotContain(Fediverse.Requests, r => r.Contains("remote.test", StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Wire", "109")]
    public async Task A_forged_copy_does_not_use_up_the_id_of_the_true_activity()
    {
        var note = $"{Rae.Actor}/notes/1";
        string Create(string text) => Activity("Create", "c1", "").Replace("\"object\":\"\"", $$"""
            "object":{"id":"{{note}}","type":"Note","attributedTo":"{{Rae.Actor}}","content":"{{text}}","to":["https://www.w3.org/ns/activitystreams#Public","{{Alice.Owner.Uri}}"]}
            """, StringComparison.Ordinal);
        await Sam.SendAndSettle(Alice, Create("forged"));
        Assert.Null(Alice.Database.Read(c => StatusStore.FindByUri(c, note)));
        await Rae.SendAndSettle(Alice, Create("true"));
        Assert.Equal("true", Alice.Database.Read(c => StatusStore.FindByUri(c, note))!.Content);
    }

    [Fact]
    [Trait("Wire", "095")]
    public async Task Who_passes_on_a_letter_makes_nobody_its_recipient()
    {
        var note = $"{Rae.Actor}/notes/1";
        using var response = await Sam.Send(Alice, Rae.Prove(Activity("Create", "c1", "").Replace("\"object\":\"\"", $$"""
            "object":{"id":"{{note}}","type":"Note","attributedTo":"{{Rae.Actor}}","content":"to others","to":["https://third.test/users/tom"]}
            """, StringComparison.Ordinal)), path: "/users/alice/inbox");
        await Fediverse.Settle();
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Null(Alice.Database.Read(c => StatusStore.FindByUri(c, note)));
    }

    private string Activity(string type, string id, string about) => $$"""
        {"@context":["https://www.w3.org/ns/activitystreams","https://w3id.org/security/data-integrity/v1"],"id":"{{Rae.Actor}}/{{id}}","type":"{{type}}","actor":"{{Rae.Actor}}","object":"{{about}}"}
        """;
}
