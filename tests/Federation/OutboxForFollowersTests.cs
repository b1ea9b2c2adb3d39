using System.Text.Json;
using Calf.Statuses;
using Calf.Tests.Support;

namespace Calf.Tests.Federation;

/// <summary>Who follows the owner and signs finds the posts for followers in the outbox; nobody else does.</summary>
public sealed class OutboxForFollowersTests : RemoteWorld
{
    private const string FirstPage = "/users/alice/outbox?page=true";

    [Fact]
    public async Task Posts_for_followers_are_shown_to_followers_who_sign_and_to_nobody_after_them()
    {
        using var sam = new StandIn(Fediverse, "second.test", "sam");
        var open = await Post("open");
        var closed = await Post("for followers", Visibility.Private);
        await Post("for nobody", Visibility.Direct);
        await Send("f1", "Follow", Quote(Alice.Owner.Uri));

        // Twice, since what one asker gets must not be kept for the next.
        for (var n = 0; n < 2; n++)
        {
            Assert.Equal([closed.Uri, open.Uri], await Items(await Rae.Get(Alice, FirstPage), isPrivate: true));
            Assert.Equal([open.Uri], await Items(await sam.Get(Alice, FirstPage), isPrivate: false));
            using var stranger = Alice.Client();
            stranger.DefaultRequestHeaders.Add("Accept", "application/activity+json");
            Assert.Equal([open.Uri], await Items(await stranger.GetAsync(FirstPage, TestContext.Current.CancellationToken), isPrivate: false));
        }
        await Send("u1", "Undo", $$"""{"id":"{{Rae.Actor}}/f1","type":"Follow","actor":"{{Rae.Actor}}","object":"{{Alice.Owner.Uri}}"}""");
        Assert.Equal([open.Uri], await Items(await Rae.Get(Alice, FirstPage), isPrivate: false));
    }

    private static async Task<List<string>> Items(HttpResponseMessage response, bool isPrivate)
    {
        using (response)
        {
            Assert.Equal(isPrivate, response.Headers.CacheControl!.NoStore);
            Assert.Contains("Signature", string.Join(',', response.Headers.Vary), StringComparison.Ordinal);
            var page = JsonElement.Parse(await response.Content.ReadAsByteArrayAsync());
            return [.. page.GetProperty("orderedItems").EnumerateArray().Select(item => item.GetProperty("object").GetProperty("id").GetString()!)];
        }
    }
}
