using System.Net;
using Calf.Federation;
using Calf.Federation.Inbox;
using Calf.Federation.Outbox;
using Calf.Mastodon.Entities;
using Calf.Tests.Support;

namespace Calf.Tests.Federation;

/// <summary>Quotes in posts of others: which are believed, and how they are shown.</summary>
public sealed class QuoteReadingTests : QuoteWorld
{
    [Fact]
    [Trait("Wire", "105")]
    [Trait("Wire", "106")]
    public async Task A_quote_with_its_authors_stamp_is_shown_with_the_quoted_post()
    {
        ServeStamp();
        await Publish(QuoteNote(Mastodon()));
        var shown = Assert.IsType<WholeQuoteEntity>(Shown().Quote);
        Assert.Equal("accepted", shown.State);
        Assert.Equal(Quoted, shown.QuotedStatus!.Uri);
        Assert.Equal("<p>the original</p>", shown.QuotedStatus.Content);
        Assert.Equal(1, shown.QuotedStatus.QuotesCount);
        Assert.Equal(Stamp, Row()!.StampUri);
        // What was fetched to be shown is nobody's news.
        Assert.Empty(Told());
        Assert.Equal([Find(Quoting)!.Id], Alice.Database.Read(c => Calf.Timelines.TimelineStore.Home(c, new Calf.Store.Paging(10))));
    }

    [Fact]
    [Trait("Wire", "105")]
    public async Task A_quote_without_a_stamp_waits_for_its_authors_consent()
    {
        await Publish(QuoteNote($",\"quote\":\"{Quoted}\""));
        var shown = Assert.IsType<WholeQuoteEntity>(Shown().Quote);
        Assert.Equal(("pending", null), (shown.State, shown.QuotedStatus));
        Assert.NotNull(Row()!.QuotedId);

        // Mastodon sends an Update once the quoted has agreed.
        ServeStamp();
        await Publish(QuoteNote(Mastodon()), "Update", "u1");
        Assert.Equal("accepted", Shown().Quote!.State);
        Assert.Null(Find(Quoting)!.EditedAt);
    }

    [Theory]
    [Trait("Wire", "105")]
    [InlineData(",\"quoteUri\":\"QUOTED\"")]
    [InlineData(",\"quoteUrl\":\"QUOTED\",\"_misskey_quote\":\"QUOTED\"")]
    [InlineData(",\"tag\":[{\"type\":\"Link\",\"mediaType\":\"application/ld+json; profile=\\\"https://www.w3.org/ns/activitystreams\\\"\",\"rel\":\"https://misskey-hub.net/ns#_misskey_quote\",\"href\":\"QUOTED\",\"name\":\"RE: QUOTED\"}]")]
    public async Task A_quote_that_asked_nobody_stays_a_link(string more)
    {
        await Publish(QuoteNote(more.Replace("QUOTED", Quoted, StringComparison.Ordinal)));
        Assert.Null(Shown().Quote);
        Assert.Contains($"<p class=\"quote-inline\">RE: <a href=\"{Quoted}\"", Shown().Content);
        Assert.True(Row()!.Legacy);
        Assert.DoesNotContain(Fediverse.Requests, r => r == $"GET {Quoted}");
    }

    [Theory]
    [Trait("Wire", "105")]
    [InlineData("quote")]
    [InlineData("_misskey_quote")]
    public async Task People_quote_themselves_without_asking(string spelling)
    {
        Rae.Serve($"{Rae.Actor}/n1", Note(Rae, "n1", "earlier"));
        await Publish(QuoteNote($",\"{spelling}\":\"{Rae.Actor}/n1\""));
        var shown = Assert.IsType<WholeQuoteEntity>(Shown().Quote);
        Assert.Equal(("accepted", "earlier"), (shown.State, shown.QuotedStatus!.Content));
    }

    [Theory]
    [Trait("Wire", "106")]
    [InlineData("target")]
    [InlineData("interacting")]
    [InlineData("author")]
    [InlineData("type")]
    [InlineData("missing")]
    [InlineData("gone")]
    [InlineData("host")]
    [InlineData("quoting host")]
    public async Task A_forged_stamp_proves_nothing(string what)
    {
        var stamp = Stamp;
        switch (what)
        {
            case "target": ServeStamp(target: $"{Sam.Actor}/other"); break;
            case "interacting": ServeStamp(interacting: $"{Rae.Actor}/other"); break;
            case "author": ServeStamp(by: $"https://{Sam.Domain}/users/else"); break;
            case "type": ServeStamp(type: "LikeAuthorization"); break;
            case "gone": ServeStamp(status: HttpStatusCode.Gone); break;
            case "host":
                using (var third = new StandIn(Fediverse, "third.test", "tom"))
                    stamp = $"{third.Actor}/stamp";
                break;
            case "quoting host":
                stamp = $"{Rae.Actor}/stamp";
                Rae.Serve(stamp, $$"""{"id":"{{stamp}}","type":"QuoteAuthorization","attributedTo":"{{Sam.Actor}}","interactingObject":"{{Quoting}}","interactionTarget":"{{Quoted}}"}""");
                break;
        }
        await Publish(QuoteNote(Mastodon(stamp)));
        var shown = Assert.IsType<WholeQuoteEntity>(Shown().Quote);
        Assert.Null(shown.QuotedStatus);
        Assert.Equal(what is "missing" or "gone" ? "rejected" : "pending", shown.State);
        Assert.Null(Row()!.StampUri);
        if (what.Contains("host", StringComparison.Ordinal)) Assert.DoesNotContain(Fediverse.Requests, r => r == $"GET {stamp}");
    }

