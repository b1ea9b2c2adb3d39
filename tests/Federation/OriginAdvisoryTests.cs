using System.Net;
using System.Security.Cryptography;
using Calf.Accounts;
using Calf.Federation;
using Calf.Federation.Outbox;
using Calf.Follows;
using Calf.Statuses;
using Calf.Tests.Support;

namespace Calf.Tests.Federation;

/// <summary>
/// What was done to other servers by confusing whose document, whose key or whose signature it is, done to this one. Sam attacks, rae
/// is whom sam would like to be.
/// </summary>
[Trait("Wire", "115")]
public sealed class OriginAdvisoryTests : IAsyncLifetime
{
    private const string Public = "https://www.w3.org/ns/activitystreams#Public";

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

    /// <summary>CVE-2024-23832 (Mastodon): a document fetched from one server was taken for the account of another.</summary>
    [Fact]
    public async Task A_document_of_the_attacker_does_not_become_the_account_that_it_claims_to_be()
    {
        await rae.SendAndSettle(alice, Like(rae, "before"));
        var lie = RaeWithKeyOfSam().Replace($"{rae.Actor}/inbox", $"{rae.Actor}/other", StringComparison.Ordinal);
        sam.Serve("https://second.test/x", lie);
        await alice.Get<RemoteAccounts>().Fetch("https://second.test/x", TestContext.Current.CancellationToken);
        Assert.Equal($"{rae.Actor}/inbox", alice.Database.Read(c => AccountStore.FindByUri(c, rae.Actor))!.Inbox);
        sam.CallKey($"{rae.Actor}#main-key");
        await Refused(Like(rae, "forged"));
    }

    /// <summary>GHSA-jhrq-qvrm-qr36 (Mastodon): a file that somebody uploaded to a server was taken for a document of that server.</summary>
    [Theory]
    [InlineData("application/json")]
    [InlineData("application/ld+json")]
    [InlineData("text/plain")]
    [InlineData("image/png")]
    public async Task A_file_on_the_server_of_the_victim_is_not_their_post(string type)
    {
        const string File = "https://remote.test/media/upload.json";
        rae.Serve(File, Note(File, rae.Actor), type: type);
        var fetched = await alice.Get<RemoteStatuses>().Fetch(File, TestContext.Current.CancellationToken);
        Assert.Null(fetched.Status);
        Assert.Null(alice.Database.Read(c => StatusStore.FindByUri(c, File)));
    }

    /// <summary>CVE-2025-54888 (Fedify): activities were handled though their signer was not their actor.</summary>
    [Theory]
    [InlineData("Like")]
    [InlineData("Follow")]
    [InlineData("Block")]
    [InlineData("Accept")]
    [InlineData("Move")]
    [InlineData("Flag")]
    public async Task A_valid_signature_of_the_attacker_is_none_of_the_victim(string type)
    {
        await Refused($$"""{"id":"{{rae.Actor}}/1","type":"{{type}}","actor":"{{rae.Actor}}","object":"{{(type == "Like" ? post.Uri : alice.Owner.Uri)}}"}""");
        Assert.Null(alice.Database.Read(c => AccountStore.FindByUri(c, rae.Actor)));
        Assert.Equal(0, alice.Database.Read(AccountStore.Owner)!.FollowersCount);
    }

    /// <summary>CVE-2026-28432 (Misskey): the HTTP signature could be got round. Here: the body was not part of what was signed.</summary>
    [Fact]
    public async Task A_signature_that_does_not_cover_the_body_lets_no_body_in()
    {
        // Rae signs something without a body, as for a GET; on its way the body is put in.
        using var response = await rae.Send(alice, Like(rae, "forged"), rae.SignWithoutBody);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        await fediverse.Settle();
        Assert.Equal(0, Likes());
    }

