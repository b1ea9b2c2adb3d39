using System.Net;
using System.Text.Json.Nodes;
using Calf.Accounts;
using Calf.Statuses;
using Calf.Tests.Support;

namespace Calf.Tests.Federation;

/// <summary>
/// Linked data signatures say something about a graph, and servers act on the text: what lies between was exploited again and again. So
/// they are not verified here, and a document is read as it is written. Sam brings what rae once signed, changed.
/// </summary>
[Trait("Wire", "116")]
public sealed class LinkedDataAdvisoryTests : AttackWorld
{
    private const string Signature = """
        "signature":{"type":"RsaSignature2017","creator":"https://remote.test/users/rae#main-key","created":"2026-11-01T12:00:00Z","signatureValue":"QUFBQQ=="}
        """;

    /// <summary>CVE-2022-24307 (Mastodon): terms could be redefined, so that what was verified was not what was read.</summary>
    [Theory]
    [InlineData("""{"actor":"https://example.org/ignored","as:actor":{"@id":"https://www.w3.org/ns/activitystreams#actor","@type":"@id"}}""")]
    [InlineData("""{"object":null,"target":"https://www.w3.org/ns/activitystreams#object"}""")]
    public async Task A_context_that_redefines_terms_changes_nothing_of_how_a_document_is_read(string terms)
    {
        await Refused($$"""{"@context":["https://www.w3.org/ns/activitystreams",{{terms}}],"id":"{{Rae.Actor}}/1","type":"Like","actor":"{{Rae.Actor}}","object":"{{OwnPost.Uri}}",{{Signature}}}""");
        Assert.DoesNotContain(Fediverse.Requests, r => r.Contains("remote.test", StringComparison.Ordinal));
        // With the full names of JSON-LD in place of the short ones it is no activity at all.
        using var expanded = await Sam.Send(Alice, $$"""{"@id":"{{Rae.Actor}}/1","@type":["https://www.w3.org/ns/activitystreams#Like"],"https://www.w3.org/ns/activitystreams#actor":[{"@id":"{{Rae.Actor}}"}],{{Signature}}}""");
        Assert.Equal(HttpStatusCode.BadRequest, expanded.StatusCode);
    }

    /// <summary>CVE-2026-46349 (Mastodon): a signed activity was put together in another way and did something else.</summary>
    [Fact]
    public async Task What_rae_undid_is_not_done_by_turning_it_round()
    {
        // Rae signed Undo(Like); the graph is the same when the Like stands outside and is said to be what the Undo is about.
        await Refused($$"""
            {"@context":"https://www.w3.org/ns/activitystreams","id":"{{Rae.Actor}}/1","type":"Like","actor":"{{Rae.Actor}}","object":"{{OwnPost.Uri}}",
             "@reverse":{"object":{"id":"{{Rae.Actor}}/2","type":"Undo","actor":"{{Rae.Actor}}"} },{{Signature}}}
            """);
        await Refused(Rae.Prove($$"""
            {"@context":"https://www.w3.org/ns/activitystreams","id":"{{Rae.Actor}}/2","type":"Undo","actor":"{{Rae.Actor}}","object":{"id":"{{Rae.Actor}}/1","type":"Like","object":"{{OwnPost.Uri}}"} }
            """).Replace("\"type\":\"Undo\"", "\"type\":\"Like\"", StringComparison.Ordinal));
    }

