using System.Net;
using Calf.Accounts;
using Calf.Federation;
using Calf.Federation.Outbox;
using Calf.Statuses;
using Calf.Tests.Support;

namespace Calf.Tests.Federation;

/// <summary>The hashtags that others show on their profiles, asked for when the owner looks.</summary>
public sealed class FeaturedTagsTests : RemoteWorld
{
    private string Tags => $"{Rae.Actor}/tags";

    [Fact]
    public async Task A_look_brings_them_once_a_day_and_what_stays_keeps_its_id()
    {
        Show(Tag("#Cows", $"{Rae.Actor}/tagged/cows"), Tag("hay", "https://elsewhere.test/hay"), Tag("#cows"), Tag("#no tag"), """{"type":"Note","name":"#note"}""", "7", "null");
        var first = await Look();
        Assert.Equal([("Cows", $"{Rae.Actor}/tagged/cows"), ("hay", null)], first.Select(t => (t.Name, t.Url)));

        Show(Tag("#milk"), Tag("#COWS"));
        Assert.Equal(first, await Look());
        Assert.Single(Fediverse.Requests, r => r.EndsWith("/tags", StringComparison.Ordinal));
        Fediverse.Time.Advance(TimeSpan.FromDays(1.1));
        var second = await Look();
        Assert.Equal(["COWS", "milk"], second.Select(t => t.Name));
        Assert.Equal(first[0].Id, second[0].Id);

        Rae.Serve(Tags, "", HttpStatusCode.InternalServerError);
        Fediverse.Time.Advance(TimeSpan.FromDays(1.1));
        Assert.Equal(second, await Look());
        Show();
        Fediverse.Time.Advance(TimeSpan.FromDays(1.1));
        Assert.Empty(await Look());
        Assert.DoesNotContain(Fediverse.Requests, r => r.Contains("elsewhere", StringComparison.Ordinal));
    }

    [Fact]
    public async Task No_more_are_kept_than_can_be_shown()
    {
        Show([.. Enumerable.Range(0, 50).Select(n => Tag($"#tag{n}"))]);
        Assert.Equal(RemoteFeatured.MaxTags, (await Look()).Count);
    }

    [Fact]
    public async Task Elsewhere_than_on_the_actors_server_nothing_is_asked()
    {
        Rae.Describe(more: ",\"featuredTags\":\"https://elsewhere.test/tags\"");
        Assert.Empty(await Look());
        Assert.DoesNotContain(Fediverse.Requests, r => r.Contains("elsewhere", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Between_two_Calfs_a_hashtag_shows_on_the_profile_and_goes_again()
    {
        var bob = await Fediverse.Join("bob.test");
        await Fediverse.Follow(bob, Alice);
        await Alice.Get<Tagging>().Feature("cows");
        var hay = await Alice.Get<Tagging>().Feature("Hay");
        await Fediverse.Settle();
        Assert.Equal([("Hay", "https://alice.test/tags/hay"), ("cows", "https://alice.test/tags/cows")], await Seen(bob));

        await Alice.Get<Tagging>().Unfeature(hay);
        await Fediverse.Settle();
        Assert.Equal([("cows", "https://alice.test/tags/cows")], await Seen(bob));
    }

    [Theory]
    [InlineData("Add", "featured", true)]
    [InlineData("Remove", "featured", true)]
    [InlineData("Add", "followers", false)]
    public async Task Being_told_of_a_hashtag_makes_the_next_look_ask_again(string type, string target, bool asks)
    {
        Show(Tag("#cows"));
        Rae.Describe(more: $",\"featured\":\"{Rae.Actor}/featured\",\"featuredTags\":\"{Tags}\"");
        await Follow(Rae);
        await Look();
        Rae.Serve(Tags, $$"""{"id":"{{Tags}}","type":"Collection","items":[{{Tag("#hay")}}]}""");
        await Send("a1", type, Tag("#hay"), $",\"target\":\"{Rae.Actor}/{target}\"");
        Assert.Equal([asks ? "hay" : "cows"], (await Look()).Select(t => t.Name));
    }

    private async Task<List<(string, string?)>> Seen(CalfServer by)
    {
        var alice = by.Database.Read(c => AccountStore.FindByUri(c, Alice.Owner.Uri))!;
        await by.Get<RemoteFeatured>().RefreshTags(alice, CancellationToken.None);
        return [.. by.Database.Read(c => RemoteTagStore.Of(c, alice.Id)).Select(t => (t.Name, t.Url))];
    }

    private static string Tag(string name, string href = "") => $$"""{"type":"Hashtag","name":"{{name}}","href":"{{href}}"}""";

    private void Show(params string[] items)
    {
        Rae.Describe(more: $",\"featuredTags\":\"{Tags}\"");
        Rae.Serve(Tags, $$"""{"id":"{{Tags}}","type":"Collection","totalItems":{{items.Length}},"items":[{{string.Join(',', items)}}]}""");
    }

    private async Task<List<FeaturedTag>> Look()
    {
        var rae = (await Alice.Get<RemoteAccounts>().Fetch(Rae.Actor, CancellationToken.None)).Account!;
        await Alice.Get<RemoteFeatured>().RefreshTags(rae, CancellationToken.None);
        return Alice.Database.Read(c => RemoteTagStore.Of(c, AccountStore.FindByUri(c, Rae.Actor)!.Id));
    }
}