    /// <summary>GHSA-3f39-6537-3cgc (Misskey): what a server says in the name of somebody elsewhere was not checked there.</summary>
    [Fact]
    public async Task A_post_on_the_attackers_server_is_not_written_by_the_victim()
    {
        await rae.SendAndSettle(alice, Like(rae, "before"));
        const string Forged = "https://second.test/notes/1";
        sam.Serve(Forged, Note(Forged, rae.Actor));
        await sam.SendAndSettle(alice, $$"""{"id":"https://second.test/c1","type":"Create","actor":"{{sam.Actor}}","object":{{Note(Forged, rae.Actor)}}}""");
        await alice.Get<RemoteStatuses>().Fetch(Forged, TestContext.Current.CancellationToken);
        Assert.Null(alice.Database.Read(c => StatusStore.FindByUri(c, Forged)));
    }

    /// <summary>GHSA-2vxv-pv3m-3wvj (Misskey): what a redirect led to was taken for what the first address is.</summary>
    [Fact]
    public async Task A_redirect_on_the_victims_server_gives_the_attacker_no_document_there()
    {
        const string Open = "https://third.test/users/tom";
        var fake = sam.ActorJson.Replace(sam.Actor, Open, StringComparison.Ordinal).Replace("https://second.test/inbox", "https://third.test/inbox", StringComparison.Ordinal);
        fediverse.Answer("third.test", _ => Task.FromResult(new HttpResponseMessage(HttpStatusCode.Found) { Headers = { Location = new Uri("https://second.test/fake") } }));
        sam.Serve("https://second.test/fake", fake);
        sam.CallKey($"{Open}#main-key");
        using var response = await sam.Send(alice, $$"""{"id":"{{Open}}/l1","type":"Like","actor":"{{Open}}","object":"{{post.Uri}}"}""");
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Null(alice.Database.Read(c => AccountStore.FindByUri(c, Open)));
    }

    /// <summary>GHSA-x9g5-vwhc-pxm7 (Mbin): an error while verifying was taken for success.</summary>
    [Theory]
    [InlineData("no key")]
    [InlineData("a key of another kind")]
    [InlineData("an even modulus")]
    public async Task A_key_with_which_nothing_can_be_verified_verifies_nothing(string kind)
    {
        using var rsa = RSA.Create(2048);
        var parts = rsa.ExportParameters(false);
        if (kind == "an even modulus") parts.Modulus![^1] &= 0xfe;
        using var broken = RSA.Create(parts);
        using var curve = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var actor = System.Text.Json.Nodes.JsonNode.Parse(sam.ActorJson)!;
        actor["publicKey"]!["publicKeyPem"] = kind switch
        {
            "no key" => "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----",
            "a key of another kind" => curve.ExportSubjectPublicKeyInfoPem(),
            _ => broken.ExportSubjectPublicKeyInfoPem(),
        };
        sam.Serve(sam.Actor, actor.ToJsonString());
        await Refused(Like(sam, "forged"));
    }

    private async Task Refused(string body)
    {
        var before = Likes();
        using var response = await sam.Send(alice, body);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        await fediverse.Settle();
        Assert.Equal(before, Likes());
        Assert.False(alice.Database.Read(c => FollowStore.HasFollowers(c, alice.Owner.Id)));
    }

    private long Likes() => alice.Database.Read(c => StatusStore.Find(c, post.Id))!.FavouritesCount;

    private string Like(StandIn by, string id) => $$"""{"id":"{{by.Actor}}/{{id}}","type":"Like","actor":"{{by.Actor}}","object":"{{(id == "before" ? "https://alice.test/x" : post.Uri)}}"}""";

    private static string Note(string id, string author) => $$"""{"id":"{{id}}","type":"Note","attributedTo":"{{author}}","content":"forged","to":["{{Public}}","https://alice.test/users/alice"]}""";

    private string RaeWithKeyOfSam()
    {
        var actor = System.Text.Json.Nodes.JsonNode.Parse(rae.ActorJson)!;
        actor["publicKey"]!["publicKeyPem"] = sam.PublicPem;
        return actor.ToJsonString();
    }
}
