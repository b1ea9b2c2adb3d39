using Calf.Accounts;
using Calf.Federation;
using Calf.Store;
using Calf.Tests.Support;
using Calf.Timelines;

namespace Calf.Tests.Federation;

/// <summary>The newest posts of somebody who is looked at for the first time.</summary>
public sealed class RemoteOutboxTests : RemoteWorld
{
    [Fact]
    public async Task A_newly_found_account_shows_its_public_posts_and_tells_nobody()
    {
        Rae.Serve($"{Rae.Actor}/outbox", $$"""{"id":"{{Rae.Actor}}/outbox","type":"OrderedCollection","totalItems":3,"first":"{{Rae.Actor}}/outbox?page=1"}""");
        Rae.Serve($"{Rae.Actor}/outbox?page=1", $$"""
            {"id":"{{Rae.Actor}}/outbox?page=1","type":"OrderedCollectionPage","orderedItems":[
             {{CreateBy(Rae.Actor, "n1", Public)}},
             {{CreateBy(Rae.Actor, "n2", $"{Rae.Actor}/followers")}},
             {{CreateBy("https://elsewhere.test/users/x", "n3", Public)}},
             {"type":"Announce","object":"https://elsewhere.test/1"}, 7, null]}
            """);
        var account = await Look();

        var shown = Alice.Database.Read(c => TimelineStore.OfAccount(c, account.Id, null, new AccountTimeline(), new Paging(40)));
        Assert.Single(shown);
        Assert.Empty(Alice.Database.Read(c => TimelineStore.Home(c, new Paging(40))));
        Assert.DoesNotContain(Fediverse.Requests, r => r.Contains("elsewhere", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_second_look_fetches_nothing()
    {
        Rae.Serve($"{Rae.Actor}/outbox", $$"""{"id":"{{Rae.Actor}}/outbox","type":"OrderedCollection","orderedItems":[{{CreateBy(Rae.Actor, "n1", Public)}}]}""");
        var account = await Look();
        var requests = Fediverse.Requests.Count;
        await Alice.Get<RemoteOutbox>().FetchLatest(account, CancellationToken.None);
        Assert.Equal(requests, Fediverse.Requests.Count);
    }

    [Fact]
    public async Task An_outbox_that_cannot_be_read_harms_nothing()
    {
        var account = await Look();
        Assert.Empty(Alice.Database.Read(c => TimelineStore.OfAccount(c, account.Id, null, new AccountTimeline(), new Paging(40))));
    }

    private async Task<Account> Look()
    {
        var account = (await Alice.Get<RemoteAccounts>().Fetch(Rae.Actor, CancellationToken.None)).Account!;
        await Alice.Get<RemoteOutbox>().FetchLatest(account, CancellationToken.None);
        return account;
    }

    private static string CreateBy(string author, string id, string to) => $$"""
        {"id":"{{author}}/{{id}}/create","type":"Create","actor":"{{author}}","object":
         {"id":"{{author}}/{{id}}","type":"Note","attributedTo":"{{author}}","content":"<p>old</p>","published":"2026-10-01T10:00:00Z","to":["{{to}}"]} }
        """;
}
