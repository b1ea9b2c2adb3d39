using System.Net;
using System.Text.Json;
using Calf.Accounts;
using Calf.Federation.Inbox;
using Calf.Moderation;
using Calf.Tests.Support;

namespace Calf.Tests.Federation;

/// <summary>Whose key signed, in every way in which others name their keys, and what it costs to find out.</summary>
public sealed class KeyTests : RemoteWorld
{
    private int sent;

    [Theory]
    [InlineData("a fragment")]
    [InlineData("a stub of the actor")]
    [InlineData("a document with an owner")]
    [InlineData("a document with a controller")]
    [InlineData("a document of which the actor knows the address only")]
    [Trait("Wire", "025")]
    public async Task A_key_is_found_however_it_is_named(string kind)
    {
        var keyId = kind == "a fragment" ? $"{Rae.Actor}#main-key" : $"{Rae.Actor}/main-key";
        var listed = Rae.ActorJson.Replace($"{Rae.Actor}#main-key", keyId, StringComparison.Ordinal);
        if (kind.EndsWith("address only", StringComparison.Ordinal)) listed = WithKey(listed, $"\"{keyId}\"");
        Rae.Serve(Rae.Actor, listed);
        Rae.CallKey(keyId);
        var owner = kind == "a document with a controller" ? "controller" : "owner";
        if (kind == "a stub of the actor")
            Rae.Serve(keyId, $$"""{"id":"{{Rae.Actor}}","type":"Person","preferredUsername":"rae","publicKey":{{Key(keyId, "owner", Rae.Actor)}} }""");
        else
            Rae.Serve(keyId, Key(keyId, owner, Rae.Actor));
        Assert.Equal(HttpStatusCode.Accepted, await Like());
    }

    [Theory]
    [InlineData("the owner does not name the key")]
    [InlineData("the key names no owner")]
    [InlineData("the owner is on another host")]
    [Trait("Wire", "026")]
    public async Task A_claim_from_one_side_only_is_none(string kind)
    {
        using var Sam = new StandIn(Fediverse, "second.test", "sam");
        var keyId = $"{Rae.Actor}/main-key";
        Rae.CallKey(keyId);
        var owner = kind == "the owner is on another host" ? Sam.Actor : Rae.Actor;
        if (kind == "the owner is on another host") Sam.Serve(Sam.Actor, WithKey(Sam.ActorJson, $"\"{keyId}\""));
        if (kind == "the key names no owner") Rae.Serve(Rae.Actor, WithKey(Rae.ActorJson, $"\"{keyId}\""));
        Rae.Serve(keyId, kind == "the key names no owner" ? $$"""{"id":"{{keyId}}","type":"Key"}""" : Key(keyId, "owner", owner));
        Assert.Equal(HttpStatusCode.Unauthorized, await Like());
        Assert.Equal(0, Alice.Database.Read(InboxQueue.Count));
    }

    [Fact]
    [Trait("Wire", "026")]
    public async Task An_actor_document_that_claims_another_id_speaks_for_that_one_only()
    {
        // What is served under rae's address calls itself eve, and eve lists the key under rae's name.
        var eve = "https://remote.test/users/eve";
        var json = Rae.ActorJson.Replace($"\"id\":\"{Rae.Actor}\"", $"\"id\":\"{eve}\"", StringComparison.Ordinal).Replace($"\"owner\":\"{Rae.Actor}\"", $"\"owner\":\"{eve}\"", StringComparison.Ordinal).Replace($"{Rae.Actor}/inbox", $"{eve}/inbox", StringComparison.Ordinal);
        Rae.Serve(Rae.Actor, json);
        Rae.Serve(eve, json);
        Assert.Equal(HttpStatusCode.Unauthorized, await Like());
        Assert.Null(Alice.Database.Read(c => AccountStore.FindByUri(c, Rae.Actor)));
    }

    [Fact]
    [Trait("Wire", "027")]
    public async Task A_key_that_changed_is_fetched_once_more()
    {
        Assert.Equal(HttpStatusCode.Accepted, await Like());
        Rae.ChangeKey();
        Assert.Equal(HttpStatusCode.Unauthorized, await Like()); // Fetched a moment ago: not so soon again.
        var before = Rae.Fetches.Count;
        Fediverse.Time.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal(HttpStatusCode.Accepted, await Like());
        Assert.Equal(HttpStatusCode.Accepted, await Like());
        Assert.Equal(1, Rae.Fetches.Skip(before).Count(f => f.RequestUri!.AbsoluteUri == Rae.Actor));
    }

