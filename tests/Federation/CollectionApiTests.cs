using System.Net;
using System.Text.Json;
using Calf.Accounts;
using Calf.Federation.Documents;
using Calf.Follows;
using Calf.Interactions;
using Calf.Statuses;
using Calf.Tests.Support;

namespace Calf.Tests.Federation;

public sealed class CollectionApiTests
{
    [Fact]
    public async Task Followers_are_paged_from_the_newest_and_requests_are_not_among_them()
    {
        await using var server = await OwnServer.Start();
        await server.Database.Write(c =>
        {
            for (var id = 2; id <= 27; id++)
            {
                AccountStore.Save(c, Samples.Remote(id, $"bob{id}"));
                FollowStore.Save(c, new Follow(id, Samples.Owner.Id, $"https://bob.test/f{id}", Accepted: id < 27, true, false, Samples.Start));
            }
        });
        var followers = await server.Document("/users/alice/followers");
        Assert.Empty(new JsonSchema("fediverse-jsonschema/schemas").Validate("as2/orderedcollection-schema.json", followers));
        Assert.Equal(25, followers.GetProperty("totalItems").GetInt32());
        var first = await server.Document(followers.GetProperty("first").GetString()!);
        Assert.Equal(Enumerable.Range(7, CollectionBuilder.PageSize).Reverse().Select(n => $"https://bob.test/users/bob{n}"), Uris(first));
        Assert.Equal("https://social.alice.test/users/alice/followers", first.GetProperty("partOf").GetString());
        var last = await server.Document(first.GetProperty("next").GetString()!);
        Assert.Equal(Enumerable.Range(2, 5).Reverse().Select(n => $"https://bob.test/users/bob{n}"), Uris(last));
        Assert.False(last.TryGetProperty("next", out _));
        Assert.Equal(first.GetProperty("next").GetString(), last.GetProperty("id").GetString());
    }

    [Fact]
    public async Task Following_names_only_whom_the_owner_follows()
    {
        await using var server = await OwnServer.Start();
        await server.Database.Write(c =>
        {
            AccountStore.Save(c, Samples.Remote(2, "bob"));
            AccountStore.Save(c, Samples.Remote(3, "carol"));
            FollowStore.Save(c, new Follow(Samples.Owner.Id, 2, "https://social.alice.test/f1", true, true, false, Samples.Start));
            FollowStore.Save(c, new Follow(Samples.Owner.Id, 3, "https://social.alice.test/f2", false, true, false, Samples.Start));
        });
        Assert.Equal(1, (await server.Document("/users/alice/following")).GetProperty("totalItems").GetInt32());
        Assert.Equal(["https://bob.test/users/bob"], Uris(await server.Document("/users/alice/following?page=true")));
    }

    [Fact]
    public async Task Featured_shows_pinned_posts_that_anybody_may_read()
    {
        await using var server = await OwnServer.Start();
        await server.Database.Write(c =>
        {
            StatusStore.Add(c, Samples.Post(5));
            StatusStore.Add(c, Samples.Post(6, Visibility.Private));
            PinStore.Add(c, 5, Samples.Start);
            PinStore.Add(c, 6, Samples.Start);
        });
        Assert.Equal([Samples.Post(5).Uri], Uris(await server.Document("/users/alice/collections/featured")));
    }

    [Theory]
    [InlineData("max_id=nonsense")]
    [InlineData("max_id=-1")]
    [InlineData("max_id=99999999999999999999999")]
    [InlineData("max_id=")]
    public async Task A_query_that_is_no_number_asks_for_the_first_page(string query)
    {
        await using var server = await OwnServer.Start();
        var page = await server.Document($"/users/alice/followers?page=true&{query}");
        Assert.Equal("https://social.alice.test/users/alice/followers?page=true", page.GetProperty("id").GetString());
    }

    [Theory]
    [InlineData("followers")]
    [InlineData("following")]
    [InlineData("collections/featured")]
    public async Task Nobody_else_has_collections_here(string collection)
    {
        await using var server = await OwnServer.Start();
        Assert.Equal(HttpStatusCode.NotFound, (await server.Ask($"/users/bob/{collection}")).StatusCode);
    }

    private static IEnumerable<string?> Uris(JsonElement page) => page.GetProperty("orderedItems").EnumerateArray().Select(i => i.GetString());
}
