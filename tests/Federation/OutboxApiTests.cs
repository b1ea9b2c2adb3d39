using System.Net;
using System.Text.Json;
using Calf.Accounts;
using Calf.Federation.Documents;
using Calf.Statuses;
using Calf.Tests.Support;

namespace Calf.Tests.Federation;

public sealed class OutboxApiTests
{
    [Fact]
    public async Task The_outbox_has_open_posts_and_boosts_newest_first_and_nothing_hidden()
    {
        await using var server = await Seeded();
        var outbox = await server.Document("/users/alice/outbox");
        Assert.Equal(3, outbox.GetProperty("totalItems").GetInt32());
        var page = await server.Document(outbox.GetProperty("first").GetString()!);
        var items = page.GetProperty("orderedItems").EnumerateArray().ToList();
        Assert.Equal(["Announce", "Create", "Create"], items.Select(i => i.GetProperty("type").GetString()));
        Assert.Equal("https://bob.test/1", items[0].GetProperty("object").GetString());
        Assert.Equal("https://social.alice.test/users/alice/statuses/9/activity", items[0].GetProperty("id").GetString());
        Assert.Equal(Samples.Post(6).Uri, items[1].GetProperty("object").GetProperty("id").GetString());
        Assert.All(items, i => Assert.False(i.TryGetProperty("@context", out _)));
        Assert.DoesNotContain("statuses/7", page.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("statuses/8", page.ToString(), StringComparison.Ordinal);
        Assert.False(page.TryGetProperty("next", out _));
    }

    [Fact]
    public async Task Following_the_pages_meets_every_post_once()
    {
        await using var server = await OwnServer.Start();
        var count = CollectionBuilder.OutboxPageSize * 2 + 3;
        await server.Database.Write(c =>
        {
            for (var id = 1; id <= count; id++) StatusStore.Add(c, Samples.Post(id));
        });
        var seen = new List<string>();
        string? next = "/users/alice/outbox?page=true";
        while (next is not null)
        {
            var page = await server.Document(next);
            seen.AddRange(page.GetProperty("orderedItems").EnumerateArray().Select(i => i.GetProperty("object").GetProperty("id").GetString()!));
            next = page.TryGetProperty("next", out var further) ? further.GetString() : null;
        }
        Assert.Equal(Enumerable.Range(1, count).Reverse().Select(id => Samples.Post(id).Uri), seen);
    }

    [Fact]
    public async Task An_activity_is_under_its_own_id_with_string_actor_and_arrays()
    {
        await using var server = await Seeded();
        var create = await server.Document("/users/alice/statuses/5/activity");
        Assert.Empty(new JsonSchema("fediverse-jsonschema/schemas").Validate("mastodon/create-schema.json", create));
        Assert.Equal("https://social.alice.test/users/alice/statuses/5/activity", create.GetProperty("id").GetString());
        Assert.Equal(JsonValueKind.String, create.GetProperty("actor").ValueKind);
        Assert.Equal(JsonValueKind.Array, create.GetProperty("to").ValueKind);
        var announce = await server.Document("/users/alice/statuses/9/activity");
        Assert.Empty(new JsonSchema("fediverse-jsonschema/schemas").Validate("mastodon/announce-schema.json", announce));
        Assert.Contains("https://bob.test/users/bob", announce.GetProperty("cc").EnumerateArray().Select(e => e.GetString()));
        // A boost has no object of its own.
        Assert.Equal(HttpStatusCode.NotFound, (await server.Ask("/users/alice/statuses/9")).StatusCode);
    }

    [Fact]
    public async Task The_activity_of_a_hidden_post_is_as_hidden_as_the_post()
    {
        await using var server = await Seeded();
        foreach (var id in new[] { 7, 8, 99 }) Assert.Equal(HttpStatusCode.NotFound, (await server.Ask($"/users/alice/statuses/{id}/activity")).StatusCode);
        await server.Database.Write(c => StatusParts.AddMentions(c, 8, [(2, false)]));
        server.Signer = "https://bob.test/users/bob";
        Assert.Equal("Create", (await server.Document("/users/alice/statuses/8/activity")).GetProperty("type").GetString());
    }

    private static async Task<OwnServer> Seeded()
    {
        var server = await OwnServer.Start();
        await server.Database.Write(c =>
        {
            AccountStore.Save(c, Samples.Remote(2, "bob"));
            StatusStore.Add(c, Samples.Post(1) with { AccountId = 2, Uri = "https://bob.test/1" });
            StatusStore.Add(c, Samples.Post(5));
            StatusStore.Add(c, Samples.Post(6, Visibility.Unlisted));
            StatusStore.Add(c, Samples.Post(7, Visibility.Private));
            StatusStore.Add(c, Samples.Post(8, Visibility.Direct));
            StatusStore.Add(c, Samples.Post(9) with { Uri = $"{Samples.Post(9).Uri}/activity", Type = "Announce", BoostOfId = 1, Content = "" });
        });
        return server;
    }
}
