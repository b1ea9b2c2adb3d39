using System.Net;
using Calf.Accounts;
using Calf.Federation;
using Calf.Federation.Blocklists;
using Calf.Federation.Outbox;
using Calf.Follows;
using Calf.Moderation;
using Calf.Store;
using Calf.Tests.Support;

namespace Calf.Tests.Federation;

/// <summary>Lists of domains: read, previewed, subscribed to, refreshed and left.</summary>
public sealed class BlocklistTests : IAsyncLifetime
{
    private const string Url = "https://lists.test/blocks.csv";

    private readonly Fediverse fediverse = new();
    private readonly List<string?> asked = [];
    private CalfServer alice = null!;
    private string? published;

    public async ValueTask InitializeAsync()
    {
        alice = await fediverse.Join("alice.test");
        fediverse.Answer("lists.test", request =>
        {
            asked.Add(request.Headers.TryGetValues("If-None-Match", out var tags) ? tags.Single() : null);
            if (published is null) return Task.FromResult(new HttpResponseMessage(HttpStatusCode.InternalServerError));
            var tag = $"\"{published.GetHashCode(StringComparison.Ordinal)}\"";
            if (asked[^1] == tag) return Task.FromResult(new HttpResponseMessage(HttpStatusCode.NotModified));
            var answer = new HttpResponseMessage { Content = new StringContent(published) };
            answer.Headers.TryAddWithoutValidation("ETag", tag);
            return Task.FromResult(answer);
        });
    }

    public ValueTask DisposeAsync() => fediverse.DisposeAsync();

    [Fact]
    public void Mastodons_csv_is_read_with_columns_in_any_order_quotes_and_line_ends()
    {
        var read = BlocklistFile.Read("\uFEFF#severity,#domain,#public_comment,#reject_media\r\nsilence,Loud.Test,\"rude, and \"\"proud\"\"\nof it\",TRUE\r\n,bad.test,,\nshout,odd.test,,\n");
        Assert.Equal(
            [new BlocklistEntry("loud.test", DomainSeverity.Silence, RejectMedia: true, PublicComment: "rude, and \"proud\"\nof it"), new BlocklistEntry("bad.test", DomainSeverity.Block)],
            read.Entries);
        Assert.Equal(("odd.test", 5), (read.Skipped[0].Text.Split(',')[1], read.Skipped[0].Number));
        Assert.Single(read.Skipped);
    }

