using System.Net;
using System.Security.Cryptography;
using Calf.Accounts;
using Calf.Federation;
using Calf.Follows;
using Calf.Statuses;
using Calf.Tests.Support;

namespace Calf.Tests.Federation;

/// <summary>
/// What was done to other servers by confusing whose document, whose key or whose signature it is, done to this one. Sam attacks, rae
/// is whom sam would like to be.
/// </summary>
[Trait("Wire", "115")]
public sealed class OriginAdvisoryTests : AttackWorld
{
    /// <summary>CVE-2024-23832 (Mastodon): a document fetched from one server was taken for the account of another.</summary>
    [Fact]
    public async Task A_document_of_the_attacker_does_not_become_the_account_that_it_claims_to_be()
    {
        await Rae.SendAndSettle(Alice, Like(Rae, "before"));
        var lie = RaeWithKeyOfSam().Replace($"{Rae.Actor}/inbox", $"{Rae.Actor}/other", StringComparison.Ordinal);
        Sam.Serve("https://second.test/x", lie);
        await Alice.Get<RemoteAccounts>().Fetch("https://second.test/x", TestContext.Current.CancellationToken);
        Assert.Equal($"{Rae.Actor}/inbox", Alice.Database.Read(c => AccountStore.FindByUri(c, Rae.Actor))!.Inbox);
        Sam.CallKey($"{Rae.Actor}#main-key");
        await Refused(Like(Rae, "forged"));
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
        Rae.Serve(File, Forged(File, Rae.Actor), type: type);
        var fetched = await Alice.Get<RemoteStatuses>().Fetch(File, TestContext.Current.CancellationToken);
        Assert.Null(fetched.Status);
        Assert.Null(Alice.Database.Read(c => StatusStore.FindByUri(c, File)));
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
        await Refused($$"""{"id":"{{Rae.Actor}}/1","type":"{{type}}","actor":"{{Rae.Actor}}","object":"{{(type == "Like" ? OwnPost.Uri : Alice.Owner.Uri)}}"}""");
        Assert.Null(Alice.Database.Read(c => AccountStore.FindByUri(c, Rae.Actor)));
        Assert.Equal(0, Alice.Database.Read(AccountStore.Owner)!.FollowersCount);
    }

    /// <summary>CVE-2026-28432 (Misskey): the HTTP signature could be got round. Here: the body was not part of what was signed.</summary>
    [Fact]
    public async Task A_signature_that_does_not_cover_the_body_lets_no_body_in()
    {
        // Rae signs something without a body, as for a GET; on its way the body is put in.
        using var response = await Rae.Send(Alice, Like(Rae, "forged"), Rae.SignWithoutBody);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        await Fediverse.Settle();
        Assert.Equal(0, Likes());
    }

    /// <summary>GHSA-3f39-6537-3cgc (Misskey): what a server says in the name of somebody elsewhere was not checked there.</summary>
    [Fact]
    public async Task A_post_on_the_attackers_server_is_not_written_by_the_victim()
    {
        await Rae.SendAndSettle(Alice, Like(Rae, "before"));
        const string forged = "https://second.test/notes/1";
        Sam.Serve(forged, Forged(forged, Rae.Actor));
        await Sam.SendAndSettle(Alice, $$"""{"id":"https://second.test/c1","type":"Create","actor":"{{Sam.Actor}}","object":{{Forged(forged, Rae.Actor)}}}""");
        await Alice.Get<RemoteStatuses>().Fetch(forged, TestContext.Current.CancellationToken);
        Assert.Null(Alice.Database.Read(c => StatusStore.FindByUri(c, forged)));
    }

    /// <summary>GHSA-2vxv-pv3m-3wvj (Misskey): what a redirect led to was taken for what the first address is.</summary>
    [Fact]
    public async Task A_redirect_on_the_victims_server_gives_the_attacker_no_document_there()
    {
        const string Open = "https://third.test/users/tom";
        var fake = Sam.ActorJson.Replace(Sam.Actor, Open, StringComparison.Ordinal).Replace("https://second.test/inbox", "https://third.test/inbox", StringComparison.Ordinal);
        Fediverse.Answer("third.test", _ => Task.FromResult(new HttpResponseMessage(HttpStatusCode.Found) { Headers = { Location = new Uri("https://second.test/fake") } }));
        Sam.Serve("https://second.test/fake", fake);
        Sam.CallKey($"{Open}#main-key");
        using var response = await Sam.Send(Alice, $$"""{"id":"{{Open}}/l1","type":"Like","actor":"{{Open}}","object":"{{OwnPost.Uri}}"}""");
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Null(Alice.Database.Read(c => AccountStore.FindByUri(c, Open)));
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
        var actor = System.Text.Json.Nodes.JsonNode.Parse(Sam.ActorJson)!;
        actor["publicKey"]!["publicKeyPem"] = kind switch
        {
            "no key" => "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----",
            "a key of another kind" => curve.ExportSubjectPublicKeyInfoPem(),
            _ => broken.ExportSubjectPublicKeyInfoPem(),
        };
        Sam.Serve(Sam.Actor, actor.ToJsonString());
        await Refused(Like(Sam, "forged"));
    }

    private async Task Refused(string body)
    {
        var before = Likes();
        using var response = await Sam.Send(Alice, body);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        await Fediverse.Settle();
        Assert.Equal(before, Likes());
        Assert.False(Alice.Database.Read(c => FollowStore.HasFollowers(c, Alice.Owner.Id)));
    }

    private string Like(StandIn by, string id) => $$"""{"id":"{{by.Actor}}/{{id}}","type":"Like","actor":"{{by.Actor}}","object":"{{(id == "before" ? "https://alice.test/x" : OwnPost.Uri)}}"}""";

    private static string Forged(string id, string author) => $$"""{"id":"{{id}}","type":"Note","attributedTo":"{{author}}","content":"forged","to":["{{Public}}","https://alice.test/users/alice"]}""";

    private string RaeWithKeyOfSam()
    {
        var actor = System.Text.Json.Nodes.JsonNode.Parse(Rae.ActorJson)!;
        actor["publicKey"]!["publicKeyPem"] = Sam.PublicPem;
        return actor.ToJsonString();
    }
}