    [Theory]
    [InlineData(HttpStatusCode.NotFound, HttpStatusCode.Unauthorized)]
    [InlineData(HttpStatusCode.Gone, HttpStatusCode.Unauthorized)]
    [InlineData(HttpStatusCode.InternalServerError, HttpStatusCode.ServiceUnavailable)]
    [Trait("Wire", "027")]
    [Trait("Wire", "030")]
    public async Task A_key_that_cannot_be_had_is_remembered_so_that_a_flood_costs_few_fetches(HttpStatusCode answer, HttpStatusCode expected)
    {
        Rae.Serve(Rae.Actor, "{}", answer);
        for (var i = 0; i < 20; i++) Assert.Equal(expected, await Like());
        Assert.InRange(Rae.Fetches.Count, 1, 3);
        var before = Rae.Fetches.Count;
        Fediverse.Time.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal(expected, await Like());
        Assert.NotEqual(before, Rae.Fetches.Count);
    }

    [Fact]
    [Trait("Wire", "024")]
    public async Task An_activity_signed_with_the_ed25519_key_of_the_actor_is_accepted()
    {
        using var good = await Rae.Send(Alice, Body(), Rae.SignWithEd25519);
        Assert.Equal(HttpStatusCode.Accepted, good.StatusCode);
        using var bad = await Rae.Send(Alice, Body(), r =>
        {
            Rae.SignWithEd25519(r);
            r.Headers.Remove("Date");
            r.Headers.TryAddWithoutValidation("Date", Fediverse.Time.GetUtcNow().AddMinutes(1).ToString("r"));
        });
        Assert.Equal(HttpStatusCode.Unauthorized, bad.StatusCode);
    }

    [Theory]
    [InlineData("second.test")]
    [InlineData("remote.test")]
    [Trait("Wire", "029")]
    public async Task The_block_list_is_asked_for_the_host_of_the_key_and_of_the_actor(string blocked)
    {
        using var Sam = new StandIn(Fediverse, "second.test", "sam");
        await Alice.Database.Write(c => DomainBlockStore.Add(c, blocked, Fediverse.Time.GetUtcNow()));
        using var response = await Sam.Send(Alice, $$"""{"id":"{{Rae.Actor}}/c","type":"Create","actor":"{{Rae.Actor}}","object":{"id":"{{Rae.Actor}}/n","type":"Note"} }""");
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Empty(Fediverse.Requests);
    }

    [Theory]
    [InlineData("Delete")]
    [InlineData("Update")]
    [Trait("Wire", "031")]
    public async Task A_flood_of_changes_to_unknown_accounts_costs_no_fetch_and_leaves_nothing(string type)
    {
        for (var i = 0; i < 200; i++)
        {
            var actor = $"https://remote.test/users/u{i}";
            using var response = await Rae.Send(Alice, $$"""{"id":"{{actor}}#{{type}}","type":"{{type}}","actor":"{{actor}}","object":"{{actor}}"}""", r => r.Headers.Remove("Signature"));
            Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        }
        Assert.Empty(Fediverse.Requests);
        Assert.Equal(0, Alice.Database.Read(InboxQueue.Count));
        Assert.Empty(Alice.Database.Read(c => VerdictStore.Latest(c, 5)));
    }

    [Fact]
    [Trait("Wire", "043")]
    public async Task An_account_whose_document_is_gone_is_gone_here_too()
    {
        await Like();
        Rae.Serve(Rae.Actor, "{}", HttpStatusCode.Gone);
        await Alice.Get<Calf.Federation.RemoteAccounts>().Fetch(Rae.Actor, TestContext.Current.CancellationToken);
        Assert.NotNull(Alice.Database.Read(c => AccountStore.FindByUri(c, Rae.Actor))!.GoneAt);
    }

    private async Task<HttpStatusCode> Like()
    {
        using var response = await Rae.Send(Alice, Body());
        return response.StatusCode;
    }

    private string Body() => $$"""{"id":"{{Rae.Actor}}/l{{sent++}}","type":"Like","actor":"{{Rae.Actor}}","object":"https://alice.test/x"}""";

    private string Key(string id, string owner, string actor) =>
        $$"""{"id":"{{id}}","type":"Key","{{owner}}":"{{actor}}","publicKeyPem":{{JsonSerializer.Serialize(Rae.PublicPem, TestJson.Default.String)}}}""";

    /// <summary>The actor with something else as its <c>publicKey</c>.</summary>
    private static string WithKey(string actor, string key)
    {
        var json = System.Text.Json.Nodes.JsonNode.Parse(actor)!;
        json["publicKey"] = System.Text.Json.Nodes.JsonNode.Parse(key);
        return json.ToJsonString();
    }
}
