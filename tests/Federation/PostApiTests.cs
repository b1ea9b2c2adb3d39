using System.Net;
using System.Text.Json;
using Calf.Accounts;
using Calf.Events;
using Calf.Federation.Documents;
using Calf.Follows;
using Calf.Moderation;
using Calf.Statuses;
using Calf.Tests.Support;

namespace Calf.Tests.Federation;

public sealed class PostApiTests
{
    private static readonly Account Bob = Samples.Remote(2, "bob");

    [Theory]
    [InlineData("/users/alice/statuses/5")]
    [InlineData("/users/ALICE/statuses/5")]
    [InlineData("/@alice/5")]
    public async Task A_public_post_is_a_note_under_its_id_and_its_page(string path)
    {
        await using var server = await OwnServer.Start();
        await Add(server, Samples.Post(5));
        var note = await server.Document(path);
        Assert.Empty(new JsonSchema("fediverse-jsonschema/schemas").Validate("mastodon/note-schema.json", note));
        Assert.Equal("https://social.alice.test/users/alice/statuses/5", note.GetProperty("id").GetString());
        Assert.Equal("https://social.alice.test/@alice/5", note.GetProperty("url").GetString());
        Assert.Equal(0, server.SignersAsked);
    }

    [Fact]
    public async Task A_browser_is_sent_from_the_id_to_the_page_whether_or_not_there_is_a_post()
    {
        await using var server = await OwnServer.Start();
        await Add(server, Samples.Post(5));
        foreach (var id in new[] { 5, 6 })
        {
            using var response = await server.Ask($"/users/alice/statuses/{id}", "text/html");
            Assert.Equal(HttpStatusCode.Found, response.StatusCode);
            Assert.Equal($"https://social.alice.test/@alice/{id}", response.Headers.Location?.ToString());
        }
    }

