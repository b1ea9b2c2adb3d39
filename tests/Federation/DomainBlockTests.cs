using Calf.Accounts;
using Calf.Federation;
using Calf.Federation.Inbox;
using Calf.Federation.Outbox;
using Calf.Follows;
using Calf.Moderation;
using Calf.Notifications;
using Calf.Statuses;
using Calf.Store;
using Calf.Tests.Support;
using Calf.Timelines;

namespace Calf.Tests.Federation;

/// <summary>What a rule for a domain does to what comes from there and goes there.</summary>
public sealed class DomainBlockTests : IAsyncLifetime
{
    private const string Public = "https://www.w3.org/ns/activitystreams#Public";

    private static readonly Paging Page = new(40);

    private readonly Fediverse fediverse = new();
    private CalfServer alice = null!;
    private StandIn rae = null!;

    public async ValueTask InitializeAsync()
    {
        alice = await fediverse.Join("alice.test");
        rae = new StandIn(fediverse, "social.remote.test");
    }

    public async ValueTask DisposeAsync()
    {
        rae.Dispose();
        await fediverse.DisposeAsync();
    }

    [Theory]
    [InlineData("remote.test")]
    [InlineData("SOCIAL.Remote.Test.")]
    [InlineData("https://social.remote.test/about")]
    [Trait("Wire", "120")]
    public async Task A_block_covers_subdomains_in_any_spelling(string spelling)
    {
        await Follow();
        await Create("before");
        await alice.Get<DomainBlocking>().Block(spelling);
        Assert.Equal(403, (int)(await rae.Send(alice, Note("after"))).StatusCode);

        Assert.Null(Find("after"));
        Assert.False(alice.Database.Read(c => FollowStore.IsFollowing(c, alice.Owner.Id, Rae().Id)));
        Assert.Empty(alice.Database.Read(c => TimelineStore.Home(c, Page)));
        Assert.Empty(alice.Database.Read(c => TimelineStore.Public(c, new PublicFeed(), Page, fediverse.Time.GetUtcNow())));
        Assert.False(alice.Database.Read(c => StatusAccess.MayRead(c, Find("before")!, alice.Owner.Id)));
    }