    [Fact]
    public void A_bare_list_blocks_and_what_is_no_domain_is_left_out_with_its_reason()
    {
        var read = BlocklistFile.Read("# a list\nbad.test\n\n*.wide.test\nBücher.test\nex***le.test\nnot a domain\ncom\n");
        Assert.Equal(["bad.test", "wide.test", "xn--bcher-kva.test"], read.Entries.Select(e => e.Domain));
        Assert.All(read.Entries, e => Assert.Equal(DomainSeverity.Block, e.Severity));
        Assert.Equal([6, 7, 8], read.Skipped.Select(s => s.Number));
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html><body>Not found</body></html>")]
    public void What_has_no_domain_is_no_list(string text) => Assert.Throws<ActionException>(() => BlocklistFile.Read(text));

    [Fact]
    public async Task An_export_is_read_back_as_it_was()
    {
        var lists = alice.Get<Blocklisting>();
        await lists.Import("#domain,#severity,#reject_media,#reject_reports,#public_comment,#obfuscate\nbad.test,suspend,false,true,\"spam, \"\"mostly\"\"\",true\nloud.test,silence,true,false,,false\n");
        var before = BlocklistFile.Read(lists.Export()).Entries;
        Assert.Equal([new BlocklistEntry("bad.test", DomainSeverity.Block, false, true, "spam, \"mostly\"", true), new BlocklistEntry("loud.test", DomainSeverity.Silence, true)], before);
    }

    [Fact]
    public async Task An_import_leaves_what_the_owner_decided()
    {
        await alice.Get<DomainBlocking>().Save(new DomainWish("bad.test", DomainSeverity.Silence));
        var done = await alice.Get<Blocklisting>().Import("bad.test\nworse.test\nalice.test\n");
        Assert.Equal((1, 1), (done.Added, done.Kept));
        Assert.Equal(["bad.test silence", "worse.test suspend"], Rules());
    }

    [Fact]
    public async Task A_preview_names_the_follows_that_would_end_and_changes_nothing()
    {
        await Know("bob", "pub.bad.test", following: true);
        await Know("cat", "bad.test", following: false);
        await Know("dan", "good.test", following: true);
        published = "bad.test\nother.test\n";
        var preview = await alice.Get<Blocklisting>().Preview(Url, CancellationToken.None);
        Assert.Equal((2, 2, 0), (preview.Domains, preview.New, preview.ByHand));
        var severed = Assert.Single(preview.Severed);
        Assert.Equal("bad.test", severed.Domain);
        Assert.Equal(["@bob@pub.bad.test"], severed.Following);
        Assert.Equal(["@cat@bad.test"], severed.Followers);
        Assert.Empty(Rules());
        Assert.Equal(3, Follows());

        await alice.Get<DomainBlocking>().Save(new DomainWish("bad.test", DomainSeverity.None));
        Assert.Empty((await alice.Get<Blocklisting>().Preview(Url, CancellationToken.None)).Severed);
    }

    [Fact]
    public async Task A_subscription_is_looked_at_once_a_day_with_the_etag_and_follows_what_the_list_says()
    {
        published = "bad.test\nworse.test\n";
        await alice.Get<Blocklisting>().Subscribe(Url, CancellationToken.None);
        await alice.Get<DomainBlocking>().Block("mine.test");
        Assert.Equal(["bad.test suspend", "mine.test suspend", "worse.test suspend"], Rules());
        await Step(TimeSpan.FromHours(23));
        Assert.Single(asked);
        await Step(TimeSpan.FromHours(1));
        Assert.NotNull(asked[1]);
        Assert.Equal(3, Rules().Count);

        published = "#domain,#severity\nbad.test,silence\nmine.test,silence\nnew.test,suspend\n";
        await Step(BlocklistWorker.Every);
        Assert.Equal(["bad.test silence", "mine.test suspend", "new.test suspend"], Rules());

        await alice.Get<Blocklisting>().Unsubscribe(alice.Database.Read(BlocklistStore.All)[0].Id);
        Assert.Equal(["mine.test suspend"], Rules());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("<html>We have moved</html>")]
    public async Task A_list_that_cannot_be_had_lifts_nothing(string? instead)
    {
        published = "bad.test\n";
        await alice.Get<Blocklisting>().Subscribe(Url, CancellationToken.None);
        published = instead;
        await Step(BlocklistWorker.Every);
        Assert.Equal(["bad.test suspend"], Rules());
        Assert.NotNull(alice.Database.Read(BlocklistStore.All)[0].Error);
    }

    [Fact]
    public async Task What_two_lists_have_stays_until_both_drop_it()
    {
        published = "bad.test\n";
        await alice.Get<Blocklisting>().Subscribe(Url, CancellationToken.None);
        await alice.Get<Blocklisting>().Subscribe(Url + "?second", CancellationToken.None);
        var lists = alice.Database.Read(BlocklistStore.All);
        await alice.Get<Blocklisting>().Unsubscribe(lists[0].Id);
        Assert.Equal(["bad.test suspend"], Rules());
        await alice.Get<Blocklisting>().Unsubscribe(lists[1].Id);
        Assert.Empty(Rules());
    }

    [Fact]
    public async Task A_domain_that_the_owner_frees_stays_free_whatever_the_list_says()
    {
        published = "bad.test\n";
        await alice.Get<Blocklisting>().Subscribe(Url, CancellationToken.None);
        await alice.Get<DomainBlocking>().Lift("bad.test");
        published = "bad.test\nworse.test\n";
        await Step(BlocklistWorker.Every);
        Assert.Equal(["bad.test noop", "worse.test suspend"], Rules());
        Assert.False(alice.Database.Read(c => DomainBlockStore.Covers(c, "bad.test")));
    }

    [Fact]
    public async Task What_a_list_adds_later_ends_no_follow_before_the_owner_says_yes()
    {
        await Know("bob", "pub.bad.test", following: true);
        published = "worse.test\n";
        await alice.Get<Blocklisting>().Subscribe(Url, CancellationToken.None);
        published = "worse.test\nbad.test\n";
        await Step(BlocklistWorker.Every);
        Assert.Equal(["bad.test silence", "worse.test suspend"], Rules());
        Assert.Equal(1, Follows());
        Assert.Equal("bad.test", Assert.Single(alice.Database.Read(c => BlocklistStore.Entries(c, BlocklistStore.All(c)[0].Id)), e => e.Held).Domain);

        await alice.Get<Blocklisting>().Subscribe(Url, CancellationToken.None);
        Assert.Equal(["bad.test suspend", "worse.test suspend"], Rules());
        Assert.Equal(0, Follows());
    }

    private List<string> Rules() => [.. alice.Database.Read(DomainBlockStore.Everything).Select(b => $"{b.Domain} {DomainSeverityWords.Of(b.Severity)}")];

    private long Follows() => alice.Database.Read(c => c.Count($"SELECT count(*) FROM follows"));

    private async Task Step(TimeSpan later)
    {
        fediverse.Time.Advance(later);
        using var worker = new BlocklistWorker(
            alice.Database, alice.Get<Blocklisting>(), fediverse.Time, Microsoft.Extensions.Logging.Abstractions.NullLogger<BlocklistWorker>.Instance);
        await worker.Step(CancellationToken.None);
    }

    private Task Know(string name, string domain, bool following) => alice.Database.Write(c =>
    {
        var now = fediverse.Time.GetUtcNow();
        var uri = $"https://{domain}/users/{name}";
        AccountStore.Save(c, new Account { Id = Ids.At(now), Uri = uri, Url = uri, Username = name, Domain = domain, Inbox = uri + "/inbox", CreatedAt = now, FetchedAt = now });
        var (me, other) = (alice.Owner.Id, AccountStore.FindByUri(c, uri)!.Id);
        FollowStore.Save(c, new Follow(following ? me : other, following ? other : me, uri + "/f", true, true, false, now));
    });
}
