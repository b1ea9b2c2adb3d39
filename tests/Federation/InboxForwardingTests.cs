using System.Net;
using System.Text;
using Calf.Federation.Outbox;
using Calf.Statuses;
using Calf.Tests.Support;

namespace Calf.Tests.Federation;

/// <summary>Replies that are addressed to the owner's followers reach them through the owner's server.</summary>
public sealed class InboxForwardingTests : AttackWorld
{
    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        foreach (var follower in new[] { Rae, Sam })
            await follower.SendAndSettle(Alice, $$"""{"id":"{{follower.Actor}}/f","type":"Follow","actor":"{{follower.Actor}}","object":"{{Alice.Owner.Uri}}"}""");
        Forget();
    }

    [Fact]
    public async Task A_reply_to_the_followers_is_passed_on_byte_for_byte_once_and_never_back()
    {
        var reply = Rae.Prove(Reply("n1", OwnPost.Uri)).Replace(",\"type\"", " , \"type\"", StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Accepted, await Rae.SendAndSettle(Alice, reply));
        Assert.Equal(reply, Encoding.UTF8.GetString(Assert.Single(Sam.Bodies)));
        Assert.Contains($"keyId=\"{Alice.Owner.Uri}#main-key\"", string.Join(',', Sam.Requests[0].Headers.GetValues("Signature")));
        Assert.Empty(Rae.Bodies);

        await Rae.SendAndSettle(Alice, reply);
        await Rae.SendAndSettle(Alice, Rae.Prove(Reply("n1", OwnPost.Uri, "again")));
        Assert.Single(Sam.Bodies);
    }

    [Fact]
    public async Task A_linked_data_signature_is_for_others_to_verify()
    {
        await Rae.SendAndSettle(Alice, Reply("n1", OwnPost.Uri)[..^1] + ""","signature":{"type":"RsaSignature2017"}}""");
        Assert.Single(Sam.Bodies);
    }

    [Fact]
    public async Task Edits_and_deletions_of_what_was_passed_on_are_passed_on_too()
    {
        await Rae.SendAndSettle(Alice, Rae.Prove(Reply("n1", OwnPost.Uri)));
        await Rae.SendAndSettle(Alice, Rae.Prove(Reply("n1", OwnPost.Uri, "u1").Replace("Create", "Update", StringComparison.Ordinal).Replace("\"content\"", "\"updated\":\"2026-11-01T12:30:00Z\",\"content\"", StringComparison.Ordinal)));
        await Rae.SendAndSettle(Alice, Rae.Prove(Delete("n1")));
        Assert.Equal(["Create", "Update", "Delete"], Sam.Received.Select(a => a.GetProperty("type").GetString()));
        Assert.Empty(Rae.Bodies);
    }

    [Fact]
    public async Task A_follower_that_is_a_calf_takes_it_by_its_proof()
    {
        var bob = await Fediverse.Join("bob.test");
        await Fediverse.Follow(bob, Alice);
        var another = await Alice.Get<Posting>().Post(new("and me", Visibility.Public));
        await Fediverse.Settle();
        var before = Fediverse.Requests.Count;
        await Rae.SendAndSettle(Alice, Rae.Prove(Reply("n1", another.Uri)));
        Assert.Equal("an answer", bob.Database.Read(c => StatusStore.FindByUri(c, $"{Rae.Actor}/n1"))!.Content);
        Assert.DoesNotContain(Fediverse.Requests.Skip(before), r => r.EndsWith("/n1", StringComparison.Ordinal));
        await Rae.SendAndSettle(Alice, Rae.Prove(Delete("n1")));
        Assert.Null(bob.Database.Read(c => StatusStore.FindByUri(c, $"{Rae.Actor}/n1")));
    }

    [Theory]
    [InlineData("without a proof")]
    [InlineData("with a proof that does not hold")]
    [InlineData("not to the followers")]
    [InlineData("to another post")]
    [InlineData("to a post that is not there")]
    [InlineData("brought by somebody else")]
    public async Task Other_replies_are_not_passed_on(string kind)
    {
        var reply = Reply("n1", OwnPost.Uri);
        reply = kind switch
        {
            "without a proof" => reply,
            "with a proof that does not hold" => Rae.Prove(reply).Replace("an answer", "another", StringComparison.Ordinal),
            "not to the followers" => Rae.Prove(reply.Replace($"\"{Alice.Owner.Uri}/followers\",", "", StringComparison.Ordinal)),
            "to another post" => Rae.Prove(Reply("n1", $"{Rae.Actor}/n0")),
            "to a post that is not there" => Rae.Prove(Reply("n1", $"{Alice.Owner.Uri}/statuses/77")),
            _ => reply,
        };
        await (kind == "brought by somebody else" ? Sam : Rae).SendAndSettle(Alice, reply);
        Assert.Empty(Sam.Bodies);
        Assert.Empty(Rae.Bodies);
        await Rae.SendAndSettle(Alice, Rae.Prove(Delete("n1")));
        Assert.Empty(Sam.Bodies);
    }

    private void Forget()
    {
        foreach (var server in new[] { Rae, Sam })
        {
            server.Bodies.Clear();
            server.Received.Clear();
            server.Requests.Clear();
        }
    }

    private string Reply(string id, string answered, string activity = "c1") => $$"""
        {"@context":["https://www.w3.org/ns/activitystreams","https://w3id.org/security/data-integrity/v1"],"id":"{{Rae.Actor}}/{{activity}}","type":"Create","actor":"{{Rae.Actor}}","to":["https://www.w3.org/ns/activitystreams#Public"],
         "object":{"id":"{{Rae.Actor}}/{{id}}","type":"Note","attributedTo":"{{Rae.Actor}}","inReplyTo":"{{answered}}","content":"an answer",
         "to":["https://www.w3.org/ns/activitystreams#Public"],"cc":["{{Alice.Owner.Uri}}/followers","{{Alice.Owner.Uri}}"]} }
        """;

    private string Delete(string id) => $$"""
        {"@context":["https://www.w3.org/ns/activitystreams","https://w3id.org/security/data-integrity/v1"],"id":"{{Rae.Actor}}/d1","type":"Delete","actor":"{{Rae.Actor}}","object":"{{Rae.Actor}}/{{id}}"}
        """;
}