    [Fact]
    [Trait("Wire", "120")]
    public async Task A_name_in_unicode_and_its_punycode_are_one_domain()
    {
        using var ida = new StandIn(fediverse, "xn--bcher-kva.test", "ida");
        await alice.Get<DomainBlocking>().Block("Bücher.test");
        Assert.Equal("xn--bcher-kva.test", Assert.Single(alice.Database.Read(DomainBlockStore.Everything)).Domain);
        Assert.Equal(403, (int)(await ida.Send(alice, Note("n1", ida))).StatusCode);
        Assert.Null((await alice.Get<RemoteAccounts>().Fetch(ida.Actor, CancellationToken.None)).Account);
        Assert.DoesNotContain(fediverse.Requests, r => r.Contains("xn--bcher-kva.test", StringComparison.Ordinal) && r.StartsWith("GET", StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Wire", "029")]
    public async Task An_account_whose_handle_is_on_a_blocked_domain_is_refused_wherever_its_id_lives()
    {
        await alice.Get<RemoteAccounts>().Fetch(rae.Actor, CancellationToken.None);
        await alice.Database.Write(c => AccountStore.Save(c, Rae() with { Domain = "handles.test" }));
        await alice.Get<DomainBlocking>().Block("handles.test");
        Assert.Equal(403, (int)(await rae.Send(alice, Note("n1"))).StatusCode);
        Assert.Contains(alice.Database.Read(c => VerdictStore.About(c, $"{rae.Actor}/n1")), v => v.Status == 403);
    }

    [Fact]
    [Trait("Wire", "029")]
    public async Task A_key_on_a_blocked_domain_opens_nothing_whoever_the_actor_is()
    {
        await alice.Get<DomainBlocking>().Block("remote.test");
        using var sam = new StandIn(fediverse, "good.test", "sam");
        using var response = await rae.Send(alice, Note("n1", sam));
        Assert.Equal(403, (int)response.StatusCode);
        Assert.DoesNotContain(fediverse.Requests, r => r.StartsWith("GET", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Only_the_nearest_rule_counts()
    {
        await alice.Get<DomainBlocking>().Block("remote.test");
        await alice.Get<DomainBlocking>().Save(new DomainWish("social.remote.test", DomainSeverity.None));
        await Follow();
        await Create("n1");
        Assert.NotNull(Find("n1"));
        Assert.True(alice.Database.Read(c => DomainBlockStore.Covers(c, "other.remote.test")));
        Assert.False(alice.Database.Read(c => DomainBlockStore.Covers(c, "notremote.test")));
    }

    [Fact]
    public async Task Somebody_silenced_is_read_by_who_follows_and_not_shown_to_others()
    {
        await Follow();
        await alice.Get<DomainBlocking>().Save(new DomainWish("remote.test", DomainSeverity.Silence));
        await Create("n1");
        Assert.Equal([Find("n1")!.Id], alice.Database.Read(c => TimelineStore.Home(c, Page)));
        Assert.Empty(alice.Database.Read(c => TimelineStore.Public(c, new PublicFeed(), Page, fediverse.Time.GetUtcNow())));
        await Create("n2", $"\"{alice.Owner.Uri}\"");
        Assert.Equal([NotificationTypes.Mention], Told());

        await alice.Get<Following>().Unfollow(Rae().Id);
        await Create("n3", $"\"{alice.Owner.Uri}\"");
        Assert.NotNull(Find("n3"));
        Assert.Single(Told());
    }

    [Fact]
    public async Task Rejected_media_are_neither_kept_nor_taken()
    {
        await Follow();
        await Create("n1");
        await alice.Database.Write(c => AccountStore.Save(c, Rae() with { AvatarUrl = "https://social.remote.test/a.png", Emojis = [new("cow", "https://social.remote.test/c.png")] }));
        await alice.Database.Write(c => CardStore.Set(c, Find("n1")!.Id, new Card("https://news.test/", "News", "", "https://files.test/n.jpg")));
        Assert.Single(Media("n1"));
        await alice.Get<DomainBlocking>().Save(new DomainWish("remote.test", DomainSeverity.None, RejectMedia: true));
        Assert.Empty(Media("n1"));
        Assert.Null(alice.Database.Read(c => CardStore.FindMany(c, [Find("n1")!.Id])).Values.Single().ImageUrl);
        Assert.Null(Rae().AvatarUrl);

        await Create("n2");
        await alice.Database.Write(c => AccountStore.Save(c, Rae() with { AvatarUrl = "https://social.remote.test/a.png" }));
        Assert.Empty(Media("n2"));
        Assert.Empty(Find("n2")!.Emojis);
        Assert.Null(Rae().AvatarUrl);
        Assert.Empty(Rae().Emojis);

        await alice.Get<DomainBlocking>().Lift("remote.test");
        await Create("n3");
        Assert.Single(Media("n3"));
        Assert.Single(Find("n3")!.Emojis);
    }

    [Fact]
    public async Task Nothing_is_fetched_from_a_blocked_domain()
    {
        await alice.Get<DomainBlocking>().Block("remote.test");
        await Assert.ThrowsAsync<ActionException>(() => alice.Get<RemoteAccounts>().Resolve(rae.Actor, CancellationToken.None));
        Assert.Contains("You block", (await alice.Get<RemoteStatuses>().Fetch($"{rae.Actor}/n1", CancellationToken.None)).Reason);
        Assert.DoesNotContain(fediverse.Requests, r => r.Contains("remote.test", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("not a domain")]
    [InlineData("com")]
    [InlineData("alice.test")]
    public async Task What_is_no_other_domain_is_refused(string text)
    {
        await Assert.ThrowsAsync<ActionException>(() => alice.Get<DomainBlocking>().Block(text));
        Assert.Empty(alice.Database.Read(DomainBlockStore.Everything));
    }

    private async Task Follow()
    {
        var account = (await alice.Get<RemoteAccounts>().Fetch(rae.Actor, CancellationToken.None)).Account!;
        var follow = await alice.Get<Following>().Follow(account.Id);
        await alice.Database.Write(c => FollowStore.Save(c, follow with { Accepted = true }));
    }

    private Account Rae() => alice.Database.Read(c => AccountStore.FindByUri(c, rae.Actor))!;

    private Status? Find(string id) => alice.Database.Read(c => StatusStore.FindByUri(c, $"{rae.Actor}/{id}"));

    private List<Attachment> Media(string id) => [.. alice.Database.Read(c => StatusParts.Attachments(c, [Find(id)!.Id]))[Find(id)!.Id]];

    private List<string> Told() => [.. alice.Database.Read(c => NotificationStore.All(c, NotificationFilter.All, Page)).Select(n => n.Type)];

    private Task Create(string id, string cc = "") => rae.SendAndSettle(alice, Note(id, rae, cc));

    private string Note(string id, StandIn? author = null, string cc = "")
    {
        var by = (author ?? rae).Actor;
        var mention = cc.Length == 0 ? "" : $$""",{"type":"Mention","href":{{cc}},"name":"@alice"}""";
        return $$"""
            {"id":"{{by}}/{{id}}/create","type":"Create","actor":"{{by}}","object":{"id":"{{by}}/{{id}}","type":"Note","attributedTo":"{{by}}",
             "content":"hello :cow:","to":["{{Public}}"],"cc":[{{cc}}],"attachment":[{"type":"Document","mediaType":"image/png","url":"https://social.remote.test/p.png"}],
             "tag":[{"type":"Emoji","name":":cow:","icon":{"type":"Image","url":"https://social.remote.test/c.png"} }{{mention}}]} }
            """;
    }
}
