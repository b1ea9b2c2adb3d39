using System.Net;
using Calf.Accounts;
using Calf.Federation.Inbox;
using Calf.Moderation;
using Calf.Statuses;
using Calf.Tests.Support;

namespace Calf.Tests.Federation;

/// <summary>What the ladder answers, rung by rung, and what it leaves behind.</summary>
public sealed class InboxLadderTests : IAsyncLifetime
{
    private readonly Fediverse fediverse = new();
    private CalfServer alice = null!;
    private StandIn rae = null!;

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

    [Fact]
    public async Task Wire_030_A_signed_activity_is_accepted_before_it_is_applied()
    {
        using var response = await rae.Send(alice, Follow(1));
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal(1, alice.Database.Read(InboxQueue.Count));
    }

    [Fact]
    public async Task Wire_090_The_same_id_a_second_time_is_accepted_and_does_nothing()
    {
        await rae.SendAndSettle(alice, Follow(1));
        var requests = fediverse.Requests.Count;
        Assert.Equal(HttpStatusCode.Accepted, await rae.SendAndSettle(alice, Follow(1)));
        Assert.Equal(requests, fediverse.Requests.Count);
    }

    [Theory]
    [InlineData("not json", 400)]
    [InlineData("[]", 400)]
    [InlineData("""{"type":"Follow","actor":"https://remote.test/users/rae"}""", 400)]
    [InlineData("""{"id":"https://other.test/1","type":"Follow","actor":"https://remote.test/users/rae"}""", 400)]
    public async Task What_is_no_activity_is_400_with_a_verdict(string body, int status)
    {
        using var response = await rae.Send(alice, body);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(status, Assert.Single(alice.Database.Read(c => VerdictStore.Latest(c, 10))).Status);
        Assert.Equal(0, alice.Database.Read(InboxQueue.Count));
    }

    [Fact]
    public async Task A_changed_body_is_401()
    {
        using var response = await rae.Send(alice, Follow(1), r => r.Content = new ByteArrayContent(System.Text.Encoding.UTF8.GetBytes(Follow(2))));
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Contains("Digest", Assert.Single(alice.Database.Read(c => VerdictStore.Latest(c, 10))).Reason);
    }

    [Fact]
    public async Task An_unsigned_activity_is_401_with_a_verdict()
    {
        using var response = await rae.Send(alice, Follow(1), r => r.Headers.Remove("Signature"));
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Contains("not signed", Assert.Single(alice.Database.Read(c => VerdictStore.Latest(c, 10))).Reason);
        Assert.Equal(0, alice.Database.Read(InboxQueue.Count));
    }