    [Theory]
    [InlineData(Visibility.Private)]
    [InlineData(Visibility.Direct)]
    [Trait("Wire", "045")]
    public async Task A_hidden_post_answers_exactly_as_a_missing_one(Visibility visibility)
    {
        await using var server = await OwnServer.Start();
        await Add(server, Samples.Post(5, visibility));
        foreach (var signer in new[] { null, "https://bob.test/users/stranger", Bob.Uri })
        {
            server.Signer = signer;
            foreach (var part in new[] { "", "/replies", "/likes", "/shares", "/context" })
            {
                var asked = server.SignersAsked;
                var hidden = await Whole(server, $"/users/alice/statuses/5{part}");
                Assert.Equal(asked + 1, server.SignersAsked);
                Assert.Equal(await Whole(server, $"/users/alice/statuses/6{part}"), hidden);
                Assert.Equal(asked + 2, server.SignersAsked);
                Assert.StartsWith("NotFound", hidden, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public async Task A_follower_reads_followers_only_posts_with_a_signed_request()
    {
        await using var server = await OwnServer.Start();
        await Add(server, Samples.Post(5, Visibility.Private), Samples.Post(6, Visibility.Direct));
        await server.Database.Write(c => FollowStore.Save(c, new Follow(Bob.Id, Samples.Owner.Id, "https://bob.test/f", true, true, false, Samples.Start)));
        server.Signer = Bob.Uri;
        using var response = await server.Ask("/users/alice/statuses/5");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.True(response.Headers.CacheControl!.NoStore);
        Assert.True(response.Headers.CacheControl.Private);
        Assert.Contains("Signature", response.Headers.Vary);
        Assert.Equal(HttpStatusCode.NotFound, (await server.Ask("/users/alice/statuses/6")).StatusCode);

        server.Signer = null;
        Assert.Equal(HttpStatusCode.NotFound, (await server.Ask("/users/alice/statuses/5")).StatusCode);
        server.Signer = Bob.Uri;
        await server.Database.Write(c => BlockStore.Add(c, Samples.Owner.Id, Bob.Id, "https://social.alice.test/b", Samples.Start));
        Assert.Equal(HttpStatusCode.NotFound, (await server.Ask("/users/alice/statuses/5")).StatusCode);
    }

    [Fact]
    public async Task The_mentioned_read_direct_posts_and_nobody_else_does()
    {
        await using var server = await OwnServer.Start();
        await Add(server, Samples.Post(6, Visibility.Direct));
        await server.Database.Write(c => StatusParts.AddMentions(c, 6, [(Bob.Id, false)]));
        server.Signer = Bob.Uri;
        var note = await server.Document("/users/alice/statuses/6");
        Assert.Equal([Bob.Uri], note.GetProperty("to").EnumerateArray().Select(e => e.GetString()));
        Assert.Equal("Mention", note.GetProperty("tag")[0].GetProperty("type").GetString());
        server.Signer = "https://bob.test/users/eve";
        Assert.Equal(HttpStatusCode.NotFound, (await server.Ask("/users/alice/statuses/6")).StatusCode);
    }

    [Fact]
    [Trait("Wire", "045")]
    public async Task A_deleted_post_is_gone_with_a_tombstone()
    {
        await using var server = await OwnServer.Start();
        await server.Database.Write(c => Tombstones.Add(c, Samples.Post(5).Uri, Samples.Start));
        using var response = await server.Ask("/users/alice/statuses/5");
        Assert.Equal(HttpStatusCode.Gone, response.StatusCode);
        Assert.Equal("application/activity+json", response.Content.Headers.ContentType?.ToString());
        var tombstone = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
        Assert.Equal(["@context", "id", "type", "deleted"], tombstone.EnumerateObject().Select(p => p.Name));
        Assert.Equal("Tombstone", tombstone.GetProperty("type").GetString());
        Assert.Equal(Samples.Post(5).Uri, tombstone.GetProperty("id").GetString());
    }

    [Fact]
    public async Task Posts_of_others_are_not_served_as_ours()
    {
        await using var server = await OwnServer.Start();
        await Add(server, Samples.Post(7) with { AccountId = Bob.Id, Uri = "https://bob.test/7" });
        Assert.Equal(HttpStatusCode.NotFound, (await server.Ask("/users/alice/statuses/7")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await server.Ask("/users/bob/statuses/7")).StatusCode);
    }

    [Fact]
    public async Task Replies_come_oldest_first_in_pages_without_the_hidden_ones()
    {
        await using var server = await OwnServer.Start();
        await Add(server, [Samples.Post(5), .. Enumerable.Range(10, 25).Select(n => Reply(n, 5)), Reply(40, 5) with { Visibility = Visibility.Private }]);
        var post = await server.Document("/users/alice/statuses/5");
        var first = post.GetProperty("replies").GetProperty("first");
        Assert.Equal(Enumerable.Range(10, CollectionBuilder.PageSize).Select(n => $"https://bob.test/{n}"), Uris(first.GetProperty("items")));
        Assert.Equal(Uris(first.GetProperty("items")), Uris((await server.Document(first.GetProperty("id").GetString()!)).GetProperty("items")));
        var second = await server.Document(first.GetProperty("next").GetString()!);
        Assert.Equal(Enumerable.Range(30, 5).Select(n => $"https://bob.test/{n}"), Uris(second.GetProperty("items")));
        Assert.False(second.TryGetProperty("next", out _));
        Assert.Equal(first.GetProperty("next").GetString(), second.GetProperty("id").GetString());
    }

    [Fact]
    public async Task A_thread_of_ours_names_its_open_posts_and_a_reply_has_no_thread_of_its_own()
    {
        await using var server = await OwnServer.Start();
        await Add(server, Samples.Post(5), Reply(10, 5), Reply(11, 5) with { Visibility = Visibility.Private }, Samples.Post(12) with { InReplyToId = 10, InReplyToUri = "https://bob.test/10" });
        var thread = await server.Document("/users/alice/statuses/5/context");
        Assert.Equal([Samples.Post(5).Uri, "https://bob.test/10", Samples.Post(12).Uri], Uris(thread.GetProperty("orderedItems")));
        Assert.Equal(HttpStatusCode.NotFound, (await server.Ask("/users/alice/statuses/12/context")).StatusCode);
    }

    [Fact]
    public async Task Likes_and_shares_are_counted_and_not_named()
    {
        await using var server = await OwnServer.Start();
        await Add(server, Samples.Post(5) with { FavouritesCount = 3, BoostsCount = 2 });
        var likes = await server.Document("/users/alice/statuses/5/likes");
        Assert.Equal(3, likes.GetProperty("totalItems").GetInt32());
        Assert.False(likes.TryGetProperty("items", out _));
        Assert.Equal(2, (await server.Document("/users/alice/statuses/5/shares")).GetProperty("totalItems").GetInt32());
    }

    private static Status Reply(int id, long parent) => Samples.Post(id) with
    {
        AccountId = Bob.Id,
        Uri = $"https://bob.test/{id}",
        InReplyToId = parent,
        InReplyToUri = Samples.Post(parent).Uri,
    };

    private static async Task Add(OwnServer server, params Status[] statuses)
    {
        await server.Database.Write(c =>
        {
            AccountStore.Save(c, Bob);
            foreach (var status in statuses) StatusStore.Add(c, status);
        });
        foreach (var status in statuses) server.Publish(new StatusAdded(status.Id, Home: false));
    }

    private static async Task<string> Whole(OwnServer server, string path)
    {
        using var response = await server.Ask(path);
        return $"{response.StatusCode} {response.Headers}{response.Content.Headers}{await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}";
    }

    private static IEnumerable<string?> Uris(JsonElement items) => items.EnumerateArray().Select(i => i.GetString());
}
