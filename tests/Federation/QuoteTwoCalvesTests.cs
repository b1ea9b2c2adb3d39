using System.Net;
using Calf.Federation;
using Calf.Federation.Outbox;
using Calf.Mastodon.Entities;
using Calf.Notifications;
using Calf.Statuses;
using Calf.Store;
using Calf.Tests.Support;

namespace Calf.Tests.Federation;

/// <summary>Bob quotes Alice; Carol, who follows Bob, sees what holds. All three are Calfs.</summary>
public sealed class QuoteTwoCalvesTests : IAsyncLifetime
{
    private readonly Fediverse fediverse = new();
    private CalfServer alice = null!;
    private CalfServer bob = null!;
    private CalfServer carol = null!;

    public async ValueTask InitializeAsync()
    {
        alice = await fediverse.Join("alice.test");
        bob = await fediverse.Join("bob.test");
        carol = await fediverse.Join("carol.test");
        await fediverse.Follow(carol, bob);
    }

    public ValueTask DisposeAsync() => fediverse.DisposeAsync();

    [Fact]
    [Trait("Wire", "106")]
    public async Task A_quote_is_allowed_at_once_and_everybody_sees_it()
    {
        var (post, quote) = await Quote(QuotePolicy.Public);
        Assert.Equal("accepted", State(bob, quote.Uri));
        Assert.Equal("accepted", State(alice, quote.Uri));
        Assert.Equal("accepted", State(carol, quote.Uri));
        Assert.Equal([NotificationTypes.Quote], Told(alice));
        Assert.Empty(Told(bob));
        Assert.Equal(1, Shown(alice, post.Uri).QuotesCount);
        Assert.Equal(1, Shown(carol, post.Uri).QuotesCount);
        // It is no edit, and nobody is told of one.
        Assert.Null(Find(carol, quote.Uri)!.EditedAt);
        var shown = Assert.IsType<WholeQuoteEntity>(Shown(carol, quote.Uri).Quote);
        Assert.Equal("<p>the original</p>", shown.QuotedStatus!.Content);
        Assert.Contains($"<p class=\"quote-inline\">RE: <a href=\"{post.Url}\"", Shown(carol, quote.Uri).Content);
    }

    [Theory]
    [Trait("Wire", "106")]
    [InlineData(QuotePolicy.Nobody, false)]
    [InlineData(QuotePolicy.Followers, false)]
    [InlineData(QuotePolicy.Followers, true)]
    public async Task The_policy_answers_requests_whatever_the_asker_believes(QuotePolicy policy, bool follows)
    {
        if (follows) await fediverse.Follow(bob, alice);
        var post = await Post(alice, "the original", policy);
        var known = (await bob.Get<RemoteStatuses>().Fetch(post.Uri, CancellationToken.None)).Status!;
        // Bob's own server would not even ask; one that does gets the same answer.
        await bob.Database.Write(c => InteractionPolicyStore.Save(c, known.Id, new InteractionPolicy(new SubPolicy(PolicyGroups.Everybody, PolicyGroups.Nobody))));
        var quote = await Quote(bob, known);
        Assert.Equal(follows ? "accepted" : "rejected", State(bob, quote.Uri));
        Assert.Equal(follows ? "accepted" : "pending", State(carol, quote.Uri));
        Assert.Equal(follows ? 1 : 0, Told(alice).Count(t => t == NotificationTypes.Quote));
        if (!follows) Assert.Null(Find(alice, quote.Uri));
    }

    [Fact]
    [Trait("Wire", "107")]
    public async Task What_its_author_does_not_allow_is_refused_beforehand()
    {
        var post = await Post(alice, "mine", QuotePolicy.Nobody);
        var known = (await bob.Get<RemoteStatuses>().Fetch(post.Uri, CancellationToken.None)).Status!;
        var before = fediverse.Requests.Count;
        var refusal = await Assert.ThrowsAsync<ActionException>(() => Quote(bob, known));
        Assert.Equal(404, refusal.Status);
        Assert.Equal(before, fediverse.Requests.Count);
        Assert.Equal("denied", Shown(bob, post.Uri).QuoteApproval.CurrentUser);

        await alice.Get<Quoting>().ChangePolicy(post.Id, QuotePolicy.Public);
        await fediverse.Settle();
        Assert.Equal(["public"], Shown(alice, post.Uri).QuoteApproval.Automatic);
    }

    [Fact]
    [Trait("Wire", "106")]
    public async Task A_consent_that_is_taken_back_takes_the_post_out_of_the_quote_everywhere()
    {
        var (post, quote) = await Quote(QuotePolicy.Public);
        var stamp = Row(alice, quote.Uri)!.StampUri!;
        Assert.Equal(HttpStatusCode.OK, await Status(stamp));
        Assert.Equal(stamp, Row(carol, quote.Uri)!.StampUri);

        await alice.Get<Quoting>().Revoke(post.Id, Find(alice, quote.Uri)!.Id);
        Assert.Equal(HttpStatusCode.Gone, await Status(stamp));
        await fediverse.Settle();
        Assert.Equal("revoked", State(alice, quote.Uri));
        Assert.Equal("revoked", State(bob, quote.Uri));
        Assert.NotEqual("accepted", State(carol, quote.Uri));
        Assert.Null(Assert.IsType<WholeQuoteEntity>(Shown(carol, quote.Uri).Quote).QuotedStatus);
        Assert.Equal(0, Shown(alice, post.Uri).QuotesCount);
    }

