using Calf.Accounts;
using Calf.Federation;
using Calf.Federation.Outbox;
using Calf.Tests.Support;

namespace Calf.Tests.Federation;

/// <summary>What becomes of an actor's document in the rows here (wire 46 to 57).</summary>
public sealed class ActorKeepingTests : RemoteWorld
{
    [Fact]
    [Trait("Wire", "050")]
    public async Task Posts_go_to_the_inbox_where_there_is_no_shared_one_and_once_to_a_shared_one()
    {
        using var sam = new StandIn(Fediverse, "second.test", "sam");
        sam.Serve(sam.Actor, sam.ActorJson.Replace("\"endpoints\":{\"sharedInbox\":\"https://second.test/inbox\"},", "", StringComparison.Ordinal));
        await Send(Rae, "f1", "Follow", Quote(Alice.Owner.Uri));
        await Send(sam, "f1", "Follow", Quote(Alice.Owner.Uri));
        Assert.Null(Known(sam).SharedInbox);
        await Post("hello");
        await Fediverse.Settle();
        Assert.Contains($"POST {sam.Actor}/inbox", Fediverse.Requests);
        Assert.Contains("POST https://remote.test/inbox", Fediverse.Requests);
        Assert.DoesNotContain("POST https://second.test/inbox", Fediverse.Requests);
        Assert.Single(Rae.Received, a => a.GetProperty("type").GetString() == "Create");
    }

    [Fact]
    [Trait("Wire", "048")]
    public async Task A_shared_inbox_on_another_host_gets_nothing()
    {
        using var victim = new StandIn(Fediverse, "victim.test", "vic");
        Rae.Serve(Rae.Actor, Rae.ActorJson.Replace("https://remote.test/inbox", "https://victim.test/inbox", StringComparison.Ordinal));
        await Send("f1", "Follow", Quote(Alice.Owner.Uri));
        await Post("hello");
        await Fediverse.Settle();
        Assert.Empty(victim.Received);
        Assert.Contains($"POST {Rae.Actor}/inbox", Fediverse.Requests);
    }

    [Fact]
    [Trait("Wire", "053")]
    public async Task Somebody_suspended_by_their_server_is_not_followed_until_they_are_back()
    {
        Rae.Describe(more: ",\"suspended\":true");
        var fetched = (await Alice.Get<RemoteAccounts>().Fetch(Rae.Actor, TestContext.Current.CancellationToken)).Account!;
        Assert.NotNull(fetched.GoneAt);
        await Assert.ThrowsAsync<ActionException>(() => Alice.Get<Following>().Follow(fetched.Id));
        Rae.Describe();
        Assert.Null((await Alice.Get<RemoteAccounts>().Fetch(Rae.Actor, TestContext.Current.CancellationToken)).Account!.GoneAt);
        await Alice.Get<Following>().Follow(fetched.Id);
    }

    [Fact]
    public async Task The_domains_that_may_name_somebody_as_an_author_are_kept_as_they_are_now()
    {
        Rae.Describe(more: ",\"attributionDomains\":[\"News.test\",\"not a domain/\",7,\"blog.test\",\"blog.test\"]");
        Assert.Equal(["news.test", "blog.test"], (await Alice.Get<RemoteAccounts>().Fetch(Rae.Actor, TestContext.Current.CancellationToken)).Account!.AttributionDomains);
        Rae.Describe();
        Assert.Empty((await Alice.Get<RemoteAccounts>().Fetch(Rae.Actor, TestContext.Current.CancellationToken)).Account!.AttributionDomains);
    }

    [Theory]
    [Trait("Wire", "056")]
    [InlineData("https://www.elsewhere.test/@rae", "https://www.elsewhere.test/@rae")]
    [InlineData("javascript:alert(1)", null)]
    public async Task The_page_of_somebody_may_be_on_another_host_but_is_a_web_page(string url, string? kept)
    {
        Rae.Describe(more: $",\"url\":\"{url}\"");
        var fetched = (await Alice.Get<RemoteAccounts>().Fetch(Rae.Actor, TestContext.Current.CancellationToken)).Account!;
        Assert.Equal(kept ?? Rae.Actor, fetched.Url);
        Assert.Equal("remote.test", fetched.Domain);
    }

    [Theory]
    [Trait("Wire", "049")]
    [InlineData("a-b")]
    [InlineData("a.b")]
    [InlineData("ä")]
    [InlineData("")]
    public async Task A_name_of_ours_has_letters_digits_and_underscores(string name)
    {
        await using var server = await CalfServer.Start("new.test");
        await Assert.ThrowsAsync<ActionException>(() => server.Get<SettingUp>().Create(name, "", CalfServer.Password));
        Assert.Null(server.Get<Owner>().Account);
    }
}
