using System.Net;
using Calf.Federation;
using Calf.Federation.Outbox;
using Calf.Follows;
using Calf.Statuses;
using Calf.Store;
using Calf.Tests.Support;
using Calf.Timelines;

namespace Calf.Tests.Federation;

/// <summary>Holes in who may see what that other servers had, in the spirit of each original (wire 117).</summary>
[Trait("Wire", "117")]
public sealed class AuthorisationTests : RemoteWorld
{
    private StandIn eve = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        eve = new StandIn(Fediverse, username: "eve");
        Rae.ShareWith(eve);
    }

    public override ValueTask DisposeAsync()
    {
        eve.Dispose();
        return base.DisposeAsync();
    }

    /// <summary>CVE-2024-37903: who is not the author sends a post again or changes it, and so widens who may see it.</summary>
    [Theory]
    [InlineData("Create")]
    [InlineData("Update")]
    public async Task The_audience_of_a_post_is_widened_by_nobody_else(string type)
    {
        await Follow(Rae);
        await Create("n1", "for few", $"\"{Rae.Actor}/followers\"");
        var before = Find($"{Rae.Actor}/n1")!;
        Assert.Equal(Visibility.Private, before.Visibility);
        foreach (var author in new[] { eve.Actor, Rae.Actor })
        {
            var note = $$"""{"id":"{{before.Uri}}","type":"Note","attributedTo":"{{author}}","content":"for all","updated":"2026-11-02T00:00:00Z","to":["{{Public}}"],"cc":["{{Alice.Owner.Uri}}"],"tag":[{"type":"Mention","href":"{{Alice.Owner.Uri}}"}]}""";
            using var response = await eve.Send(Alice, $$"""{"id":"{{eve.Actor}}/{{type}}/{{author.Length}}","type":"{{type}}","actor":"{{eve.Actor}}","to":["{{Public}}"],"object":{{note}} }""", path: "/users/alice/inbox");
            await Fediverse.Settle();
        }
        var after = Find(before.Uri)!;
        Assert.Equal((before.Visibility, before.Content, before.EditedAt), (after.Visibility, after.Content, after.EditedAt));
        Assert.Empty(Alice.Database.Read(c => StatusParts.Mentions(c, [before.Id])));
        Assert.Empty(Told());
    }

    /// <summary>CVE-2024-37903 again: who boosts a private post of the owner's neither reads nor spreads it.</summary>
    [Fact]
    public async Task A_private_post_is_not_opened_by_boosting_it()
    {
        var post = await Post("for few", Visibility.Private);
        await Send(eve, "x1", "Announce", Quote(post.Uri), $$""","to":["{{Public}}"]""");
        using var asked = await eve.Get(Alice, new Uri(post.Uri).AbsolutePath);
        Assert.Equal(HttpStatusCode.NotFound, asked.StatusCode);
        Assert.Equal((Visibility.Private, 0L), (Find(post.Uri)!.Visibility, Find(post.Uri)!.BoostsCount));
        Assert.Empty(Told());
    }

    /// <summary>CVE-2025-30741: a request to follow a locked account counted as a follow, and its private posts were shown.</summary>
    [Fact]
    public async Task Who_asks_to_follow_a_locked_account_sees_nothing_before_it_agrees()
    {
        Rae.Describe(more: ",\"manuallyApprovesFollowers\":true");
        var account = (await Alice.Get<RemoteAccounts>().Fetch(Rae.Actor, CancellationToken.None)).Account!;
        var follow = await Alice.Get<Following>().Follow(account.Id);
        await Fediverse.Settle();
        // A neighbour of hers cannot agree for her, nor can she be made to by her post.
        await Send(eve, "a1", "Accept", Quote(follow.Uri));
        await Send(eve, "a2", "Accept", $$"""{"id":"{{follow.Uri}}","type":"Follow","actor":"{{Alice.Owner.Uri}}","object":"{{Rae.Actor}}"}""");
        await Create("n1", "for few", $"\"{Rae.Actor}/followers\"");
        Assert.False(Alice.Database.Read(c => FollowStore.IsFollowing(c, Alice.Owner.Id, account.Id)));
        Assert.Null(Find($"{Rae.Actor}/n1"));

        await Alice.Database.Write(c => StatusStore.Add(c, new Status
        {
            Id = Ids.At(Fediverse.Time.GetUtcNow()),
            Uri = $"{Rae.Actor}/n2",
            Url = $"{Rae.Actor}/n2",
            AccountId = account.Id,
            Visibility = Visibility.Private,
            CreatedAt = Fediverse.Time.GetUtcNow(),
        }));
        Assert.False(Alice.Database.Read(c => StatusAccess.MayRead(c, Find($"{Rae.Actor}/n2")!, Alice.Owner.Id)));
        Assert.Empty(Alice.Database.Read(c => TimelineStore.Home(c, new Paging(10))));
    }

    /// <summary>CVE-2025-30741 the other way: whom the owner has not let follow gets no private post, sent or fetched.</summary>
    [Fact]
    public async Task Who_asks_to_follow_the_locked_owner_gets_nothing_before_they_agree()
    {
        await Alice.Get<ProfileEditing>().Edit(new ProfileChange(Locked: true));
        await Send(eve, "f1", "Follow", Quote(Alice.Owner.Uri));
        var post = await Post("for few", Visibility.Private);
        await Fediverse.Settle();
        Assert.Empty(eve.Received);
        Assert.Equal(HttpStatusCode.NotFound, (await eve.Get(Alice, new Uri(post.Uri).AbsolutePath)).StatusCode);
        await Alice.Get<Following>().Approve(Known(eve).Id);
        Assert.Equal(HttpStatusCode.OK, (await eve.Get(Alice, new Uri(post.Uri).AbsolutePath)).StatusCode);
    }

    /// <summary>GHSA-ccpr-m53r-mfwr: a kept answer of a collection was given to blocked servers that signed.</summary>
    [Theory]
    [InlineData("/users/alice/collections/featured")]
    [InlineData("/users/alice/outbox?page=true")]
    [InlineData("/users/alice/followers")]
    public async Task A_collection_that_was_just_given_to_another_is_not_given_to_the_blocked(string path)
    {
        using var sam = new StandIn(Fediverse, "second.test", "sam");
        var post = await Post("pinned");
        await Alice.Get<Pinning>().Pin(post.Id);
        await Alice.Get<RemoteAccounts>().Fetch(eve.Actor, CancellationToken.None);
        await Alice.Get<Blocking>().Block(Known(eve).Id);
        using (var client = Alice.Client())
        {
            client.DefaultRequestHeaders.Add("Accept", "application/activity+json");
            for (var i = 0; i < 2; i++) Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(path, TestContext.Current.CancellationToken)).StatusCode);
        }
        Assert.Equal(HttpStatusCode.OK, (await sam.Get(Alice, path)).StatusCode);
        using var refused = await eve.Get(Alice, path);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.DoesNotContain(post.Uri, await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        await Alice.Get<DomainBlocking>().Block("second.test");
        Assert.Equal(HttpStatusCode.Forbidden, (await sam.Get(Alice, path)).StatusCode);
    }

    /// <summary>GHSA-5h2f-wg8j-xqwp: what a block hides came back through the boost of a third, fetched or here.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_block_is_not_passed_by_the_boost_of_a_third(bool wholeDomain)
    {
        using var sam = new StandIn(Fediverse, "second.test", "sam");
        await Follow(sam);
        await Alice.Get<RemoteAccounts>().Fetch(Rae.Actor, CancellationToken.None);
        if (wholeDomain) await Alice.Get<DomainBlocking>().Block("remote.test");
        else await Alice.Get<Blocking>().Block(Known(Rae).Id);
        Rae.Serve($"{Rae.Actor}/n1", Note(Rae, "n1", "unwanted"));
        eve.Serve($"{Rae.Actor}/n1", Note(Rae, "n1", "unwanted"));
        await Send(sam, "b1", "Announce", Quote($"{Rae.Actor}/n1"), $$""","to":["{{Public}}"]""");
        Assert.Empty(Alice.Database.Read(c => TimelineStore.Home(c, new Paging(10))));
        Assert.Empty(Alice.Database.Read(c => TimelineStore.Public(c, new PublicFeed(), new Paging(10), Fediverse.Time.GetUtcNow())));
        Assert.Empty(Told());
        if (wholeDomain) Assert.Null(Find($"{Rae.Actor}/n1"));
    }
}
