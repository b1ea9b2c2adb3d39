using System.Net;
using Calf.Accounts;
using Calf.Federation.Inbox;
using Calf.Moderation;
using Calf.Statuses;
using Calf.Tests.Support;

namespace Calf.Tests.Federation;

/// <summary>What the ladder answers, rung by rung, and what it leaves behind.</summary>
public sealed class InboxLadderTests : RemoteWorld
{
    [Fact]
    [Trait("Wire", "030")]
    public async Task A_signed_activity_is_accepted_before_it_is_applied()
    {
        using var response = await Rae.Send(Alice, Follow(1));
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal(1, Alice.Database.Read(InboxQueue.Count));
    }

    [Fact]
    [Trait("Wire", "090")]
    public async Task The_same_id_a_second_time_is_accepted_and_does_nothing()
    {
        await Rae.SendAndSettle(Alice, Follow(1));
        var requests = Fediverse.Requests.Count;
        Assert.Equal(HttpStatusCode.Accepted, await Rae.SendAndSettle(Alice, Follow(1)));
        Assert.Equal(requests, Fediverse.Requests.Count);
    }

    [Theory]
    [InlineData("not json", 400)]
    [InlineData("[]", 400)]
    [InlineData("""{"type":"Follow","actor":"https://remote.test/users/rae"}""", 400)]
    [InlineData("""{"id":"https://other.test/1","type":"Follow","actor":"https://remote.test/users/rae"}""", 400)]
    [Trait("Wire", "030")]
    public async Task What_is_no_activity_is_400_with_a_verdict(string body, int status)
    {
        using var response = await Rae.Send(Alice, body);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(status, Assert.Single(Verdicts()).Status);
        Assert.Equal(0, Alice.Database.Read(InboxQueue.Count));
    }

    [Fact]
    [Trait("Wire", "030")]
    public async Task A_changed_body_is_401()
    {
        using var response = await Rae.Send(Alice, Follow(1), r => r.Content = new ByteArrayContent(System.Text.Encoding.UTF8.GetBytes(Follow(2))));
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Contains("Digest", Assert.Single(Verdicts()).Reason);
    }

    [Fact]
    [Trait("Wire", "030")]
    public async Task An_unsigned_activity_is_401_with_a_verdict()
    {
        using var response = await Rae.Send(Alice, Follow(1), r => r.Headers.Remove("Signature"));
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Contains("not signed", Assert.Single(Verdicts()).Reason);
        Assert.Equal(0, Alice.Database.Read(InboxQueue.Count));
    }

