using Calf.Events;
using Calf.Federation.Inbox;
using Calf.Federation.Outbox;
using Calf.Follows;
using Calf.Interactions;
using Calf.Mastodon.Streaming;
using Calf.Moderation;
using Calf.Notifications;
using Calf.Statuses;
using Calf.Store;
using Calf.Timelines;

namespace Calf.Tests.Mastodon;

/// <summary>
/// Where somebody unwanted may still be seen, for every relation and every surface. Rae (2) writes, answers, boosts and favourites; Fay
/// (3), whom the owner follows, boosts Rae.
/// </summary>
public sealed class BlockEffectsTests : IAsyncLifetime
{
    private const long Rae = 2;
    private const long Fay = 3;
    private const string RaesHandle = "rae@far.test";

    /// <summary>How the owner stands to Rae.</summary>
    public enum Relation
    {
        None,
        Blocked,
        BlockedBy,
        DomainBlocked,
        Muted,
        MutedButTold,
        Silenced,
    }

    /// <summary>Where Rae must not appear; everywhere else she must, or the test would prove nothing.</summary>
    private static readonly Dictionary<string, Relation[]> HiddenOn = new()
    {
        ["/api/v1/timelines/home"] = [Relation.Blocked, Relation.BlockedBy, Relation.DomainBlocked, Relation.Muted, Relation.MutedButTold],
        ["/api/v1/timelines/public"] = [Relation.Blocked, Relation.BlockedBy, Relation.DomainBlocked, Relation.Muted, Relation.MutedButTold, Relation.Silenced],
        ["/api/v1/timelines/tag/hay"] = [Relation.Blocked, Relation.BlockedBy, Relation.DomainBlocked, Relation.Muted, Relation.MutedButTold, Relation.Silenced],
        ["/api/v1/notifications"] = [Relation.Blocked, Relation.BlockedBy, Relation.DomainBlocked, Relation.Muted, Relation.Silenced],
        ["/api/v2/notifications"] = [Relation.Blocked, Relation.BlockedBy, Relation.DomainBlocked, Relation.Muted, Relation.Silenced],
        ["/api/v1/statuses/100/context"] = [Relation.Blocked, Relation.BlockedBy, Relation.DomainBlocked, Relation.Muted, Relation.MutedButTold, Relation.Silenced],
        ["/api/v1/statuses?id[]=200&id[]=300"] = [Relation.Blocked, Relation.BlockedBy, Relation.DomainBlocked],
        ["/api/v2/search?q=https://far.test/statuses/200"] = [Relation.Blocked, Relation.BlockedBy, Relation.DomainBlocked],
        ["/api/v2/search?q=ra&type=accounts"] = [Relation.Blocked, Relation.BlockedBy, Relation.DomainBlocked],
        ["/api/v1/accounts/2/statuses"] = [Relation.Blocked, Relation.BlockedBy, Relation.DomainBlocked],
        ["/api/v1/accounts/2/statuses?pinned=true"] = [Relation.Blocked, Relation.BlockedBy, Relation.DomainBlocked],
        ["/api/v1/accounts/3/statuses"] = [Relation.Blocked, Relation.BlockedBy, Relation.DomainBlocked],
        ["/api/v1/statuses/100/favourited_by"] = [Relation.Blocked, Relation.BlockedBy, Relation.DomainBlocked, Relation.Muted, Relation.MutedButTold],
        ["/api/v1/statuses/100/reblogged_by"] = [Relation.Blocked, Relation.BlockedBy, Relation.DomainBlocked, Relation.Muted, Relation.MutedButTold],
        ["/api/v1/accounts/1/followers"] = [Relation.Blocked, Relation.BlockedBy, Relation.DomainBlocked],
        ["the stream of a post"] = [Relation.Blocked, Relation.BlockedBy, Relation.DomainBlocked, Relation.Muted, Relation.MutedButTold, Relation.Silenced],
        ["the stream of a boost"] = [Relation.Blocked, Relation.BlockedBy, Relation.DomainBlocked, Relation.Muted, Relation.MutedButTold],
        ["the stream of a notification"] = [Relation.Blocked, Relation.BlockedBy, Relation.DomainBlocked, Relation.Muted, Relation.Silenced],
        // What strangers are shown: that the owner mutes somebody is not for them to see.
        ["the replies collection"] = [Relation.Blocked, Relation.BlockedBy, Relation.DomainBlocked, Relation.Silenced],
        ["the thread's collection"] = [Relation.Blocked, Relation.BlockedBy, Relation.DomainBlocked, Relation.Silenced],
        ["the post's page"] = [Relation.Blocked, Relation.BlockedBy, Relation.DomainBlocked, Relation.Silenced],
        ["a stranger's context"] = [Relation.Blocked, Relation.BlockedBy, Relation.DomainBlocked, Relation.Silenced],
        ["a stranger's favourited_by"] = [Relation.Blocked, Relation.BlockedBy, Relation.DomainBlocked],
    };