    [Fact]
    public async Task A_body_over_the_limit_is_413()
    {
        using var response = await rae.Send(alice, new byte[alice.Get<Settings>().Limits.InboxBytes + 1]);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Fact]
    public async Task Wire_029_A_blocked_domain_is_403_before_its_key_is_fetched()
    {
        await alice.Database.Write(c => DomainBlockStore.Add(c, "remote.test", fediverse.Time.GetUtcNow()));
        using var response = await rae.Send(alice, Follow(1));
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.DoesNotContain(fediverse.Requests, r => r.Contains("remote.test", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Wire_031_An_unknown_account_that_deletes_itself_costs_no_fetch()
    {
        using var response = await rae.Send(alice, $$"""{"id":"{{rae.Actor}}#delete","type":"Delete","actor":"{{rae.Actor}}","object":"{{rae.Actor}}"}""");
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Empty(fediverse.Requests);
        Assert.Equal(0, alice.Database.Read(InboxQueue.Count));
    }

    [Fact]
    public async Task Wire_032_A_known_account_whose_key_is_gone_deletes_itself()
    {
        await rae.SendAndSettle(alice, Follow(1));
        Assert.Equal(1, alice.Database.Read(AccountStore.Owner)!.FollowersCount);
        rae.Serve(rae.Actor, "", HttpStatusCode.Gone);
        fediverse.Time.Advance(TimeSpan.FromMinutes(6));
        // Another key signs, so the known one cannot verify and has to be fetched again.
        using var other = new StandIn(fediverse, "second.test", "sam");
        rae.Serve(rae.Actor, "", HttpStatusCode.Gone);
        using var response = await other.Send(alice, $$"""{"id":"{{rae.Actor}}#delete","type":"Delete","actor":"{{rae.Actor}}","object":"{{rae.Actor}}"}""",
            r => r.Headers.TryAddWithoutValidation("Signature", Forge(r, rae.Actor)));
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Null(alice.Database.Read(c => AccountStore.FindByUri(c, rae.Actor)));
    }

    [Fact]
    public async Task Wire_032_A_dead_key_of_somebody_else_deletes_nobody()
    {
        await rae.SendAndSettle(alice, Follow(1));
        using var sam = new StandIn(fediverse, "second.test", "sam");
        sam.Serve(sam.Actor, "", HttpStatusCode.Gone);
        using var response = await sam.Send(alice, $$"""{"id":"{{rae.Actor}}#delete","type":"Delete","actor":"{{rae.Actor}}","object":"{{rae.Actor}}"}""");
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.NotNull(alice.Database.Read(c => AccountStore.FindByUri(c, rae.Actor)));
        Assert.Equal(1, alice.Database.Read(AccountStore.Owner)!.FollowersCount);
    }

    [Fact]
    public async Task Wire_030_A_key_that_cannot_be_fetched_now_is_503()
    {
        rae.Serve(rae.Actor, "", HttpStatusCode.InternalServerError);
        using var response = await rae.Send(alice, Follow(1));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
    }

    [Fact]
    public async Task Wire_026_A_key_that_its_owner_does_not_list_is_401()
    {
        rae.Serve(rae.Actor, $$"""{"id":"{{rae.Actor}}","type":"Person","preferredUsername":"rae","inbox":"{{rae.Actor}}/inbox"}""");
        using var response = await rae.Send(alice, Follow(1));
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Contains("does not list", Assert.Single(alice.Database.Read(c => VerdictStore.Latest(c, 10))).Reason);
    }

    [Fact]
    public async Task Wire_028_A_follow_signed_by_somebody_else_is_401()
    {
        using var sam = new StandIn(fediverse, "second.test", "sam");
        using var response = await sam.Send(alice, Follow(1));
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Null(alice.Database.Read(c => AccountStore.FindByUri(c, rae.Actor)));
    }

    [Fact]
    public async Task Wire_109_A_forwarded_reply_counts_only_as_its_origin_shows_it()
    {
        var post = await alice.Get<Calf.Federation.Outbox.Posting>().Post(new("ask me", Visibility.Public));
        using var sam = new StandIn(fediverse, "second.test", "sam");
        var note = $"{rae.Actor}/notes/1";
        string Note(string text) => $$"""{"id":"{{note}}","type":"Note","attributedTo":"{{rae.Actor}}","content":"{{text}}","inReplyTo":"{{post.Uri}}","to":["https://www.w3.org/ns/activitystreams#Public"]}""";
        rae.Serve(note, Note("true"));
        await sam.SendAndSettle(alice, $$"""{"id":"{{note}}/create","type":"Create","actor":"{{rae.Actor}}","object":{{Note("forged")}}}""");
        Assert.Equal("true", alice.Database.Read(c => StatusStore.FindByUri(c, note))!.Content);
    }

    [Fact]
    public async Task Wire_109_A_forwarded_delete_of_a_living_post_does_nothing()
    {
        var note = $"{rae.Actor}/notes/1";
        var json = $$"""{"id":"{{note}}","type":"Note","attributedTo":"{{rae.Actor}}","content":"alive","to":["https://www.w3.org/ns/activitystreams#Public","{{alice.Owner.Uri}}"]}""";
        rae.Serve(note, json);
        await rae.SendAndSettle(alice, $$"""{"id":"{{note}}/create","type":"Create","actor":"{{rae.Actor}}","object":{{json}}}""");
        using var sam = new StandIn(fediverse, "second.test", "sam");
        await sam.SendAndSettle(alice, $$"""{"id":"{{note}}/delete","type":"Delete","actor":"{{rae.Actor}}","object":"{{note}}"}""");
        Assert.NotNull(alice.Database.Read(c => StatusStore.FindByUri(c, note)));
    }

    private string Follow(int n) => $$"""{"id":"{{rae.Actor}}/follows/{{n}}","type":"Follow","actor":"{{rae.Actor}}","object":"{{alice.Owner.Uri}}"}""";

    /// <summary>The same signature under another key's name.</summary>
    private static string Forge(HttpRequestMessage request, string actor)
    {
        var signature = string.Join(',', request.Headers.GetValues("Signature"));
        request.Headers.Remove("Signature");
        return System.Text.RegularExpressions.Regex.Replace(signature, "keyId=\"[^\"]*\"", $"keyId=\"{actor}#main-key\"");
    }
}
