using System.Text.Json;
using Calf.Federation;
using Calf.Federation.Outbox;
using Calf.Security;
using Calf.Statuses;
using Calf.Tests.Support;

namespace Calf.Tests.Federation;

/// <summary>What reaches another server when Calf delivers and fetches (wire.md, section A and line 33).</summary>
public sealed class SigningTests : RemoteWorld
{
    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await Rae.SendAndSettle(Alice, $$"""{"id":"{{Rae.Actor}}/f","type":"Follow","actor":"{{Rae.Actor}}","object":"{{Alice.Owner.Uri}}"}""");
        await Alice.Get<Posting>().Post(new("hello", Visibility.Public));
        await Fediverse.Settle();
    }

    [Fact]
    [Trait("Wire", "003")]
    [Trait("Wire", "004")]
    [Trait("Wire", "009")]
    [Trait("Wire", "014")]
    public void A_delivery_has_the_type_the_digest_and_the_signature_of_the_owner_that_others_expect()
    {
        Assert.Equal(2, Rae.Requests.Count);
        foreach (var request in Rae.Requests)
        {
            Assert.Equal("application/activity+json", request.Content!.Headers.ContentType?.ToString());
            Assert.StartsWith("SHA-256=", Assert.Single(request.Headers.GetValues("Digest")), StringComparison.Ordinal);
            var signature = Assert.Single(request.Headers.GetValues("Signature"));
            Assert.StartsWith($"keyId=\"{Alice.Owner.Uri}#main-key\",algorithm=\"rsa-sha256\",headers=\"(request-target) host date digest content-type", signature, StringComparison.Ordinal);
        }
    }

    [Fact]
    [Trait("Wire", "009")]
    [Trait("Wire", "012")]
    [Trait("Wire", "013")]
    [Trait("Wire", "033")]
    public async Task Every_document_is_asked_for_in_the_name_of_the_instance_actor()
    {
        var note = $"{Rae.Actor}/notes/1";
        Rae.Serve(note, $$"""{"id":"{{note}}","type":"Note","attributedTo":"{{Rae.Actor}}","content":"x","to":["https://www.w3.org/ns/activitystreams#Public"]}""");
        await Alice.Get<RemoteStatuses>().Fetch(note, TestContext.Current.CancellationToken);
        var documents = Rae.Fetches.Where(f => !f.RequestUri!.AbsolutePath.StartsWith("/.well-known", StringComparison.Ordinal)).ToList();
        Assert.Contains(documents, f => f.RequestUri!.AbsoluteUri == Rae.Actor);
        Assert.Contains(documents, f => f.RequestUri!.AbsoluteUri == note);
        foreach (var fetch in documents)
        {
            Assert.StartsWith($"keyId=\"{Alice.Site.InstanceActor}#main-key\",", Assert.Single(fetch.Headers.GetValues("Signature")), StringComparison.Ordinal);
            Assert.Equal("application/ld+json; profile=\"https://www.w3.org/ns/activitystreams\", application/activity+json", string.Join(", ", fetch.Headers.NonValidated["Accept"]));
        }
    }

    [Theory]
    [InlineData("/users/alice")]
    [InlineData("/actor")]
    [Trait("Wire", "007")]
    [Trait("Wire", "009")]
    [Trait("Wire", "010")]
    public async Task Our_inboxes_have_no_query_and_our_key_is_one_object_of_the_actor(string path)
    {
        using var response = await Rae.Get(Alice, path);
        var actor = JsonElement.Parse(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        var id = actor.GetProperty("id").GetString()!;
        foreach (var inbox in new[] { actor.GetProperty("inbox").GetString()!, actor.GetProperty("endpoints").GetProperty("sharedInbox").GetString()! })
        {
            Assert.DoesNotContain("?", inbox);
            Assert.Equal("https://alice.test", new Uri(inbox).GetLeftPart(UriPartial.Authority));
        }
        var key = actor.GetProperty("publicKey");
        Assert.Equal(JsonValueKind.Object, key.ValueKind);
        Assert.Equal($"{id}#main-key", key.GetProperty("id").GetString());
        Assert.Equal(id, key.GetProperty("owner").GetString());
        Assert.NotNull(PublicKey.FromPem(key.GetProperty("publicKeyPem").GetString(), out _));
        Assert.StartsWith("-----BEGIN PUBLIC KEY-----", key.GetProperty("publicKeyPem").GetString(), StringComparison.Ordinal);
    }
}
