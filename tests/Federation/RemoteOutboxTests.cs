using Calf.Accounts;
using Calf.Federation;
using Calf.Store;
using Calf.Tests.Support;
using Calf.Timelines;

namespace Calf.Tests.Federation;

/// <summary>The newest posts of somebody who is looked at for the first time.</summary>
public sealed class RemoteOutboxTests : IAsyncLifetime
{
    private const string Public = "https://www.w3.org/ns/activitystreams#Public";

    private readonly Fediverse fediverse = new();
    private CalfServer alice = null!;
    private StandIn rae = null!;

    public async ValueTask InitializeAsync()
    {
        alice = await fediverse.Join("alice.test");
        rae = new StandIn(fediverse);
    }

    public async ValueTask DisposeAsync()
    {
        rae.Dispose();
        await fediverse.DisposeAsync();
    }

    [Fact]
    public async Task A_newly_found_account_shows_its_public_posts_and_tells_nobody()
    {
        rae.Serve($"{rae.Actor}/outbox", $$"""{"id":"{{rae.Actor}}/outbox","type":"OrderedCollection","totalItems":3,"first":"{{rae.Actor}}/outbox?page=1"}""");
        rae.Serve($"{rae.Actor}/outbox?page=1", $$"""
            {"id":"{{rae.Actor}}/outbox?page=1","type":"OrderedCollectionPage","orderedItems":[
             {{Create(rae.Actor, "n1", Public)}},
             {{Create(rae.Actor, "n2", $"{rae.Actor}/followers")}},
             {{Create("https://elsewhere.test/users/x", "n3", Public)}},
             {"type":"Announce","object":"https://elsewhere.test/1"}, 7, null]}
            """);
        var account = await Look();

        var shown = alice.Database.Read(c => TimelineStore.OfAccount(c, account.Id, null, new AccountTimeline(), new Paging(40)));
        Assert.Single(shown);
        Assert.Empty(alice.Database.Read(c => TimelineStore.Home(c, new Paging(40))));
        Assert.DoesNotContain(fediverse.Requests, r => r.Contains("elsewhere", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_second_look_fetches_nothing()
    {
        rae.Serve($"{rae.Actor}/outbox", $$"""{"id":"{{rae.Actor}}/outbox","type":"OrderedCollection","orderedItems":[{{Create(rae.Actor, "n1", Public)}}]}""");
        var account = await Look();
        var requests = fediverse.Requests.Count;
        await alice.Get<RemoteOutbox>().FetchLatest(account, CancellationToken.None);
        Assert.Equal(requests, fediverse.Requests.Count);
    }

    [Fact]
    public async Task An_outbox_that_cannot_be_read_harms_nothing()
    {
        var account = await Look();
        Assert.Empty(alice.Database.Read(c => TimelineStore.OfAccount(c, account.Id, null, new AccountTimeline(), new Paging(40))));
    }

    private async Task<Account> Look()
    {
        var account = (await alice.Get<RemoteAccounts>().Fetch(rae.Actor, CancellationToken.None)).Account!;
        await alice.Get<RemoteOutbox>().FetchLatest(account, CancellationToken.None);
        return account;
    }

    private static string Create(string author, string id, string to) => $$"""
        {"id":"{{author}}/{{id}}/create","type":"Create","actor":"{{author}}","object":
         {"id":"{{author}}/{{id}}","type":"Note","attributedTo":"{{author}}","content":"<p>old</p>","published":"2026-10-01T10:00:00Z","to":["{{to}}"]} }
        """;
}
