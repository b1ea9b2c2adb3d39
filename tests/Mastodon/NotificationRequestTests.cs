using System.Text.Json;
using Calf.Follows;
using Calf.Moderation;
using Calf.Notifications;
using Calf.Statuses;

namespace Calf.Tests.Mastodon;

/// <summary>Whose notifications wait in the tray, and what becomes of them.</summary>
public sealed class NotificationRequestTests : IAsyncLifetime
{
    private const string Requests = "/api/v1/notifications/requests";
    private const string Policy = "/api/v2/notifications/policy";

    private ApiFixture api = null!;

    public async ValueTask InitializeAsync()
    {
        api = await ApiFixture.Start();
        await api.AddPerson(2, "bob");
        await api.AddPerson(3, "cat");
        await api.AddStatus(300, 2);
        await api.AddStatus(301, 3);
    }

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Fact]
    public async Task The_policy_is_read_and_changed_in_part_and_in_its_older_form()
    {
        var before = await api.Get(Policy);
        Assert.Equal("accept", before.GetProperty("for_not_following").GetString());
        Assert.Equal("accept", before.GetProperty("for_not_followers").GetString());
        Assert.Equal("accept", before.GetProperty("for_new_accounts").GetString());
        Assert.Equal("filter", before.GetProperty("for_private_mentions").GetString());
        Assert.Equal("filter", before.GetProperty("for_limited_accounts").GetString());
        var after = await Patch("for_new_accounts", "drop");
        Assert.Equal("drop", after.GetProperty("for_new_accounts").GetString());
        Assert.Equal("accept", after.GetProperty("for_not_following").GetString());
        await api.Send(HttpMethod.Put, "/api/v1/notifications/policy", ApiFixture.Content("""{"filter_not_followers":true}"""));
        Assert.True((await api.Get("/api/v1/notifications/policy")).GetProperty("filter_new_accounts").GetBoolean());
        after = await api.Get(Policy);
        Assert.Equal(("filter", "drop"), (after.GetProperty("for_not_followers").GetString(), after.GetProperty("for_new_accounts").GetString()));
        await api.Send(HttpMethod.Patch, Policy, ApiFixture.Content("""{"for_not_following":"perhaps"}"""), status: 422);
    }

    [Fact]
    public async Task A_strangers_first_mention_waits_until_it_is_accepted_and_later_ones_do_not()
    {
        await Patch("for_not_following", "filter");
        await Mention(2, 300);
        Assert.Empty(await Told());
        Assert.Equal(0, (await api.Get("/api/v1/notifications/unread_count")).GetProperty("count").GetInt32());
        Assert.Empty((await api.Get("/api/v2/notifications")).GetProperty("notification_groups").EnumerateArray());
        Assert.Single((await api.Get("/api/v1/notifications?include_filtered=true&account_id=2")).EnumerateArray());
        var summary = (await api.Get(Policy)).GetProperty("summary");
        Assert.Equal((1, 1), (summary.GetProperty("pending_requests_count").GetInt32(), summary.GetProperty("pending_notifications_count").GetInt32()));

        var request = Assert.Single((await api.Get(Requests)).EnumerateArray());
        Assert.Equal("1", request.GetProperty("notifications_count").GetString());
        Assert.Equal("300", request.GetProperty("last_status").GetProperty("id").GetString());
        var id = request.GetProperty("id").GetString();
        Assert.Equal("2", (await api.Get($"{Requests}/{id}")).GetProperty("account").GetProperty("id").GetString());
        await api.Post($"{Requests}/{id}/accept");
        Assert.Equal(["mention"], await Told());
        await api.Get($"{Requests}/{id}", status: 404);
        await api.Post($"{Requests}/{id}/accept", status: 404);
        Assert.True((await api.Get(Requests + "/merged")).GetProperty("merged").GetBoolean());

        await api.Database.Write(c => api.Get<Notifying>().Tell(c, NotificationTypes.Favourite, 2, 300));
        await Mention(3, 301);
        Assert.Equal(["favourite", "mention"], await Told());
    }

    [Fact]
    public async Task What_is_dismissed_is_forgotten_and_the_next_waits_again()
    {
        await Patch("for_not_following", "filter");
        await Mention(2, 300);
        await Mention(3, 301);
        var ids = ApiFixture.IdsOf(await api.Get(Requests));
        Assert.Equal(2, ids.Count);
        await api.Post(Requests + "/dismiss", ids.Select(id => ("id[]", id)).ToArray());
        Assert.Empty((await api.Get(Requests)).EnumerateArray());
        Assert.Empty((await api.Get("/api/v1/notifications?include_filtered=true")).EnumerateArray());
        await Mention(2, 301);
        Assert.Single((await api.Get(Requests)).EnumerateArray());
        Assert.Empty(await Told());
    }

    [Fact]
    public async Task What_is_dropped_was_never_there()
    {
        await Patch("for_not_following", "drop");
        await Mention(2, 300);
        Assert.Empty((await api.Get("/api/v1/notifications?include_filtered=true")).EnumerateArray());
        await Follow(ApiFixture.OwnerId, 2, TimeSpan.Zero);
        await Mention(2, 300);
        Assert.Equal(["mention"], await Told());
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(4, false)]
    public async Task A_follower_is_a_stranger_for_three_days(int days, bool waits)
    {
        await Patch("for_not_followers", "filter");
        await Follow(2, ApiFixture.OwnerId, TimeSpan.FromDays(days));
        await Mention(2, 300);
        Assert.Equal(waits, (await Told()).Count == 0);
    }

    [Theory]
    [InlineData(29, true)]
    [InlineData(31, false)]
    public async Task An_account_is_new_for_thirty_days(int days, bool waits)
    {
        await Patch("for_new_accounts", "filter");
        await api.Database.Write(c => c.Execute($"UPDATE accounts SET created_at = {api.Clock.GetUtcNow().AddDays(-days)} WHERE id = 2"));
        await Mention(2, 300);
        Assert.Equal(waits, (await Told()).Count == 0);
    }

    [Fact]
    public async Task A_private_mention_waits_unless_it_answers_the_owner_or_the_owner_wants_them()
    {
        await api.AddStatus(310, 2, s => s with { Visibility = Visibility.Direct });
        await api.AddStatus(311, ApiFixture.OwnerId, s => s with { Visibility = Visibility.Direct });
        await api.Database.Write(c => StatusParts.AddMentions(c, 311, [(3L, false)]));
        await api.AddStatus(312, 3, s => s with { Visibility = Visibility.Direct, InReplyToUri = "https://far.test/statuses/311" });
        await api.AddStatus(313, 2, s => s with { Visibility = Visibility.Direct, InReplyToUri = "https://far.test/statuses/311" });
        await Mention(2, 310);
        await Mention(3, 312);
        await Mention(2, 313);
        await Mention(2, 300);
        Assert.Equal(["300", "312"], (await api.Get("/api/v1/notifications")).EnumerateArray().Select(n => n.GetProperty("status").GetProperty("id").GetString()).Order());
        await Patch("for_private_mentions", "accept");
        await api.AddStatus(314, 2, s => s with { Visibility = Visibility.Direct });
        await Mention(2, 314);
        Assert.Contains("314", (await api.Get("/api/v1/notifications")).EnumerateArray().Select(n => n.GetProperty("status").GetProperty("id").GetString()));
    }

    [Fact]
    public async Task Somebody_silenced_waits_in_the_tray()
    {
        await api.Database.Write(c =>
        {
            DomainBlockStore.Save(c, new DomainBlock(1, "far.test", DomainSeverity.Silence) { CreatedAt = api.Clock.GetUtcNow() });
            DomainMarks.Refresh(c);
        });
        await Mention(2, 300);
        Assert.Empty(await Told());
        Assert.Single((await api.Get(Requests)).EnumerateArray());
        await Patch("for_limited_accounts", "accept");
        await Mention(3, 301);
        Assert.Equal(["mention"], await Told());
    }

    [Fact]
    public async Task A_muted_conversation_tells_nothing_wherever_it_was_muted()
    {
        await api.AddStatus(320, ApiFixture.OwnerId);
        await api.AddStatus(321, 2, s => s with { InReplyToUri = "https://far.test/statuses/320" });
        await api.AddStatus(322, 3, s => s with { InReplyToUri = "https://far.test/statuses/320" });
        Assert.True((await api.Post("/api/v1/statuses/321/mute")).GetProperty("muted").GetBoolean());
        Assert.True((await api.Get("/api/v1/statuses/322")).GetProperty("muted").GetBoolean());
        Assert.False((await api.Get("/api/v1/statuses/300")).GetProperty("muted").GetBoolean());
        await Mention(3, 322);
        await api.Database.Write(c => api.Get<Notifying>().Tell(c, NotificationTypes.Favourite, 3, 320));
        Assert.Empty((await api.Get("/api/v1/notifications?include_filtered=true")).EnumerateArray());
        await Mention(2, 300);
        Assert.Single(await Told());

        Assert.False((await api.Post("/api/v1/statuses/322/unmute")).GetProperty("muted").GetBoolean());
        await Mention(3, 322);
        Assert.Equal(2, (await Told()).Count);
    }

    private Task<JsonElement> Patch(string name, string answer) =>
        api.Send(HttpMethod.Patch, Policy, ApiFixture.Content($$"""{"{{name}}":"{{answer}}"}"""));

    private Task Mention(long from, long status) => api.Database.Write(c => api.Get<Notifying>().Tell(c, NotificationTypes.Mention, from, status));

    private Task Follow(long account, long target, TimeSpan ago) => api.Database.Write(c =>
        FollowStore.Save(c, new Follow(account, target, $"https://calf.test/f/{account}-{target}", true, true, false, api.Clock.GetUtcNow() - ago)));

    private async Task<List<string>> Told() =>
        [.. (await api.Get("/api/v1/notifications")).EnumerateArray().Select(n => n.GetProperty("type").GetString()!)];
}
