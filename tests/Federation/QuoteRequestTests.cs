using System.Text.Json;
using Calf.Federation.Outbox;
using Calf.Mastodon.Entities;
using Calf.Notifications;
using Calf.Statuses;
using Calf.Tests.Support;

namespace Calf.Tests.Federation;

/// <summary>Requests to quote and answers to them, in the shapes of other servers.</summary>
public sealed class QuoteRequestTests : QuoteWorld
{
    [Theory]
    [Trait("Wire", "106")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_request_is_answered_with_a_stamp_that_holds(bool inlined)
    {
        var post = await Post("mine");
        var note = QuoteNote($",\"quote\":\"{post.Uri}\",\"quoteUri\":\"{post.Uri}\"");
        Rae.Serve(Quoting, note);
        await Ask(post, inlined ? note : Quote(Quoting));

        var accept = Assert.Single(Answers("Accept"));
        var request = accept.GetProperty("object");
        Assert.Equal(("QuoteRequest", $"{Rae.Actor}/r1", Rae.Actor), (Text(request, "type"), Text(request, "id"), Text(request, "actor")));
        Assert.Equal((post.Uri, Quoting), (Text(request, "object"), Text(request, "instrument")));
        Assert.Contains("https://w3id.org/fep/044f#QuoteRequest", accept.GetProperty("@context").GetRawText());
        var stamp = await Get(Text(accept, "result"));
        Assert.Equal("QuoteAuthorization", Text(stamp, "type"));
        Assert.Equal((Alice.Owner.Uri, Quoting, post.Uri), (Text(stamp, "attributedTo"), Text(stamp, "interactingObject"), Text(stamp, "interactionTarget")));
        Assert.Contains("https://w3id.org/fep/044f#QuoteAuthorization", stamp.GetProperty("@context").GetRawText());

        var told = Assert.Single(Told());
        Assert.Equal((NotificationTypes.Quote, Find(Quoting)!.Id), (told.Type, told.StatusId));
        Assert.Equal("accepted", Shown().Quote!.State);
        // Rae is followed: what came with the request is in the home timeline like any post of hers, and once.
        await Publish(note);
        Assert.Equal([Find(Quoting)!.Id], Alice.Database.Read(c => Calf.Timelines.TimelineStore.Home(c, new Calf.Store.Paging(10))).Where(id => id != post.Id));

        // An answer that was lost is given again; the owner hears of it once.
        await Ask(post, note, "r2");
        Assert.Equal(2, Answers("Accept").Count);
        Assert.Single(Told());
    }

    [Fact]
    [Trait("Wire", "106")]
    public async Task Who_is_blocked_is_refused()
    {
        var post = await Post("mine");
        await Alice.Get<Blocking>().Block(Known(Rae).Id);
        await Fediverse.Settle();
        await Ask(post, QuoteNote($",\"quote\":\"{post.Uri}\""));
        Assert.Empty(Answers("Accept"));
        Assert.Null(Find(Quoting));
        Assert.Empty(Told());
    }

    [Fact]
    [Trait("Wire", "117")]
    public async Task Nobody_learns_by_asking_of_a_post_that_is_not_for_them()
    {
        var direct = await Post("secret", Visibility.Direct);
        var followers = await Post("secret", Visibility.Private);
        foreach (var post in new[] { direct, followers })
            await Ask(post, QuoteNote($",\"quote\":\"{post.Uri}\""), $"r{post.Id}");
        Assert.DoesNotContain(Rae.Received, a => Text(a, "type") is "Reject" or "Accept" && a.GetRawText().Contains("QuoteRequest", StringComparison.Ordinal));
        Assert.Null(Find(Quoting));
    }

    [Theory]
    [Trait("Wire", "117")]
    [InlineData("author")]
    [InlineData("other post")]
    [InlineData("other host")]
    public async Task A_request_for_what_is_not_a_quote_of_its_sender_gets_no_stamp(string what)
    {
        var post = await Post("mine");
        var note = what switch
        {
            "author" => QuoteNote($",\"quote\":\"{post.Uri}\"").Replace($"\"attributedTo\":\"{Rae.Actor}\"", $"\"attributedTo\":\"https://{Rae.Domain}/users/else\"", StringComparison.Ordinal),
            "other post" => QuoteNote($",\"quote\":\"{Quoted}\""),
            _ => QuoteNote($",\"quote\":\"{post.Uri}\"", "q1", Sam),
        };
        await Ask(post, note);
        Assert.Empty(Answers("Accept"));
        Assert.Empty(Told());
        Assert.Equal(0, Shown(post.Uri).QuotesCount);
    }

    [Fact]
    [Trait("Wire", "106")]
    public async Task A_quote_that_turns_to_another_post_has_no_stamp_any_more()
    {
        var post = await Post("mine");
        await Ask(post, QuoteNote($",\"quote\":\"{post.Uri}\""));
        var stamp = Text(Assert.Single(Answers("Accept")), "result");
        await Publish(QuoteNote($",\"quote\":\"{Quoted}\""), "Update", "u1");
        await Get(stamp, 404);
    }

    [Fact]
    [Trait("Wire", "106")]
    public async Task What_was_taken_back_is_not_to_be_had_by_asking_again()
    {
        var post = await Post("mine");
        var note = QuoteNote($",\"quote\":\"{post.Uri}\"");
        await Ask(post, note);
        var stamp = Text(Assert.Single(Answers("Accept")), "result");
        await Alice.Get<Quoting>().Revoke(post.Id, Find(Quoting)!.Id);
        await Fediverse.Settle();
        var delete = Assert.Single(Answers("Delete"));
        Assert.Equal(stamp, Text(delete, "object"));
        await Get(stamp, 410);

        await Ask(post, note, "r2");
        Assert.Single(Answers("Accept"));
        Assert.Single(Answers("Reject"));
        await Get(stamp, 410);
    }

    [Fact]
    [Trait("Wire", "105")]
    [Trait("Wire", "106")]
    [Trait("Wire", "107")]
    public async Task The_owners_quote_is_written_in_every_spelling_and_asks()
    {
        var quote = await QuoteSam();
        var create = Assert.Single(Received(Rae, "Create"));
        var note = create.GetProperty("object");
        foreach (var spelling in new[] { "quote", "quoteUri", "quoteUrl", "_misskey_quote" }) Assert.Equal(Quoted, Text(note, spelling));
        var link = Assert.Single(note.GetProperty("tag").EnumerateArray(), t => Text(t, "type") == "Link");
        Assert.Equal((Quoted, $"RE: {Quoted}"), (Text(link, "href"), Text(link, "name")));
        Assert.StartsWith($"<p class=\"quote-inline\">RE: <a href=\"{Quoted}\"", Text(note, "content"));
        Assert.False(note.TryGetProperty("quoteAuthorization", out _));
        Assert.Equal("https://www.w3.org/ns/activitystreams#Public", note.GetProperty("interactionPolicy").GetProperty("canQuote").GetProperty("automaticApproval")[0].GetString());
        Assert.Equal("https://www.w3.org/ns/activitystreams#Public", note.GetProperty("interactionPolicy").GetProperty("canReply").GetProperty("always")[0].GetString());
        var context = create.GetProperty("@context").GetRawText();
        foreach (var term in new[] { "quote", "quoteUri", "quoteUrl", "_misskey_quote", "quoteAuthorization", "interactionPolicy", "canQuote", "canReply", "canLike", "canAnnounce", "automaticApproval", "always" })
            Assert.Contains($"\"{term}\":", context);

        var request = Assert.Single(Received(Sam, "QuoteRequest"));
        Assert.Equal((Alice.Owner.Uri, Quoted), (Text(request, "actor"), Text(request, "object")));
        Assert.Equal(quote.Uri, Text(request.GetProperty("instrument"), "id"));
        Assert.Contains(Sam.Actor, request.GetProperty("instrument").GetProperty("cc").EnumerateArray().Select(a => a.GetString()));
        Assert.Equal("pending", Shown(quote.Uri).Quote!.State);
    }

    [Fact]
    [Trait("Wire", "106")]
    public async Task An_accept_brings_the_stamp_and_followers_learn_of_it()
    {
        var quote = await QuoteSam();
        await Answer("Accept", $",\"result\":\"{Stamp}\"");
        Assert.Equal("accepted", Shown(quote.Uri).Quote!.State);
        var update = Assert.Single(Received(Rae, "Update"));
        Assert.Equal(Stamp, Text(update.GetProperty("object"), "quoteAuthorization"));
        Assert.Null(Find(quote.Uri)!.EditedAt);

        await Send(Sam, "d1", "Delete", Quote(Stamp));
        Assert.Equal("revoked", Shown(quote.Uri).Quote!.State);
        Assert.False(Received(Rae, "Update")[^1].GetProperty("object").TryGetProperty("quoteAuthorization", out _));
    }

    [Fact]
    [Trait("Wire", "106")]
    public async Task A_reject_leaves_the_quote_unshown()
    {
        var quote = await QuoteSam();
        await Answer("Reject", "");
        var shown = Assert.IsType<WholeQuoteEntity>(Shown(quote.Uri).Quote);
        Assert.Equal(("rejected", null), (shown.State, shown.QuotedStatus));
    }

    [Fact]
    [Trait("Wire", "117")]
    public async Task Only_the_quoted_author_answers_and_with_a_stamp_of_their_own_server()
    {
        var quote = await QuoteSam();
        var request = Text(Assert.Single(Received(Sam, "QuoteRequest")), "id");
        await Send("a1", "Accept", Quote(request), $",\"result\":\"{Rae.Actor}/stamp\"");
        await Send("a2", "Reject", Quote(request));
        await Answer("Accept", $",\"result\":\"{Rae.Actor}/stamp\"", "a3");
        await Answer("Accept", "", "a4");
        Assert.Equal("pending", Shown(quote.Uri).Quote!.State);
        Assert.Empty(Received(Rae, "Update"));
    }

    private async Task<Status> QuoteSam()
    {
        Sam.Serve(Quoted, Note(Sam, "n1", "<p>the original</p>")[..^1] + $",\"interactionPolicy\":{{\"canQuote\":{{\"automaticApproval\":\"{Public}\"}}}}}}");
        var quoted = (await Alice.Get<Calf.Federation.RemoteStatuses>().Fetch(Quoted, CancellationToken.None)).Status!;
        await Send("f1", "Follow", Quote(Alice.Owner.Uri));
        var quote = await Alice.Get<Posting>().Post(new NewStatus("look", Visibility.Public, QuotedStatusId: quoted.Id));
        await Fediverse.Settle();
        return quote;
    }

    /// <summary>Sam answers as Mastodon does, with the request inside.</summary>
    private Task Answer(string type, string more, string id = "a1")
    {
        var request = Assert.Single(Received(Sam, "QuoteRequest"));
        var inner = $$"""{"id":"{{Text(request, "id")}}","type":"QuoteRequest","actor":"{{Alice.Owner.Uri}}","object":"{{Quoted}}","instrument":"{{Text(request.GetProperty("instrument"), "id")}}"}""";
        return Send(Sam, id, type, inner, more);
    }

    private Task Ask(Status post, string instrument, string id = "r1") => Send(id, "QuoteRequest", Quote(post.Uri), $",\"instrument\":{instrument}");

    /// <summary>What Rae got that speaks of a QuoteRequest, or deletes a stamp.</summary>
    private List<JsonElement> Answers(string type) => [.. Received(Rae, type).Where(a => a.GetRawText().Contains("quote_auth", StringComparison.Ordinal) || a.GetRawText().Contains("\"QuoteRequest\",\"actor\"", StringComparison.Ordinal))];

    private static List<JsonElement> Received(StandIn who, string type) => [.. who.Received.Where(a => Text(a, "type") == type)];

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;

    private async Task<JsonElement> Get(string uri, int status = 200)
    {
        using var client = Alice.Client();
        using var response = await client.GetAsync(new Uri(uri));
        Assert.Equal(status, (int)response.StatusCode);
        if (status == 200) Assert.StartsWith("application/activity+json", response.Content.Headers.ContentType!.ToString());
        return JsonElement.Parse(await response.Content.ReadAsByteArrayAsync());
    }
}