    [Fact]
    [Trait("Wire", "106")]
    public async Task A_stamp_that_its_author_deletes_holds_no_longer()
    {
        ServeStamp();
        await Publish(QuoteNote(Mastodon()));
        using var mallory = new StandIn(Fediverse, "third.test", "mallory");
        await Send(mallory, "d0", "Delete", Quote(Stamp));
        Assert.Equal("accepted", Shown().Quote!.State);

        await Send(Sam, "d1", "Delete", Quote(Stamp));
        var shown = Assert.IsType<WholeQuoteEntity>(Shown().Quote);
        Assert.Equal(("revoked", null), (shown.State, shown.QuotedStatus));
        Assert.Equal(0, Shown(Quoted).QuotesCount);
    }

    [Fact]
    [Trait("Wire", "117")]
    public async Task A_quote_that_claims_anothers_stamp_first_does_not_stand_in_its_way()
    {
        // GHSA-q4g8-82c5-9h33: who knew of a quote could keep it from being taken, by naming its approval before it arrived.
        ServeStamp();
        using var mallory = new StandIn(Fediverse, "third.test", "mallory");
        await Follow(mallory);
        await Send(mallory, "c1", "Create", QuoteNote(Mastodon(), "q1", mallory));
        Assert.Equal("pending", Shown($"{mallory.Actor}/q1").Quote!.State);
        await Send(mallory, "d1", "Delete", Quote(Stamp));

        await Publish(QuoteNote(Mastodon()));
        Assert.Equal("accepted", Shown().Quote!.State);
        Assert.Equal("pending", Shown($"{mallory.Actor}/q1").Quote!.State);
    }

    [Fact]
    [Trait("Wire", "117")]
    public async Task Quoting_ones_own_boost_is_no_way_round_consent()
    {
        // GHSA-8h43-rcqj-wpc6: a boost is stored as a status of its booster's, who may quote themselves.
        var sam = await Alice.Get<RemoteStatuses>().Fetch(Quoted, CancellationToken.None);
        await Send("b1", "Announce", Quote(Quoted), $",\"to\":[\"{Public}\"]");
        var boost = Find($"{Rae.Actor}/b1")!;
        Assert.Equal(sam.Status!.Id, boost.BoostOfId);

        await Publish(QuoteNote($",\"quote\":\"{boost.Uri}\""));
        var shown = Assert.IsType<WholeQuoteEntity>(Shown().Quote);
        Assert.Equal(("pending", null), (shown.State, shown.QuotedStatus));
        Assert.Null(Row()!.QuotedId);
    }

    [Fact]
    public async Task A_quoted_post_that_is_deleted_leaves_a_word()
    {
        ServeStamp();
        await Publish(QuoteNote(Mastodon()));
        await Send(Sam, "d1", "Delete", Quote(Quoted));
        Assert.Equal("deleted", Shown().Quote!.State);

        await Publish(QuoteNote(",\"quote\":{\"type\":\"Tombstone\"}", "q2"), id: "c2");
        Assert.Equal("deleted", Shown($"{Rae.Actor}/q2").Quote!.State);
    }

    [Fact]
    public async Task Whom_the_owner_blocked_or_muted_is_marked_in_quotes()
    {
        ServeStamp();
        await Publish(QuoteNote(Mastodon()));
        var sam = Known(Sam).Id;
        await Alice.Get<Muting>().Mute(sam, notifications: false, null);
        Assert.Equal("muted_account", Shown().Quote!.State);
        Assert.Equal("accepted", Shown(byOwner: false).Quote!.State);

        await Alice.Get<Blocking>().Block(sam);
        var shown = Assert.IsType<WholeQuoteEntity>(Shown().Quote);
        Assert.Equal("blocked_account", shown.State);
        Assert.Equal(Quoted, shown.QuotedStatus!.Uri);

        await Alice.Get<Blocking>().Unblock(sam);
        await Send(Sam, "b1", "Block", Quote(Alice.Owner.Uri));
        shown = Assert.IsType<WholeQuoteEntity>(Shown().Quote);
        Assert.Equal(("unauthorized", null), (shown.State, shown.QuotedStatus));
    }