    private ApiFixture api = null!;

    public static TheoryData<Relation> Relations => [.. Enum.GetValues<Relation>()];

    public async ValueTask InitializeAsync()
    {
        api = await ApiFixture.Start();
        await api.AddPerson(Rae, "rae");
        await api.AddPerson(Fay, "fay", "near.test");
        await Follow(ApiFixture.OwnerId, Fay);
        await api.AddStatus(100, ApiFixture.OwnerId, s => s with { Uri = "https://calf.test/users/ann/statuses/100", Url = "https://calf.test/@ann/100", Conversation = "https://calf.test/users/ann/statuses/100/context" });
        await api.AddStatus(300, Fay);
        await api.AddStatus(200, Rae);
        await api.AddStatus(201, Rae, s => s with { InReplyToUri = "https://calf.test/users/ann/statuses/100" }, home: false);
        await api.AddStatus(202, Rae, s => Boost(s, 100), home: false);
        await api.AddStatus(301, Fay, s => Boost(s, 200));
        await api.Database.Write(c =>
        {
            StatusParts.AddTags(c, 200, ["hay"]);
            PinStore.Add(c, 200, api.Clock.GetUtcNow());
            FavouriteStore.Add(c, 100, Rae, "https://far.test/like", api.Clock.GetUtcNow());
        });
    }

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Theory]
    [MemberData(nameof(Relations))]
    public async Task Nobody_unwanted_is_shown_where_they_must_not_be(Relation relation)
    {
        if (relation is not Relation.Silenced) await Follow(ApiFixture.OwnerId, Rae);
        await Follow(Rae, ApiFixture.OwnerId);
        await Enter(relation);
        await Happen();
        var wrong = new List<string>();
        foreach (var (surface, hidden) in HiddenOn)
        {
            var shown = (await Look(surface)).Contains(RaesHandle, StringComparison.Ordinal);
            if (shown == hidden.Contains(relation)) wrong.Add($"{surface}: {(shown ? "shown" : "hidden")}");
        }
        Assert.Empty(wrong);
    }

    [Fact]
    [Trait("Wire", "117")]
    public async Task A_boost_brings_nobody_blocked_home_whoever_boosts()
    {
        await api.AddPerson(4, "sam", "near.test");
        await Follow(ApiFixture.OwnerId, 4);
        await Enter(Relation.Blocked);
        await api.AddStatus(302, 4, s => Boost(s, 201), home: false);
        await api.AddStatus(210, Rae, s => Boost(s, 300), home: false);
        await api.Database.Write(c =>
        {
            foreach (var id in new long[] { 302, 210 }) api.Get<StatusIntake>().Place(c, StatusStore.Find(c, id)!);
        });
        Assert.DoesNotContain(api.Database.Read(c => TimelineStore.Home(c, new Paging(40))), id => id is 302 or 210);
        Assert.DoesNotContain(RaesHandle, await Look("/api/v1/timelines/home"));
    }

    [Fact]
    public async Task A_mute_that_ends_brings_back_what_it_hid()
    {
        await api.Get<Muting>().Mute(Rae, duration: TimeSpan.FromHours(1));
        Assert.DoesNotContain(RaesHandle, await Look("/api/v1/timelines/home"));
        api.Clock.Advance(TimeSpan.FromHours(1));
        foreach (var surface in new[] { "/api/v1/timelines/home", "/api/v1/timelines/public", "/api/v1/statuses/100/context" })
            Assert.Contains(RaesHandle, await Look(surface));
    }

    [Fact]
    public async Task A_post_that_names_somebody_muted_or_answers_them_is_not_shown_at_home()
    {
        await api.AddStatus(303, Fay);
        await api.AddStatus(304, Fay, s => s with { InReplyToUri = "https://far.test/statuses/200" });
        await api.Database.Write(c => StatusParts.AddMentions(c, 303, [(Rae, false)]));
        await api.Get<Muting>().Mute(Rae);
        var home = ApiFixture.IdsOf(await api.Get("/api/v1/timelines/home"));
        Assert.Equal(["300", "100"], home);
    }

    [Fact]
    public async Task Somebody_blocked_is_found_by_their_whole_handle_so_that_they_can_be_freed()
    {
        await Enter(Relation.Blocked);
        Assert.Contains(RaesHandle, await Look("/api/v2/search?q=rae@far.test&type=accounts"));
        await api.Post("/api/v1/accounts/2/unblock");
        Assert.Contains(RaesHandle, await Look("/api/v1/timelines/public"));
    }

    private async Task Enter(Relation relation)
    {
        switch (relation)
        {
            case Relation.Blocked: await api.Get<Blocking>().Block(Rae); break;
            case Relation.BlockedBy: await BlockMe(); break;
            case Relation.DomainBlocked: await api.Get<DomainBlocking>().Block("far.test"); break;
            case Relation.Muted: await api.Get<Muting>().Mute(Rae); break;
            case Relation.MutedButTold: await api.Get<Muting>().Mute(Rae, notifications: false); break;
            case Relation.Silenced: await api.Get<DomainBlocking>().Save(new DomainWish("far.test", DomainSeverity.Silence)); break;
        }
    }

    private async Task BlockMe()
    {
        var block = System.Text.Json.JsonElement.Parse("""{"object":"https://calf.test/users/ann"}""");
        var handler = api.Get<IEnumerable<ActivityHandler>>().Single(h => h.Type == "Block");
        var step = await handler.Prepare(
            new IncomingActivity("https://far.test/b1", "Block", "https://far.test/users/rae", block, Personal: false, Trusted: true, api.Clock.GetUtcNow()),
            TestContext.Current.CancellationToken);
        await api.Database.Write(c => Assert.Equal(Outcome.Applied, step(c)));
    }

    /// <summary>What goes on after the relation has begun.</summary>
    private async Task Happen()
    {
        await api.AddStatus(205, Rae, home: false);
        await api.AddStatus(305, Fay, s => Boost(s, 201), home: false);
        await api.Database.Write(c =>
        {
            foreach (var id in new long[] { 205, 305 }) api.Get<StatusIntake>().Place(c, StatusStore.Find(c, id)!);
            api.Get<Notifying>().Tell(c, NotificationTypes.Mention, Rae, 201);
        });
    }

    private async Task<string> Look(string surface)
    {
        switch (surface)
        {
            case "the stream of a post": return Streamed(new StatusAdded(205, Home: true));
            case "the stream of a boost": return Streamed(new StatusAdded(305, Home: true));
            case "the stream of a notification":
                var told = api.Database.Read(c => NotificationStore.All(c, new NotificationFilter([], [], Rae), new Paging(1))).Where(n => !n.Filtered).ToList();
                return told.Count == 0 ? "" : Streamed(new NotificationAdded(told[0].Id));
        }
        using var client = api.Client(surface.StartsWith('/') ? ApiFixture.Token : null);
        using var request = new HttpRequestMessage(HttpMethod.Get, surface switch
        {
            "the replies collection" => "/users/ann/statuses/100/replies?page=true",
            "the thread's collection" => "/users/ann/statuses/100/context",
            "the post's page" => "/@ann/100",
            "a stranger's context" => "/api/v1/statuses/100/context",
            "a stranger's favourited_by" => "/api/v1/statuses/100/favourited_by",
            _ => surface,
        });
        request.Headers.TryAddWithoutValidation("Accept", surface.EndsWith("collection", StringComparison.Ordinal) ? "application/activity+json" : surface == "the post's page" ? "text/html" : "application/json");
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        response.EnsureSuccessStatusCode();
        // Collections and pages name her by her post.
        return (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Replace("https://far.test/statuses/201", RaesHandle, StringComparison.Ordinal);
    }

    private string Streamed(Event happened) => string.Concat(api.Get<StreamEvents>().Of(happened).Select(e => e.Payload));

    private Task Follow(long account, long target) => api.Database.Write(c =>
        FollowStore.Save(c, new Follow(account, target, $"https://calf.test/f/{account}-{target}", true, true, false, api.Clock.GetUtcNow())));

    private static Status Boost(Status s, long of) => s with { Type = "Announce", BoostOfId = of, Content = "" };
}