    [Fact]
    [Trait("Wire", "030")]
    public async Task A_body_over_the_limit_is_413()
    {
        using var response = await Rae.Send(Alice, new byte[Alice.Get<Settings>().Limits.InboxBytes + 1]);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Fact]
    [Trait("Wire", "029")]
    [Trait("Wire", "030")]
    public async Task A_blocked_domain_is_403_before_its_key_is_fetched()
    {
        await Alice.Database.Write(c => DomainBlockStore.Add(c, "remote.test", Fediverse.Time.GetUtcNow()));
        using var response = await Rae.Send(Alice, Follow(1));
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.DoesNotContain(Fediverse.Requests, r => r.Contains("remote.test", StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Wire", "031")]
    public async Task An_unknown_account_that_deletes_itself_costs_no_fetch()
    {
        using var response = await Rae.Send(Alice, $$"""{"id":"{{Rae.Actor}}#delete","type":"Delete","actor":"{{Rae.Actor}}","object":"{{Rae.Actor}}"}""");
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Empty(Fediverse.Requests);
        Assert.Equal(0, Alice.Database.Read(InboxQueue.Count));
    }

    [Fact]
    [Trait("Wire", "032")]
    public async Task A_known_account_whose_key_is_gone_deletes_itself()
    {
        await Rae.SendAndSettle(Alice, Follow(1));
        Assert.Equal(1, Alice.Database.Read(AccountStore.Owner)!.FollowersCount);
        Rae.Serve(Rae.Actor, "", HttpStatusCode.Gone);
        Fediverse.Time.Advance(TimeSpan.FromMinutes(6));
        // Another key signs, so the known one cannot verify and has to be fetched again.
        using var other = new StandIn(Fediverse, "second.test", "sam");
        Rae.Serve(Rae.Actor, "", HttpStatusCode.Gone);
        using var response = await other.Send(Alice, $$"""{"id":"{{Rae.Actor}}#delete","type":"Delete","actor":"{{Rae.Actor}}","object":"{{Rae.Actor}}"}""",
            r => r.Headers.TryAddWithoutValidation("Signature", Forge(r, Rae.Actor)));
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Null(Alice.Database.Read(c => AccountStore.FindByUri(c, Rae.Actor)));
    }

    [Fact]
    [Trait("Wire", "032")]
    public async Task A_dead_key_of_somebody_else_deletes_nobody()
    {
        await Rae.SendAndSettle(Alice, Follow(1));
        using var sam = new StandIn(Fediverse, "second.test", "sam");
        sam.Serve(sam.Actor, "", HttpStatusCode.Gone);
        using var response = await sam.Send(Alice, $$"""{"id":"{{Rae.Actor}}#delete","type":"Delete","actor":"{{Rae.Actor}}","object":"{{Rae.Actor}}"}""");
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.NotNull(Alice.Database.Read(c => AccountStore.FindByUri(c, Rae.Actor)));
        Assert.Equal(1, Alice.Database.Read(AccountStore.Owner)!.FollowersCount);
    }

    [Fact]
    [Trait("Wire", "030")]
    public async Task A_key_that_cannot_be_fetched_now_is_503()
    {
        Rae.Serve(Rae.Actor, "", HttpStatusCode.InternalServerError);
        using var response = await Rae.Send(Alice, Follow(1));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
    }

    [Fact]
    [Trait("Wire", "026")]
    public async Task A_key_that_its_owner_does_not_list_is_401()
    {
        Rae.Serve(Rae.Actor, $$"""{"id":"{{Rae.Actor}}","type":"Person","preferredUsername":"rae","inbox":"{{Rae.Actor}}/inbox"}""");
        using var response = await Rae.Send(Alice, Follow(1));
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Contains("does not list", Assert.Single(Verdicts()).Reason);
    }

    [Fact]
    [Trait("Wire", "028")]
    public async Task A_follow_signed_by_somebody_else_is_401()
    {
        using var sam = new StandIn(Fediverse, "second.test", "sam");
        using var response = await sam.Send(Alice, Follow(1));
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Null(Alice.Database.Read(c => AccountStore.FindByUri(c, Rae.Actor)));
    }

    [Fact]
    [Trait("Wire", "109")]
    public async Task A_forwarded_reply_counts_only_as_its_origin_shows_it()
    {
        var post = await Alice.Get<Calf.Federation.Outbox.Posting>().Post(new("ask me", Visibility.Public));
        using var sam = new StandIn(Fediverse, "second.test", "sam");
        var note = $"{Rae.Actor}/notes/1";
        string Note(string text) => $$"""{"id":"{{note}}","type":"Note","attributedTo":"{{Rae.Actor}}","content":"{{text}}","inReplyTo":"{{post.Uri}}","to":["https://www.w3.org/ns/activitystreams#Public"]}""";
        Rae.Serve(note, Note("true"));
        await sam.SendAndSettle(Alice, $$"""{"id":"{{note}}/create","type":"Create","actor":"{{Rae.Actor}}","object":{{Note("forged")}}}""");
        Assert.Equal("true", Find(note)!.Content);
    }

    [Fact]
    [Trait("Wire", "109")]
    public async Task A_forwarded_delete_of_a_living_post_does_nothing()
    {
        var note = $"{Rae.Actor}/notes/1";
        var json = $$"""{"id":"{{note}}","type":"Note","attributedTo":"{{Rae.Actor}}","content":"alive","to":["https://www.w3.org/ns/activitystreams#Public","{{Alice.Owner.Uri}}"]}""";
        Rae.Serve(note, json);
        await Rae.SendAndSettle(Alice, $$"""{"id":"{{note}}/create","type":"Create","actor":"{{Rae.Actor}}","object":{{json}}}""");
        using var sam = new StandIn(Fediverse, "second.test", "sam");
        await sam.SendAndSettle(Alice, $$"""{"id":"{{note}}/delete","type":"Delete","actor":"{{Rae.Actor}}","object":"{{note}}"}""");
        Assert.NotNull(Find(note));
    }

    private string Follow(int n) => $$"""{"id":"{{Rae.Actor}}/follows/{{n}}","type":"Follow","actor":"{{Rae.Actor}}","object":"{{Alice.Owner.Uri}}"}""";

    /// <summary>The same signature under another key's name.</summary>
    private static string Forge(HttpRequestMessage request, string actor)
    {
        var signature = string.Join(',', request.Headers.GetValues("Signature"));
        request.Headers.Remove("Signature");
        return System.Text.RegularExpressions.Regex.Replace(signature, "keyId=\"[^\"]*\"", $"keyId=\"{actor}#main-key\"");
    }
}
