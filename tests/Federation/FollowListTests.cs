using System.Net;
using Calf.Accounts;
using Calf.Events;
using Calf.Federation;
using Calf.Federation.FollowLists;
using Calf.Federation.Outbox;
using Calf.Follows;
using Calf.Tests.Support;

namespace Calf.Tests.Federation;

/// <summary>Whole lists of people: what following them would do, and how they are followed one after another.</summary>
public sealed class FollowListTests : RemoteWorld
{
    private const string Header = "Account address,Show boosts,Notify on new posts,Languages\n";

    private CalfServer bob = null!;
    private CalfServer carol = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        bob = await Fediverse.Join("bob.test");
        carol = await Fediverse.Join("carol.test");
    }

    [Fact]
    public async Task A_list_that_Mastodon_exported_is_followed_as_it_says()
    {
        const string List = Header + "bob@bob.test,false,true,\"en, de\"\n@carol@carol.test,true,false,\n";
        var before = Fediverse.Requests.Count;
        Assert.Equal(["bob@bob.test New", "carol@carol.test New"], Shown(await Preview(List)));
        await Alice.Get<FollowListing>().Follow(List);
        Assert.Equal(["bob@bob.test Waiting", "carol@carol.test Waiting"], Shown(await Preview(List)));
        Assert.Equal(before, Fediverse.Requests.Count);

        Assert.Equal(2, await Work());
        await Fediverse.Settle();

        var (toBob, toCarol) = (await FollowOf(bob), await FollowOf(carol));
        Assert.Equal((true, false, true), (toBob.Accepted, toBob.ShowBoosts, toBob.Notify));
        Assert.Equal(["en", "de"], toBob.Languages);
        Assert.Equal((true, true, false), (toCarol.Accepted, toCarol.ShowBoosts, toCarol.Notify));
        Assert.Empty(toCarol.Languages);
        Assert.Equal((0, 2, 0), Counts());
        Assert.Equal(["bob@bob.test Followed", "carol@carol.test Followed"], Shown(await Preview(List)));
        // Once more: nothing is asked or changed.
        await Alice.Get<FollowListing>().Follow("bob@bob.test");
        Assert.Equal(0, await Work());
        Assert.True((await FollowOf(bob)).Notify);
    }

    [Fact]
    public async Task Whoever_cannot_be_found_is_tried_again_twice_and_then_said()
    {
        await Alice.Get<FollowListing>().Follow("nobody@gone.test\nhttps://bob.test/@bob\n");
        Assert.Equal(2, await Work());
        Assert.Equal((1, 1, 0), Counts());
        Assert.Equal(0, await Work());
        foreach (var pause in FollowListWorker.Pauses)
        {
            Fediverse.Time.Advance(pause);
            Assert.Equal(1, await Work());
        }
        Assert.Equal((0, 1, 1), Counts());
        var (person, reason) = Assert.Single(Alice.Database.Read(FollowListStore.Progress).Failed);
        Assert.Equal("nobody@gone.test", person);
        Assert.StartsWith("nobody@gone.test could not be found", reason, StringComparison.Ordinal);
        // The owner may try once more.
        await Alice.Get<FollowListing>().Follow("nobody@gone.test");
        Assert.Equal((1, 1, 0), Counts());
        await Alice.Get<FollowListing>().Stop();
        Assert.Equal((0, 0, 0), Counts());
    }

    [Fact]
    public async Task Whom_the_owner_blocked_is_not_followed()
    {
        var account = await Fediverse.See(Alice, bob);
        await Alice.Get<Blocking>().Block(account.Id);
        await Alice.Get<FollowListing>().Follow("bob@bob.test");
        await Work();
        Assert.Equal("You have blocked them, or they you.", Assert.Single(Alice.Database.Read(FollowListStore.Progress).Failed).Reason);
        Assert.Null(Alice.Database.Read(c => FollowStore.Find(c, Alice.Owner.Id, account.Id)));
    }

    [Fact]
    public async Task One_server_is_asked_for_one_person_at_a_time_and_few_servers_at_once()
    {
        await Alice.Get<FollowListing>().Follow(string.Concat(Enumerable.Range(0, 3).Select(n => $"n{n}@one.test\n")));
        Assert.Equal(1, await Work());
        await Alice.Get<FollowListing>().Follow(string.Concat(Enumerable.Range(0, 9).Select(n => $"someone@s{n}.test\n")));
        Assert.Equal(FollowListWorker.AtOnce, await Work());
    }

    [Fact]
    public async Task What_waits_goes_on_after_a_restart()
    {
        await Alice.Get<FollowListing>().Follow("bob@bob.test");
        var folder = await Fediverse.Leave(Alice);
        var back = await Fediverse.Return("alice.test", folder);
        Assert.Equal(1, await back.Get<FollowListWorker>().Step());
        await Fediverse.Settle();
        var account = await Fediverse.See(back, bob);
        Assert.True(back.Database.Read(c => FollowStore.IsFollowing(c, back.Owner.Id, account.Id)));
    }

    [Fact]
    public async Task The_owner_and_lines_that_name_nobody_are_said()
    {
        var preview = await Preview("# my friends\nalice@alice.test\nnot a person\njavascript:alert(1)\nbob@bob.test,true\nBOB@bob.test\n\n");
        Assert.Equal(["alice@alice.test You", "bob@bob.test New"], Shown(preview));
        Assert.Equal([(3, "not a person"), (4, "javascript:alert(1)")], preview.Skipped.Select(s => (s.Number, s.Text)));
    }

    [Theory]
    [InlineData("", "There is nobody in this list.")]
    [InlineData("<!DOCTYPE html><p>hello", "There is nobody in this list.")]
    [InlineData(Header, "There is nobody in this list.")]
    public async Task What_is_no_list_is_said(string text, string sentence) =>
        Assert.StartsWith(sentence, (await Assert.ThrowsAsync<ActionException>(() => Alice.Get<FollowListing>().Follow(text))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_list_has_its_most()
    {
        var most = string.Concat(Enumerable.Range(0, FollowListFile.MaxPeople).Select(n => $"n{n}@one.test\n"));
        Assert.Equal(FollowListFile.MaxPeople, FollowListFile.Read(most).People.Count);
        Assert.Contains("more than 5000 people", Assert.Throws<ActionException>(() => FollowListFile.Read(most + "one@more.test")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_line_of_a_preview_says_the_same_when_it_is_sent_back()
    {
        foreach (var person in (await Preview(Header + "bob@bob.test,false,true,\"en, de\"\ncarol@carol.test,,,\nhttps://x.test/a?b=1\n")).People)
        {
            var again = Assert.Single(FollowListFile.Read(person.Listed.ToLine()).People);
            Assert.Equal(person.Listed with { Languages = [] }, again with { Languages = [] });
            Assert.Equal(person.Listed.Languages, again.Languages);
        }
    }

    [Fact]
    public async Task A_text_elsewhere_is_read_by_its_address()
    {
        Rae.Serve("https://remote.test/friends.csv", Header + "bob@bob.test,true,false,\n", HttpStatusCode.OK, "text/csv");
        Assert.Equal(["bob@bob.test New"], Shown(await Preview("https://remote.test/friends.csv", isUrl: true)));
        var refused = await Assert.ThrowsAsync<ActionException>(() => Preview("https://remote.test/nothing.csv", isUrl: true));
        Assert.Equal("remote.test answered 404 instead of a list.", refused.Message);
    }

    [Fact]
    public async Task A_collection_of_actors_is_read_page_by_page()
    {
        const string Place = "https://remote.test/pack";
        Rae.Serve(Place, $$"""{"id":"{{Place}}","type":"OrderedCollection","totalItems":2,"first":"{{Place}}?page=1"}""");
        Rae.Serve($"{Place}?page=1", $$"""{"id":"{{Place}}?page=1","type":"OrderedCollectionPage","partOf":"{{Place}}","orderedItems":["{{bob.Owner.Uri}}"],"next":"{{Place}}?page=2"}""");
        Rae.Serve($"{Place}?page=2", $$"""{"id":"{{Place}}?page=2","type":"OrderedCollectionPage","partOf":"{{Place}}","orderedItems":["{{carol.Owner.Uri}}","{{bob.Owner.Uri}}"],"next":"{{Place}}?page=1"}""");
        Assert.Equal([$"{bob.Owner.Uri} New", $"{carol.Owner.Uri} New"], Shown(await Preview(Place, isUrl: true)));
    }

    [Fact]
    public async Task A_starter_pack_of_another_server_is_previewed_with_its_name_and_followed()
    {
        await bob.Database.Write(c => AccountStore.Save(c, bob.Owner with { Discoverable = true }));
        bob.Get<EventHub>().Publish(new AccountChanged(bob.Owner.Id));
        await Fediverse.Follow(carol, bob);
        var inPack = await Fediverse.See(carol, bob);
        var pack = await carol.Get<Curating>().Create(new CollectionChange("Cows", "", null, false, true, null), [inPack.Id]);
        await Fediverse.Settle();

        var preview = await Preview(OwnUris.FeaturedCollection(carol.Owner.Uri, pack.Id), isUrl: true);

        Assert.Equal("Cows", preview.Title);
        Assert.Equal([$"{bob.Owner.Uri} New"], Shown(preview));
        Assert.NotNull(preview.People[0].AccountId);
        await Alice.Get<FollowListing>().Follow(preview.People[0].Listed.ToLine());
        await Work();
        await Fediverse.Settle();
        Assert.True((await FollowOf(bob)).Accepted);
    }

    private Task<FollowListPreview> Preview(string text, bool isUrl = false) =>
        Alice.Get<FollowListing>().Preview(isUrl ? text : null, text, TestContext.Current.CancellationToken);

    private Task<int> Work() => Alice.Get<FollowListWorker>().Step(TestContext.Current.CancellationToken);

    private (int Waiting, int Done, int Failed) Counts() => Alice.Database.Read(FollowListStore.Progress) is var p ? (p.Waiting, p.Done, p.Failed.Count) : default;

    private async Task<Follow> FollowOf(CalfServer whom)
    {
        var account = await Fediverse.See(Alice, whom);
        return Alice.Database.Read(c => FollowStore.Find(c, Alice.Owner.Id, account.Id))!;
    }

    private static IEnumerable<string> Shown(FollowListPreview preview) => preview.People.Select(p => $"{p.Listed.Person} {p.State}");
}