    /// <summary>CVE-2026-50128 (Mastodon): a property whose term was not defined rightly could be changed under a valid signature.</summary>
    [Theory]
    [InlineData("\"attributionDomains\":[\"rae.test\"]", "\"attributionDomains\":[\"evil.test\"]")]
    [InlineData("\"attributionDomains\":[\"rae.test\"]", "\"attributionDomains\":null")]
    [InlineData(",\"undefined\":1", "")]
    [InlineData(",\"undefined\":1", ",\"undefined\":1,\"more\":2")]
    public async Task Every_property_is_under_the_proof_whether_or_not_its_term_is_defined(string from, string to)
    {
        var like = Rae.Prove($$"""{"@context":"https://www.w3.org/ns/activitystreams","id":"{{Rae.Actor}}/1","type":"Like","actor":"{{Rae.Actor}}","object":"{{OwnPost.Uri}}","attributionDomains":["rae.test"],"undefined":1}""");
        Assert.Contains(from, like);
        await Refused(like.Replace(from, to, StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.Accepted, await Sam.SendAndSettle(Alice, like));
        Assert.Equal(1, Likes());
    }

    /// <summary>
    /// CVE-2026-42462 (Fedify, GHSA-9rfg-v8g9-9367): the signed activity was moved into <c>@graph</c>, <c>@included</c> or <c>@reverse</c> and what it
    /// was about to the top: the graph is the same, what is done is another thing. Rae undid a boost; Sam makes the boost of it.
    /// </summary>
    [Theory]
    [InlineData("@graph", false)]
    [InlineData("@included", false)]
    [InlineData("@reverse", false)]
    [InlineData("@graph", true)]
    [InlineData("@included", true)]
    [InlineData("@reverse", true)]
    public async Task An_activity_that_was_signed_around_another_does_not_sign_that_one(string place, bool proof)
    {
        await Follow(Rae);
        var boost = new JsonObject { ["id"] = $"{Rae.Actor}/b1", ["type"] = "Announce", ["actor"] = Rae.Actor, ["object"] = OwnPost.Uri };
        var undo = JsonNode.Parse(Rae.Prove($$"""{"@context":"https://www.w3.org/ns/activitystreams","id":"{{Rae.Actor}}/u1","type":"Undo","actor":"{{Rae.Actor}}","object":{{boost.ToJsonString()}},{{Signature}}}"""))!.AsObject();
        var turned = boost.DeepClone().AsObject();
        turned["@context"] = "https://www.w3.org/ns/activitystreams";
        foreach (var seal in proof ? new[] { "signature", "proof" } : ["signature"])
        {
            turned[seal] = undo[seal]!.DeepClone();
            undo.Remove(seal);
        }
        undo.Remove("proof");
        undo["object"] = $"{Rae.Actor}/b1";
        turned[place] = place == "@reverse" ? new JsonObject { ["object"] = undo.DeepClone() } : new JsonArray(undo.DeepClone());
        Assert.Equal(HttpStatusCode.Unauthorized, await Sam.SendAndSettle(Alice, turned.ToJsonString()));
        Assert.Equal(0, Alice.Database.Read(c => StatusStore.Find(c, OwnPost.Id))!.BoostsCount);
        Assert.Null(Find($"{Rae.Actor}/b1"));
    }

    /// <summary>The same advisory: what is not where one looks, in a graph beside the document, is not seen and not done.</summary>
    [Theory]
    [InlineData("@graph")]
    [InlineData("@included")]
    [InlineData("@nest")]
    public async Task What_hides_in_a_graph_is_not_looked_for(string place)
    {
        var inner = $$"""{"id":"{{Rae.Actor}}/1","type":"Like","actor":"{{Rae.Actor}}","object":"{{OwnPost.Uri}}"}""";
        using var alone = await Sam.Send(Alice, $$"""{"@context":"https://www.w3.org/ns/activitystreams","{{place}}":[{{inner}}],{{Signature}}}""");
        Assert.Equal(HttpStatusCode.BadRequest, alone.StatusCode);
        await Sam.SendAndSettle(Alice, $$"""{"@context":"https://www.w3.org/ns/activitystreams","id":"{{Sam.Actor}}/1","type":"Arrive","actor":"{{Sam.Actor}}","{{place}}":[{{inner}}],{{Signature}}}""");
        Assert.Equal(0, Likes());
        Assert.Null(Alice.Database.Read(c => AccountStore.FindByUri(c, Rae.Actor)));
    }

    private async Task Refused(string body)
    {
        Assert.Equal(HttpStatusCode.Unauthorized, await Sam.SendAndSettle(Alice, body));
        Assert.Equal(0, Likes());
    }
}
