using System.Text.Json;
using Calf.Federation.Conversations;
using Calf.Federation.Outbox;
using Calf.Statuses;
using Calf.Tests.Support;

namespace Calf.Tests.Federation;

/// <summary>What comes here of a thread when the owner looks at it, and what others find of ours.</summary>
public sealed class ThreadCompletionTests : RemoteWorld
{
    private StandIn sam = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        sam = new StandIn(Fediverse, "second.test", "sam");
    }

    [Fact]
    [Trait("Wire", "083")]
    [Trait("Wire", "085")]
    public async Task Replies_are_fetched_from_their_servers_page_after_page_and_in_depth()
    {
        await Root($$"""
            "replies":{"id":"{{Rae.Actor}}/n1/replies","type":"Collection","totalItems":9000,
              "first":{"type":"CollectionPage","partOf":"{{Rae.Actor}}/n1/replies","items":["{{sam.Actor}}/a1"],"next":"{{Rae.Actor}}/n1/replies?page=2"} }
            """);
        Rae.Serve($"{Rae.Actor}/n1/replies?page=2", $$"""{"id":"{{Rae.Actor}}/n1/replies?page=2","type":"CollectionPage","items":["{{sam.Actor}}/a2","{{sam.Actor}}/elsewhere","{{sam.Actor}}/gone"],"next":"{{Rae.Actor}}/n1/replies?page=2"}""");
        Reply(sam, "a1", $"{Rae.Actor}/n1", $$""","replies":{"type":"Collection","id":"{{sam.Actor}}/a1/replies","items":["{{Rae.Actor}}/b1"]}""");
        Reply(sam, "a2", $"{Rae.Actor}/n1");
        Reply(sam, "elsewhere", "https://far.test/other");
        Reply(Rae, "b1", $"{sam.Actor}/a1");

        Assert.Equal(3, await Look());
        // The two direct answers are asked for at once; which of them comes first is not said.
        Assert.Equal([$"{Rae.Actor}/b1", $"{sam.Actor}/a1", $"{sam.Actor}/a2"], Below().Order());
        Assert.Equal(2, Find($"{Rae.Actor}/n1")!.RepliesCount);
        Assert.Null(Find($"{sam.Actor}/elsewhere"));
        Assert.Empty(Told());
        // Not again at each look.
        var before = Fediverse.Requests.Count;
        Assert.Equal(0, await Look());
        Assert.Equal(before, Fediverse.Requests.Count);
    }

    [Theory]
    [Trait("Wire", "085")]
    [InlineData("contextHistory", true)]
    [InlineData("context", false)]
    public async Task The_collection_of_the_thread_comes_before_the_replies(string property, bool activities)
    {
        var collection = $"{Rae.Actor}/thread";
        await Root($$""" "{{property}}":"{{collection}}","replies":"{{Rae.Actor}}/n1/replies" """);
        var item = activities ? $$"""{"id":"{{sam.Actor}}/a1/create","type":"Create","actor":"{{sam.Actor}}","object":"{{sam.Actor}}/a1"}""" : Quote($"{sam.Actor}/a1");
        Rae.Serve(collection, $$"""{"id":"{{collection}}","type":"OrderedCollection","orderedItems":["{{Rae.Actor}}/n1",{{item}},"{{sam.Actor}}/stranger"]}""");
        Reply(sam, "a1", $"{Rae.Actor}/n1");
        Reply(sam, "stranger", "https://far.test/other");
        Assert.Equal(1, await Look());
        Assert.Equal([$"{sam.Actor}/a1"], Below());
        Assert.DoesNotContain($"GET {Rae.Actor}/n1/replies", Fediverse.Requests);
    }

    [Fact]
    [Trait("Wire", "085")]
    public async Task A_server_that_lists_without_end_is_read_up_to_the_caps()
    {
        await Root($$""" "replies":"{{Rae.Actor}}/n1/replies" """);
        Rae.Serve($"{Rae.Actor}/n1/replies", $$"""{"id":"{{Rae.Actor}}/n1/replies","type":"Collection","first":"{{Rae.Actor}}/n1/replies?page=0"}""");
        for (var n = 0; n < 2 * ThreadWalk.MaxPagesOfOne; n++)
            Rae.Serve($"{Rae.Actor}/n1/replies?page={n}", $$"""{"type":"CollectionPage","items":[{{string.Join(',', Enumerable.Range(0, 6).Select(i => Quote($"{sam.Actor}/x{n}-{i}")))}}],"next":"{{Rae.Actor}}/n1/replies?page={{n + 1}}"}""");
        Assert.Equal(0, await Look());
        Assert.Equal(ThreadWalk.MaxOfOnePost, Fediverse.Requests.Count(r => r.StartsWith($"GET {sam.Actor}/x", StringComparison.Ordinal)));
        Assert.InRange(Fediverse.Requests.Count(r => r.Contains("/replies", StringComparison.Ordinal)), 1, ThreadWalk.MaxPagesOfOne);
    }

    [Fact]
    [Trait("Wire", "085")]
    public async Task What_a_post_answers_is_fetched_up_to_the_beginning()
    {
        Rae.Serve($"{Rae.Actor}/top", Note(Rae, "top", "top"));
        Reply(sam, "middle", $"{Rae.Actor}/top");
        await Root($$""" "inReplyTo":"{{sam.Actor}}/middle" """);
        Assert.Equal(2, await Look());
        Assert.Equal([$"{Rae.Actor}/top", $"{sam.Actor}/middle"], Alice.Database.Read(c => ThreadStore.Ancestors(c, Find($"{Rae.Actor}/n1")!)).Select(s => s.Uri));
    }

    [Fact]
    [Trait("Wire", "084")]
    [Trait("Wire", "086")]
    public async Task Our_thread_resolves_and_what_we_answer_stays_named_and_fetchable()
    {
        var post = await Post("A beginning");
        var reply = await Alice.Get<Posting>().Post(new NewStatus("more", Visibility.Public, InReplyToId: post.Id));
        var document = await Document(reply.Uri);
        Assert.Equal(post.Uri, document.GetProperty("inReplyTo").GetString());
        Assert.Equal(post.Uri, (await Document(document.GetProperty("inReplyTo").GetString()!)).GetProperty("id").GetString());
        var context = document.GetProperty("context").GetString()!;
        Assert.Equal(context, document.GetProperty("conversation").GetString());
        Assert.Equal([post.Uri, reply.Uri], (await Document(context)).GetProperty("orderedItems").EnumerateArray().Select(i => i.GetString()!));

        await Follow(Rae);
        await Send("n1/create", "Create", $$"""{"id":"{{Rae.Actor}}/n1","type":"Note","attributedTo":"{{Rae.Actor}}","content":"hi","to":["{{Public}}"],"conversation":"tag:remote.test,2026:objectId=1:objectType=Conversation"}""");
        var answer = await Alice.Get<Posting>().Post(new NewStatus("hello", Visibility.Public, InReplyToId: Find($"{Rae.Actor}/n1")!.Id));
        var echoed = await Document(answer.Uri);
        Assert.Equal("tag:remote.test,2026:objectId=1:objectType=Conversation", echoed.GetProperty("conversation").GetString());
        Assert.Equal($"{Rae.Actor}/n1", echoed.GetProperty("inReplyTo").GetString());
    }

    private async Task Root(string more)
    {
        await Follow(Rae);
        var note = Note(Rae, "n1", "root")[..^1] + "," + more + "}";
        Rae.Serve($"{Rae.Actor}/n1", note);
        await Send("n1/create", "Create", note);
    }

    private static void Reply(StandIn author, string id, string parent, string more = "") =>
        author.Serve($"{author.Actor}/{id}", Note(author, id, id)[..^1] + $",\"inReplyTo\":\"{parent}\"{more}}}");

    private async Task<int> Look()
    {
        await Alice.Get<ThreadWorker>().Open(Find($"{Rae.Actor}/n1")!);
        return await Alice.Get<ThreadWorker>().Step();
    }

    private IEnumerable<string> Below() => Alice.Database.Read(c => ThreadStore.Descendants(c, Find($"{Rae.Actor}/n1")!)).Select(s => s.Uri);

    private async Task<JsonElement> Document(string uri)
    {
        using var client = Alice.Client();
        client.DefaultRequestHeaders.Add("Accept", "application/activity+json");
        return JsonElement.Parse(await client.GetByteArrayAsync(new Uri(uri), TestContext.Current.CancellationToken));
    }
}
