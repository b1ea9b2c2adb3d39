using Calf.Follows;
using Calf.Operations;
using Calf.Statuses;
using Calf.Store;
using Calf.Tests.Mastodon;

namespace Calf.Tests.Operations;

/// <summary>Posts of others that go when they are old, and those that stay.</summary>
public sealed class RetentionTests : IAsyncLifetime
{
    private const long Bob = 2, Friend = 3;
    private ApiFixture api = null!;
    private long next;

    public async ValueTask InitializeAsync()
    {
        api = await ApiFixture.Start();
        await api.AddPerson(Bob, "bob");
        await api.AddPerson(Friend, "friend");
        await api.Database.Write(c => FollowStore.Save(c, new Follow(ApiFixture.OwnerId, Friend, "https://calf.test/f", true, true, false, api.Clock.GetUtcNow())));
    }

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Fact]
    public async Task What_is_old_and_untouched_goes_and_what_is_young_stays()
    {
        var (old, young, late) = (await Post(91), await Post(89), await Post(400, s => s with { StoredAt = api.Clock.GetUtcNow().AddDays(-1) }));
        Assert.Equal(1, await Step());
        Assert.Equal([young, late], Left(old, young, late));
        api.Clock.Advance(TimeSpan.FromDays(90));
        Assert.Equal(2, await Step());
    }

    [Fact]
    public async Task What_the_owner_did_something_with_stays()
    {
        var (bookmarked, favourited, boosted, quoted, voted, mentioning) = (await Post(91), await Post(91), await Post(91), await Post(91), await Post(91), await Post(91));
        await api.Post($"/api/v1/statuses/{bookmarked}/bookmark");
        await api.Post($"/api/v1/statuses/{favourited}/favourite");
        await api.Post($"/api/v1/statuses/{boosted}/reblog");
        var quoting = await Post(91, s => s with { AccountId = ApiFixture.OwnerId });
        await api.Database.Write(c =>
        {
            c.Execute($"INSERT INTO quotes (status_id, quoted_uri, quoted_id, state, legacy) VALUES ({quoting}, 'x', {quoted}, 1, 0)");
            c.Execute($"INSERT INTO poll_votes (status_id, account_id, choice, uri, created_at) VALUES ({voted}, {ApiFixture.OwnerId}, 0, 'v', 0)");
            StatusParts.AddMentions(c, mentioning, [(ApiFixture.OwnerId, false)]);
        });
        Assert.Equal(0, await Step());
        Assert.Equal([bookmarked, favourited, boosted, quoted, voted, mentioning, quoting], Left(bookmarked, favourited, boosted, quoted, voted, mentioning, quoting));
    }

    [Fact]
    public async Task A_thread_with_the_owner_stays_whole_and_another_goes()
    {
        var root = await Post(95);
        var sibling = await Post(94, s => s with { InReplyToId = root });
        var own = await Post(93, s => s with { InReplyToId = root, AccountId = ApiFixture.OwnerId });
        var below = await Post(92, s => s with { InReplyToId = own });
        var elsewhere = await Post(95);
        var answer = await Post(91, s => s with { InReplyToId = elsewhere, InReplyToUri = $"https://far.test/statuses/{elsewhere}" });
        var young = await Post(1, s => s with { InReplyToId = answer, InReplyToUri = $"https://far.test/statuses/{answer}" });
        Assert.Equal(2, await Step());
        Assert.Equal([root, sibling, own, below, young], Left(root, sibling, own, below, elsewhere, answer, young));
        // The reply that stays says by URI what it answers, and finds it again when that comes back.
        Assert.Null(api.Database.Read(c => StatusStore.Find(c, young))!.InReplyToId);
        await Post(91, s => s with { Id = answer, Uri = $"https://far.test/statuses/{answer}", StoredAt = api.Clock.GetUtcNow() });
        Assert.Equal(answer, api.Database.Read(c => StatusStore.Find(c, young))!.InReplyToId);
    }

    [Fact]
    public async Task Posts_that_answer_each_other_do_not_hold_it_up()
    {
        var one = await Post(91);
        var other = await Post(91, s => s with { InReplyToId = one });
        await api.Database.Write(c => c.Execute($"UPDATE statuses SET in_reply_to_id = {other} WHERE id = {one}"));
        Assert.Equal(2, await Step());
    }

    [Fact]
    public async Task A_young_boost_keeps_an_old_post_and_boosts_of_the_owners_posts_stay()
    {
        var old = await Post(91);
        var boost = await Post(5, s => s with { BoostOfId = old, Type = "Announce", AccountId = Friend });
        var own = await Post(200, s => s with { AccountId = ApiFixture.OwnerId });
        var ofOwn = await Post(199, s => s with { BoostOfId = own, Type = "Announce" });
        Assert.Equal(0, await Step());
        api.Clock.Advance(TimeSpan.FromDays(90));
        // The boost goes with what it boosts.
        Assert.Equal(1, await Step());
        Assert.Equal([own, ofOwn], Left(old, boost, own, ofOwn));
    }

    [Fact]
    public async Task Pins_of_those_whom_the_owner_follows_stay()
    {
        var (followed, other) = (await Post(91, s => s with { AccountId = Friend }), await Post(91));
        await api.Database.Write(c => c.Execute($"INSERT INTO pins (status_id, created_at) VALUES ({followed}, 0), ({other}, 0)"));
        Assert.Equal(1, await Step());
        Assert.Equal([followed], Left(followed, other));
    }

    [Fact]
    public async Task Zero_days_keep_everything()
    {
        api.Get<Settings>().Limits.RemotePostDays = 0;
        await Post(4000);
        Assert.Equal(0, await Step());
    }

    [Fact]
    public async Task More_than_fit_into_one_look_all_go_and_leave_nothing_behind()
    {
        var first = await Post(91);
        var floor = Ids.FloorOf(api.Clock.GetUtcNow().AddDays(-120));
        await api.Database.Write(c => c.Execute($"""
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1200)
            INSERT INTO statuses (id, uri, url, account_id, type, visibility, created_at) SELECT {floor} + i, 'https://far.test/n/' || i, '', {Bob}, 'Note', 0, 0 FROM n
            """));
        Assert.Equal(1201, await Step());
        Assert.Empty(Left(first));
        Assert.Equal(0, api.Database.Read(c => c.Count($"SELECT count(*) FROM home")));
    }

    private Task<long> Step() => api.Get<Retention>().Step(TestContext.Current.CancellationToken);

    private async Task<long> Post(int daysAgo, Func<Status, Status>? adjust = null) =>
        (await api.AddStatus(Ids.FloorOf(api.Clock.GetUtcNow().AddDays(-daysAgo)) + ++next, Bob, adjust)).Id;

    private List<long> Left(params long[] ids) => [.. api.Database.Read(c => StatusStore.FindInOrder(c, ids)).Select(s => s.Id)];
}