    [Fact]
    public async Task Who_was_blocked_has_no_consent_any_more()
    {
        var (_, quote) = await Quote(QuotePolicy.Public);
        var stamp = Row(alice, quote.Uri)!.StampUri!;
        await alice.Get<Blocking>().Block(Find(alice, quote.Uri)!.AccountId);
        Assert.Equal(HttpStatusCode.NotFound, await Status(stamp));
    }

    [Fact]
    public async Task A_quoter_is_told_of_edits()
    {
        var (post, quote) = await Quote(QuotePolicy.Public);
        await fediverse.Follow(bob, alice);
        fediverse.Time.Advance(TimeSpan.FromMinutes(1));
        await alice.Get<Editing>().Edit(post.Id, new StatusChange("changed"));
        await fediverse.Settle();
        var told = Assert.Single(bob.Database.Read(c => NotificationStore.All(c, new NotificationFilter([NotificationTypes.QuotedUpdate], []), new Paging(10))));
        Assert.Equal(quote.Id, told.StatusId);
        Assert.Equal("accepted", State(bob, quote.Uri));
    }

    [Fact]
    [Trait("Wire", "105")]
    public async Task An_edited_quote_keeps_what_it_quotes()
    {
        var (post, quote) = await Quote(QuotePolicy.Public);
        fediverse.Time.Advance(TimeSpan.FromMinutes(1));
        await bob.Get<Editing>().Edit(quote.Id, new StatusChange("look again"));
        await fediverse.Settle();
        Assert.Contains(post.Url, Find(carol, quote.Uri)!.Content);
        Assert.Contains("look again", Find(alice, quote.Uri)!.Content);
        Assert.Equal("accepted", State(alice, quote.Uri));
        Assert.Equal("accepted", State(carol, quote.Uri));
    }

    [Fact]
    public async Task The_owner_quotes_themselves_without_asking()
    {
        var first = await Post(bob, "first", QuotePolicy.Nobody);
        var quote = await Quote(bob, first);
        Assert.Equal("accepted", State(bob, quote.Uri));
        Assert.Equal("accepted", State(carol, quote.Uri));
        Assert.DoesNotContain(fediverse.Requests, r => r.Contains("quote_authorizations", StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Wire", "117")]
    public async Task A_post_for_followers_is_quoted_by_its_author_for_followers_and_by_nobody_else()
    {
        await fediverse.Follow(bob, alice);
        var secret = await alice.Get<Posting>().Post(new NewStatus("secret", Visibility.Private, QuotePolicy: QuotePolicy.Public));
        await fediverse.Settle();
        var known = Find(bob, secret.Uri)!;
        Assert.Equal("denied", Shown(bob, secret.Uri).QuoteApproval.CurrentUser);
        await Assert.ThrowsAsync<ActionException>(() => Quote(bob, known));

        var own = await Quote(alice, secret);
        Assert.Equal(Visibility.Private, Find(alice, own.Uri)!.Visibility);
    }

    private async Task<(Status Post, Status Quote)> Quote(QuotePolicy policy)
    {
        var post = await Post(alice, "the original", policy);
        return (post, await Quote(bob, (await bob.Get<RemoteStatuses>().Fetch(post.Uri, CancellationToken.None)).Status!));
    }

    private async Task<Status> Quote(CalfServer who, Status quoted)
    {
        var quote = await who.Get<Posting>().Post(new NewStatus("look", Visibility.Public, QuotedStatusId: quoted.Id));
        await fediverse.Settle();
        return quote;
    }

    private static Task<Status> Post(CalfServer who, string text, QuotePolicy policy) =>
        who.Get<Posting>().Post(new NewStatus(text, Visibility.Public, QuotePolicy: policy));

    private async Task<HttpStatusCode> Status(string stamp)
    {
        using var client = alice.Client();
        using var response = await client.GetAsync(new Uri(stamp));
        return response.StatusCode;
    }

    private static Status? Find(CalfServer who, string uri) => who.Database.Read(c => StatusStore.FindByUri(c, uri));

    private static Quote? Row(CalfServer who, string uri) => who.Database.Read(c => QuoteStore.Find(c, StatusStore.FindByUri(c, uri)!.Id));

    private static StatusEntity Shown(CalfServer who, string uri) =>
        who.Database.Read(c => who.Get<StatusRendering>().Render(c, StatusStore.FindByUri(c, uri)!, byOwner: true));

    private static string? State(CalfServer who, string uri) => Shown(who, uri).Quote?.State;

    private static List<string> Told(CalfServer who) => who.Database.Read(c => NotificationStore.All(c, NotificationFilter.All, new Paging(40)))
        .Select(n => n.Type).Where(t => t != NotificationTypes.Follow).ToList();
}
