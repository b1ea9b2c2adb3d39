using System.Net;
using System.Text.Json;
using Calf.Accounts;
using Calf.Federation.Inbox;
using Calf.Moderation;
using Calf.Tests.Support;

namespace Calf.Tests.Federation;

/// <summary>Whose key signed, in every way in which others name their keys, and what it costs to find out.</summary>
public sealed class KeyTests : IAsyncLifetime
{
    private readonly Fediverse fediverse = new();
    private CalfServer alice = null!;
    private StandIn rae = null!;
    private int sent;

    public async ValueTask InitializeAsync()
    {
        alice = await fediverse.Join("alice.test");
        rae = new StandIn(fediverse);
    }

    public async ValueTask DisposeAsync()
    {
        rae.Dispose();
        await fediverse.DisposeAsync();
    }

    [Theory]
    [InlineData("a fragment")]
    [InlineData("a stub of the actor")]
    [InlineData("a document with an owner")]
    [InlineData("a document with a controller")]
    [InlineData("a document of which the actor knows the address only")]
    [Trait("Wire", "025")]
    public async Task A_key_is_found_however_it_is_named(string kind)
    {
        var keyId = kind == "a fragment" ? $"{rae.Actor}#main-key" : $"{rae.Actor}/main-key";
        var listed = rae.ActorJson.Replace($"{rae.Actor}#main-key", keyId, StringComparison.Ordinal);
        if (kind.EndsWith("address only", StringComparison.Ordinal)) listed = WithKey(listed, $"\"{keyId}\"");
        rae.Serve(rae.Actor, listed);
        rae.CallKey(keyId);
        var owner = kind == "a document with a controller" ? "controller" : "owner";
        if (kind == "a stub of the actor")
            rae.Serve(keyId, $$"""{"id":"{{rae.Actor}}","type":"Person","preferredUsername":"rae","publicKey":{{Key(keyId, "owner", rae.Actor)}} }""");
        else
            rae.Serve(keyId, Key(keyId, owner, rae.Actor));
        Assert.Equal(HttpStatusCode.Accepted, await Like());
    }

    [Theory]
    [InlineData("the owner does not name the key")]
    [InlineData("the key names no owner")]
    [InlineData("the owner is on another host")]
    [Trait("Wire", "026")]
    public async Task A_claim_from_one_side_only_is_none(string kind)
    {
        using var sam = new StandIn(fediverse, "second.test", "sam");
        var keyId = $"{rae.Actor}/main-key";
        rae.CallKey(keyId);
        var owner = kind == "the owner is on another host" ? sam.Actor : rae.Actor;
        if (kind == "the owner is on another host") sam.Serve(sam.Actor, WithKey(sam.ActorJson, $"\"{keyId}\""));
        if (kind == "the key names no owner") rae.Serve(rae.Actor, WithKey(rae.ActorJson, $"\"{keyId}\""));
        rae.Serve(keyId, kind == "the key names no owner" ? $$"""{"id":"{{keyId}}","type":"Key"}""" : Key(keyId, "owner", owner));
        Assert.Equal(HttpStatusCode.Unauthorized, await Like());
        Assert.Equal(0, alice.Database.Read(InboxQueue.Count));
    }

    [Fact]
    [Trait("Wire", "026")]
    public async Task An_actor_document_that_claims_another_id_speaks_for_that_one_only()
    {
        // What is served under rae's address calls itself eve, and eve lists the key under rae's name.
        var eve = "https://remote.test/users/eve";
        var json = rae.ActorJson.Replace($"\"id\":\"{rae.Actor}\"", $"\"id\":\"{eve}\"", StringComparison.Ordinal).Replace($"\"owner\":\"{rae.Actor}\"", $"\"owner\":\"{eve}\"", StringComparison.Ordinal).Replace($"{rae.Actor}/inbox", $"{eve}/inbox", StringComparison.Ordinal);
        rae.Serve(rae.Actor, json);
        rae.Serve(eve, json);
        Assert.Equal(HttpStatusCode.Unauthorized, await Like());
        Assert.Null(alice.Database.Read(c => AccountStore.FindByUri(c, rae.Actor)));
    }

    [Fact]
    [Trait("Wire", "027")]
    public async Task A_key_that_changed_is_fetched_once_more()
    {
        Assert.Equal(HttpStatusCode.Accepted, await Like());
        rae.ChangeKey();
        Assert.Equal(HttpStatusCode.Unauthorized, await Like()); // Fetched a moment ago: not so soon again.
        var before = rae.Fetches.Count;
        fediverse.Time.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal(HttpStatusCode.Accepted, await Like());
        Assert.Equal(HttpStatusCode.Accepted, await Like());
        Assert.Equal(1, rae.Fetches.Skip(before).Count(f => f.RequestUri!.AbsoluteUri == rae.Actor));
    }

