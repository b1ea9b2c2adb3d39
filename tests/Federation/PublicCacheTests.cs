using System.Net;
using Calf.Accounts;
using Calf.Events;
using Calf.Federation;
using Calf.Statuses;

namespace Calf.Tests.Federation;

public sealed class PublicCacheTests
{
    private const string Actor = "/users/alice";
    private const string Post = "/users/alice/statuses/5";

    [Fact]
    public async Task A_second_visitor_gets_the_kept_bytes_with_the_same_headers()
    {
        await using var server = await OwnServer.Start();
        using var first = await server.Ask(Actor);
        await server.Database.Write(c => AccountStore.Save(c, Samples.Owner with { DisplayName = "Changed behind its back" }));
        using var second = await server.Ask(Actor);
        Assert.Equal(await Body(first), await Body(second));
        Assert.Equal($"{first.Headers}{first.Content.Headers}", $"{second.Headers}{second.Content.Headers}");
        Assert.Contains("Accept", second.Headers.Vary);
        Assert.NotNull(second.Headers.ETag);
    }

    [Fact]
    public async Task An_etag_that_is_known_is_answered_without_a_body()
    {
        await using var server = await OwnServer.Start();
        foreach (var round in new[] { "made", "kept" })
        {
            using var full = await server.Ask(Actor);
            var tag = full.Headers.ETag!.ToString();
            foreach (var known in new[] { tag, $"W/{tag}", $"\"other\", {tag}", "*" })
            {
                using var response = await server.Ask(Actor, headers: ("If-None-Match", known));
                Assert.Equal((round, HttpStatusCode.NotModified), (round, response.StatusCode));
                Assert.Empty(await Body(response));
                Assert.Equal(tag, response.Headers.ETag?.ToString());
            }
            using var other = await server.Ask(Actor, headers: ("If-None-Match", "\"other\""));
            Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        }
    }

    [Fact]
    public async Task A_change_of_the_owner_is_seen_at_once()
    {
        await using var server = await OwnServer.Start();
        var before = await Body(await server.Ask(Actor));
        await server.Database.Write(c => AccountStore.Save(c, Samples.Owner with { DisplayName = "Changed" }));
        server.Publish(new AccountChanged(999));
        Assert.Equal(before, await Body(await server.Ask(Actor)));
        server.Publish(new AccountChanged(Samples.Owner.Id));
        Assert.Contains("\"Changed\"", await Body(await server.Ask(Actor)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_post_that_is_edited_or_deleted_is_never_served_from_the_cache()
    {
        await using var server = await OwnServer.Start();
        await server.Database.Write(c => StatusStore.Add(c, Samples.Post(5)));
        Assert.Contains("Grüße", await Body(await server.Ask(Post)), StringComparison.Ordinal);
        await server.Database.Write(c => StatusStore.Edit(c, Samples.Post(5) with { Content = "<p>Edited</p>", EditedAt = Samples.Start }));
        server.Publish(new StatusEdited(5));
        var edited = await Body(await server.Ask(Post));
        Assert.Contains("<p>Edited</p>", edited, StringComparison.Ordinal);
        Assert.Equal(edited, await Body(await server.Ask(Post)));

        await server.Database.Write(c =>
        {
            StatusStore.Remove(c, Samples.Post(5));
            Tombstones.Add(c, Samples.Post(5).Uri, Samples.Start);
        });
        server.Publish(new StatusRemoved(5, Public: true));
        Assert.Equal(HttpStatusCode.Gone, (await server.Ask(Post)).StatusCode);
    }

    [Fact]
    public async Task What_comes_without_an_event_is_seen_after_the_lifetime()
    {
        await using var server = await OwnServer.Start();
        await server.Database.Write(c => StatusStore.Add(c, Samples.Post(5)));
        var before = await Body(await server.Ask(Post));
        await server.Database.Write(c => c.Execute($"UPDATE statuses SET favourites_count = 7"));
        Assert.Equal(before, await Body(await server.Ask(Post)));
        server.Time.Advance(PublicCache.Lifetime);
        Assert.Contains("\"totalItems\":7", await Body(await server.Ask(Post)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_browser_and_a_server_never_get_each_others_answer()
    {
        await using var server = await OwnServer.Start();
        Assert.Equal(HttpStatusCode.OK, (await server.Ask(Actor)).StatusCode);
        Assert.Equal(HttpStatusCode.Found, (await server.Ask(Actor, "text/html")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await server.Ask(Actor)).StatusCode);
    }

    [Fact]
    public async Task Answers_for_one_signer_and_refusals_are_not_kept()
    {
        await using var server = await OwnServer.Start();
        await server.Database.Write(c =>
        {
            AccountStore.Save(c, Samples.Remote(2, "bob"));
            StatusStore.Add(c, Samples.Post(5, Visibility.Direct));
            StatusParts.AddMentions(c, 5, [(2, false)]);
        });
        server.Signer = "https://bob.test/users/bob";
        Assert.Equal(HttpStatusCode.OK, (await server.Ask(Post)).StatusCode);
        server.Signer = null;
        Assert.Equal(HttpStatusCode.NotFound, (await server.Ask(Post)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await server.Ask("/users/bob")).StatusCode);
        Assert.Equal(0, server.Get<PublicCache>().Count);
    }

    [Fact]
    public async Task Memory_stays_bounded_whatever_is_asked_for()
    {
        await using var server = await OwnServer.Start();
        for (var n = 0; n < PublicCache.MaxAnswers + 10; n++) (await server.Ask($"{Actor}?{n}")).Dispose();
        // It began anew on the way, by the number of answers or by their bytes.
        var kept = server.Get<PublicCache>().Count;
        Assert.InRange(kept, 1, PublicCache.MaxAnswers / 2);
        (await server.Ask($"{Actor}?{new string('x', PublicCache.MaxTargetLength)}")).Dispose();
        Assert.Equal(kept, server.Get<PublicCache>().Count);
    }

    [Fact]
    public async Task Head_has_the_headers_and_no_body()
    {
        await using var server = await OwnServer.Start();
        using var request = new HttpRequestMessage(HttpMethod.Head, Actor);
        request.Headers.Accept.ParseAdd(ContentNegotiation.ActivityJson);
        using var response = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.InRange(response.Content.Headers.ContentLength ?? 0, 1000, 10_000);
        Assert.Empty(await Body(response));
    }

    private static Task<string> Body(HttpResponseMessage response) => response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
}
