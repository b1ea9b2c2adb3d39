using System.Net;
using System.Text;
using Calf.Federation.Outbox;
using Calf.Statuses;
using Calf.Tests.Support;

namespace Calf.Tests.Federation;

/// <summary>Replies that are addressed to the owner's followers reach them through the owner's server.</summary>
public sealed class InboxForwardingTests : IAsyncLifetime
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
        foreach (var follower in new[] { rae, sam })
            await follower.SendAndSettle(alice, $$"""{"id":"{{follower.Actor}}/f","type":"Follow","actor":"{{follower.Actor}}","object":"{{alice.Owner.Uri}}"}""");
        post = await alice.Get<Posting>().Post(new("ask me", Visibility.Public));
        await fediverse.Settle();
        Forget();
    }

    public async ValueTask DisposeAsync()
    {
        rae.Dispose();
        sam.Dispose();
        await fediverse.DisposeAsync();
    }

    [Fact]
    public async Task A_reply_to_the_followers_is_passed_on_byte_for_byte_once_and_never_back()
    {
        var reply = rae.Prove(Create("n1", post.Uri)).Replace(",\"type\"", " , \"type\"", StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Accepted, await rae.SendAndSettle(alice, reply));
        Assert.Equal(reply, Encoding.UTF8.GetString(Assert.Single(sam.Bodies)));
        Assert.Contains($"keyId=\"{alice.Owner.Uri}#main-key\"", string.Join(',', sam.Requests[0].Headers.GetValues("Signature")));
        Assert.Empty(rae.Bodies);

        await rae.SendAndSettle(alice, reply);
        await rae.SendAndSettle(alice, rae.Prove(Create("n1", post.Uri, "again")));
        Assert.Single(sam.Bodies);
    }

    [Fact]
    public async Task A_linked_data_signature_is_for_others_to_verify()
    {
        await rae.SendAndSettle(alice, Create("n1", post.Uri)[..^1] + ""","signature":{"type":"RsaSignature2017"}}""");
        Assert.Single(sam.Bodies);
    }

    [Fact]
    public async Task Edits_and_deletions_of_what_was_passed_on_are_passed_on_too()
    {
        await rae.SendAndSettle(alice, rae.Prove(Create("n1", post.Uri)));
        await rae.SendAndSettle(alice, rae.Prove(Create("n1", post.Uri, "u1").Replace("Create", "Update", StringComparison.Ordinal).Replace("\"content\"", "\"updated\":\"2026-11-01T12:30:00Z\",\"content\"", StringComparison.Ordinal)));
        await rae.SendAndSettle(alice, rae.Prove(Delete("n1")));
        Assert.Equal(["Create", "Update", "Delete"], sam.Received.Select(a => a.GetProperty("type").GetString()));
        Assert.Empty(rae.Bodies);
    }

    [Fact]
    public async Task A_follower_that_is_a_calf_takes_it_by_its_proof()
    {
        var bob = await fediverse.Join("bob.test");
        await fediverse.Follow(bob, alice);
        var another = await alice.Get<Posting>().Post(new("and me", Visibility.Public));
        await fediverse.Settle();
        var before = fediverse.Requests.Count;
        await rae.SendAndSettle(alice, rae.Prove(Create("n1", another.Uri)));
        Assert.Equal("an answer", bob.Database.Read(c => StatusStore.FindByUri(c, $"{rae.Actor}/n1"))!.Content);
        Assert.DoesNotContain(fediverse.Requests.Skip(before), r => r.EndsWith("/n1", StringComparison.Ordinal));
        await rae.SendAndSettle(alice, rae.Prove(Delete("n1")));
        Assert.Null(bob.Database.Read(c => StatusStore.FindByUri(c, $"{rae.Actor}/n1")));
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
        var reply = Create("n1", post.Uri);
        reply = kind switch
        {
            "without a proof" => reply,
            "with a proof that does not hold" => rae.Prove(reply).Replace("an answer", "another", StringComparison.Ordinal),
            "not to the followers" => rae.Prove(reply.Replace($"\"{alice.Owner.Uri}/followers\",", "", StringComparison.Ordinal)),
            "to another post" => rae.Prove(Create("n1", $"{rae.Actor}/n0")),
            "to a post that is not there" => rae.Prove(Create("n1", $"{alice.Owner.Uri}/statuses/77")),
            _ => reply,
        };
        await (kind == "brought by somebody else" ? sam : rae).SendAndSettle(alice, reply);
        Assert.Empty(sam.Bodies);
        Assert.Empty(rae.Bodies);
        await rae.SendAndSettle(alice, rae.Prove(Delete("n1")));
        Assert.Empty(sam.Bodies);
    }

    private void Forget()
    {
        foreach (var server in new[] { rae, sam })
        {
            server.Bodies.Clear();
            server.Received.Clear();
            server.Requests.Clear();
        }
    }

    private string Create(string id, string answered, string activity = "c1") => $$"""
        {"@context":["https://www.w3.org/ns/activitystreams","https://w3id.org/security/data-integrity/v1"],"id":"{{rae.Actor}}/{{activity}}","type":"Create","actor":"{{rae.Actor}}","to":["https://www.w3.org/ns/activitystreams#Public"],
         "object":{"id":"{{rae.Actor}}/{{id}}","type":"Note","attributedTo":"{{rae.Actor}}","inReplyTo":"{{answered}}","content":"an answer",
         "to":["https://www.w3.org/ns/activitystreams#Public"],"cc":["{{alice.Owner.Uri}}/followers","{{alice.Owner.Uri}}"]} }
        """;

    private string Delete(string id) => $$"""
        {"@context":["https://www.w3.org/ns/activitystreams","https://w3id.org/security/data-integrity/v1"],"id":"{{rae.Actor}}/d1","type":"Delete","actor":"{{rae.Actor}}","object":"{{rae.Actor}}/{{id}}"}
        """;
}