    [Fact]
    public async Task What_a_quoted_post_quotes_is_only_named_and_a_chain_ends()
    {
        for (var i = 0; i < 6; i++)
            Sam.Serve($"{Sam.Actor}/n{i}", QuoteNote($",\"quote\":\"{Sam.Actor}/n{i + 1}\"", $"n{i}", Sam));
        Sam.Serve(Stamp, $$"""{"id":"{{Stamp}}","type":"QuoteAuthorization","attributedTo":"{{Sam.Actor}}","interactingObject":"{{Quoting}}","interactionTarget":"{{Sam.Actor}}/n0"}""");
        await Publish(QuoteNote(Mastodon(quoted: $"{Sam.Actor}/n0")));

        var first = Assert.IsType<WholeQuoteEntity>(Shown().Quote).QuotedStatus!;
        var second = Assert.IsType<ShallowQuoteEntity>(first.Quote);
        Assert.Equal(("accepted", EntityText.Of(Find($"{Sam.Actor}/n1")!.Id)), (second.State, second.QuotedStatusId));
        Assert.Null(Find($"{Sam.Actor}/n{QuoteChecking.MaxDepth}"));
        Assert.DoesNotContain(Fediverse.Requests, r => r == $"GET {Sam.Actor}/n{QuoteChecking.MaxDepth}");
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_asked_again_and_holds_up_no_post()
    {
        ServeStamp(status: HttpStatusCode.ServiceUnavailable);
        await Publish(QuoteNote(Mastodon()));
        Assert.Equal("pending", Shown().Quote!.State);
        ServeStamp();
        await Fediverse.Settle();
        Assert.Equal("pending", Shown().Quote!.State);
        Fediverse.Time.Advance(TimeSpan.FromMinutes(2));
        await Fediverse.Settle();
        Assert.Equal("accepted", Shown().Quote!.State);
    }

    [Fact]
    [Trait("Wire", "105")]
    public async Task An_edit_that_quotes_something_else_asks_anew()
    {
        ServeStamp();
        await Publish(QuoteNote(Mastodon()));
        Sam.Serve($"{Sam.Actor}/n2", Note(Sam, "n2", "another"));
        await Publish(QuoteNote(Mastodon(quoted: $"{Sam.Actor}/n2")), "Update", "u1");
        Assert.Equal("pending", Shown().Quote!.State);
        await Publish(QuoteNote(""), "Update", "u2");
        Assert.Null(Shown().Quote);
    }

    [Fact]
    public async Task A_post_for_followers_is_not_shown_in_a_quote_of_somebody_else()
    {
        ServeStamp();
        await Follow(Sam);
        await Send(Sam, "c1", "Create", Note(Sam, "n1", "for followers", $"\"{Sam.Actor}/followers\""));
        await Publish(QuoteNote(Mastodon()));
        Assert.Equal("pending", Shown().Quote!.State);
    }

    [Theory]
    [Trait("Wire", "107")]
    [InlineData("{\"canQuote\":{\"automaticApproval\":\"https://www.w3.org/ns/activitystreams#Public\"}}", "public", "", "automatic")]
    [InlineData("{\"canQuote\":{\"automaticApproval\":[\"as:Public\"]}}", "public", "", "automatic")]
    [InlineData("{\"canQuote\":{\"always\":[\"as:Public\"]}}", "public", "", "automatic")]
    [InlineData("{\"canQuote\":{\"automaticApproval\":\"ACTOR\"}}", "", "", "denied")]
    [InlineData("{\"canQuote\":{\"automaticApproval\":[\"ACTOR/followers\"]}}", "followers", "", "automatic")]
    [InlineData("{\"canQuote\":{\"automaticApproval\":[\"ACTOR/following\"]}}", "following", "", "denied")]
    [InlineData("{\"canQuote\":{\"manualApproval\":[\"as:Public\"]}}", "", "public", "manual")]
    [InlineData("{\"canQuote\":{\"automaticApproval\":[\"https://x.test/list\"]}}", "unsupported_policy", "", "unknown")]
    [InlineData("{\"canReply\":{\"always\":[\"as:Public\"]}}", "", "", "denied")]
    [InlineData("[]", "", "", "denied")]
    [InlineData("\"x\"", "", "", "denied")]
    public async Task The_policy_of_a_post_tells_what_to_expect(string policy, string automatic, string manual, string current)
    {
        Rae.Describe(more: $",\"following\":\"{Rae.Actor}/following\"");
        await Alice.Get<RemoteAccounts>().Fetch(Rae.Actor, CancellationToken.None);
        await Publish(QuoteNote($",\"interactionPolicy\":{policy.Replace("ACTOR", Rae.Actor, StringComparison.Ordinal)}"));
        var approval = Shown().QuoteApproval;
        Assert.Equal((automatic, manual, current), (string.Join(',', approval.Automatic), string.Join(',', approval.Manual), approval.CurrentUser));
        Assert.Equal("denied", Shown(byOwner: false).QuoteApproval.CurrentUser);
    }
}