    [Theory]
    [InlineData(HttpStatusCode.NotFound, HttpStatusCode.Unauthorized)]
    [InlineData(HttpStatusCode.Gone, HttpStatusCode.Unauthorized)]
    [InlineData(HttpStatusCode.InternalServerError, HttpStatusCode.ServiceUnavailable)]
    [Trait("Wire", "027")]
    [Trait("Wire", "030")]
    public async Task A_key_that_cannot_be_had_is_remembered_so_that_a_flood_costs_few_fetches(HttpStatusCode answer, HttpStatusCode expected)
    {
        rae.Serve(rae.Actor, "{}", answer);
        for (var i = 0; i < 20; i++) Assert.Equal(expected, await Like());
        Assert.InRange(rae.Fetches.Count, 1, 3);
        var before = rae.Fetches.Count;
        fediverse.Time.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal(expected, await Like());
        Assert.NotEqual(before, rae.Fetches.Count);
    }

    [Fact]
    [Trait("Wire", "024")]
    public async Task An_activity_signed_with_the_ed25519_key_of_the_actor_is_accepted()
    {
        using var good = await rae.Send(alice, Body(), rae.SignWithEd25519);
        Assert.Equal(HttpStatusCode.Accepted, good.StatusCode);
        using var bad = await rae.Send(alice, Body(), r =>
        {
            rae.SignWithEd25519(r);
            r.Headers.Remove("Date");
            r.Headers.TryAddWithoutValidation("Date", fediverse.Time.GetUtcNow().AddMinutes(1).ToString("r"));
        });
        Assert.Equal(HttpStatusCode.Unauthorized, bad.StatusCode);
    }

    [Theory]
    [InlineData("second.test")]
    [InlineData("remote.test")]
    [Trait("Wire", "029")]
    public async Task The_block_list_is_asked_for_the_host_of_the_key_and_of_the_actor(string blocked)
    {
        using var sam = new StandIn(fediverse, "second.test", "sam");
        await alice.Database.Write(c => DomainBlockStore.Add(c, blocked, fediverse.Time.GetUtcNow()));
        using var response = await sam.Send(alice, $$"""{"id":"{{rae.Actor}}/c","type":"Create","actor":"{{rae.Actor}}","object":{"id":"{{rae.Actor}}/n","type":"Note"} }""");
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Empty(fediverse.Requests);
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
            using var response = await rae.Send(alice, $$"""{"id":"{{actor}}#{{type}}","type":"{{type}}","actor":"{{actor}}","object":"{{actor}}"}""", r => r.Headers.Remove("Signature"));
            Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        }
        Assert.Empty(fediverse.Requests);
        Assert.Equal(0, alice.Database.Read(InboxQueue.Count));
        Assert.Empty(alice.Database.Read(c => VerdictStore.Latest(c, 5)));
    }

    [Fact]
    [Trait("Wire", "043")]
    public async Task An_account_whose_document_is_gone_is_gone_here_too()
    {
        await Like();
        rae.Serve(rae.Actor, "{}", HttpStatusCode.Gone);
        await alice.Get<Calf.Federation.RemoteAccounts>().Fetch(rae.Actor, TestContext.Current.CancellationToken);
        Assert.NotNull(alice.Database.Read(c => AccountStore.FindByUri(c, rae.Actor))!.GoneAt);
    }

    private async Task<HttpStatusCode> Like()
    {
        using var response = await rae.Send(alice, Body());
        return response.StatusCode;
    }

    private string Body() => $$"""{"id":"{{rae.Actor}}/l{{sent++}}","type":"Like","actor":"{{rae.Actor}}","object":"https://alice.test/x"}""";

    private string Key(string id, string owner, string actor) =>
        $$"""{"id":"{{id}}","type":"Key","{{owner}}":"{{actor}}","publicKeyPem":{{JsonSerializer.Serialize(rae.PublicPem, TestJson.Default.String)}}}""";

    /// <summary>The actor with something else as its <c>publicKey</c>.</summary>
    private static string WithKey(string actor, string key)
    {
        var json = System.Text.Json.Nodes.JsonNode.Parse(actor)!;
        json["publicKey"] = System.Text.Json.Nodes.JsonNode.Parse(key);
        return json.ToJsonString();
    }
}
