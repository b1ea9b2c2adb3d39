using System.Text.Json;
using Calf.Events;
using Calf.Filters;
using Calf.Lists;
using Calf.Mastodon.Streaming;
using Calf.Moderation;
using Calf.Notifications;
using Calf.Statuses;

namespace Calf.Tests.Mastodon;

/// <summary>What streams tell, and which of them.</summary>
public sealed class StreamingTests : IAsyncLifetime
{
    private const long Bob = 2;
    private const long Cid = 3;
    private const long Post = 200;

    private ApiFixture api = null!;

    public async ValueTask InitializeAsync()
    {
        api = await ApiFixture.Start();
        await api.AddPerson(Bob, "bob");
        await api.AddPerson(Cid, "cid");
        await api.Database.Write(c => ListStore.Save(c, new AccountList(1, "Farm", RepliesPolicies.List, Exclusive: false)));
    }

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Fact]
    public async Task The_user_stream_tells_of_posts_edits_deletions_and_notifications()
    {
        using var client = api.Client();
        using var reader = await Streams.Open(client, "/api/v1/streaming/user");
        await Add(Bob);
        Publish(new StatusAdded(Post, Home: true));
        var update = await Streams.NextJson(reader, "update");
        Assert.Equal("200", update.GetProperty("id").GetString());
        Assert.Empty(SchemaCheck.Entity("Status", update));
        Publish(new StatusEdited(Post));
        Assert.Equal("200", (await Streams.NextJson(reader, "status.update")).GetProperty("id").GetString());
        var notification = await api.Database.Write(c => NotificationStore.Add(c, NotificationTypes.Follow, Bob, null, api.Clock.GetUtcNow()));
        Publish(new NotificationAdded(notification!.Value));
        var told = await Streams.NextJson(reader, "notification");
        Assert.Equal("follow", told.GetProperty("type").GetString());
        Assert.Empty(SchemaCheck.Entity("Notification", told));
        Publish(new StatusRemoved(Post, Public: true));
        Assert.Equal("200", await Streams.Next(reader, "delete"));
        Publish(new FiltersChanged());
        Assert.Equal("undefined", await Streams.Next(reader, "filters_changed"));
        Publish(new NotificationsMerged());
        Assert.Equal("1", await Streams.Next(reader, "notifications_merged"));
    }

    [Theory]
    [InlineData("bob", "user public public:remote")]
    [InlineData("bob media", "user public public:remote public:media public:remote:media")]
    [InlineData("bob tag", "user public public:remote hashtag")]
    [InlineData("own tag media", "user public public:local public:media public:local:media hashtag hashtag:local")]
    [InlineData("bob away tag", "public public:remote hashtag")]
    [InlineData("bob unlisted tag media", "user")]
    [InlineData("bob private tag", "user")]
    [InlineData("bob listed", "user public public:remote list")]
    [InlineData("bob answer tag", "user hashtag")]
    [InlineData("bob thread", "user public public:remote")]
    [InlineData("bob boost", "user")]
    [InlineData("bob away boost", "")]
    [InlineData("bob boost listed", "user list")]
    [InlineData("bob muted tag", "")]
    [InlineData("bob blocked tag listed", "")]
    [InlineData("bob limited tag", "user")]
    [InlineData("bob names-muted tag", "")]
    [InlineData("own names-muted tag", "user")]
    public async Task A_post_is_on_the_streams_that_it_belongs_to_and_no_others(string what, string streams)
    {
        using var listener = Streams.ToAll(api);
        var has = what.Split(' ').ToHashSet();
        await Add(has.Contains("own") ? ApiFixture.OwnerId : Bob, has);
        Publish(new StatusAdded(Post, Home: !has.Contains("away")));
        Publish(new FiltersChanged());

        var told = await Streams.Told(listener);
        if (streams.Length > 0)
        {
            Assert.Equal("update", told.Type);
            Assert.Equal(streams.Split(' ').Order(), told.Streams.Order());
            told = await Streams.Told(listener);
        }
        Assert.Equal(("filters_changed", null), (told.Type, told.Payload));
        Assert.Equal(["user"], told.Streams);
    }

    [Fact]
    public async Task A_deletion_is_told_where_such_a_post_may_have_been()
    {
        using var listener = Streams.ToAll(api);
        Publish(new StatusRemoved(5, Public: true));
        Publish(new StatusRemoved(6, Public: false));
        var first = await Streams.Told(listener);
        Assert.Equal(Streams.Names.Except(["user:notification", "direct"]).Order(), first.Streams.Order());
        Assert.Equal(("delete", "5"), (first.Type, first.Payload));
        Assert.Equal(["user", "list"], (await Streams.Told(listener)).Streams);
    }

    [Fact]
    public async Task Notifications_are_for_tokens_that_may_read_them()
    {
        using var all = Streams.ToAll(api);
        using var posts = Streams.ToAll(api, "read:statuses");
        using var alone = Streams.ToAll(api, "read:notifications");
        var id = await api.Database.Write(c => NotificationStore.Add(c, NotificationTypes.Follow, Bob, null, api.Clock.GetUtcNow()));
        Publish(new NotificationAdded(id!.Value));
        Publish(new NotificationsMerged());
        Publish(new StatusRemoved(5, Public: true));
        foreach (var type in (string[])["notification", "notifications_merged"])
        {
            var told = await Streams.Told(all);
            Assert.Equal(type, told.Type);
            Assert.Equal(["user", "user:notification"], told.Streams);
            Assert.Equal(["user:notification"], (await Streams.Told(alone)).Streams);
        }
        Assert.Equal("delete", (await Streams.Told(posts)).Type);
        Assert.False(alone.Events.TryPeek(out _));
    }

    [Fact]
    public async Task A_conversation_is_on_the_direct_stream_alone()
    {
        using var listener = Streams.ToAll(api);
        await Add(Bob, ["direct"], home: false);
        var id = await api.Database.Write(c => ConversationStore.Add(c, StatusStore.Find(c, Post)!, ApiFixture.OwnerId));
        Publish(new StatusAdded(Post, Home: false));
        Publish(new ConversationChanged(id));
        var told = await Streams.Told(listener);
        Assert.Equal("conversation", told.Type);
        Assert.Equal(["direct"], told.Streams);
        using var conversation = JsonDocument.Parse(told.Payload!);
        Assert.Empty(SchemaCheck.Entity("Conversation", conversation.RootElement));
    }

    [Fact]
    public async Task What_a_filter_matches_is_marked_in_what_is_streamed()
    {
        await api.Database.Write(c =>
        {
            FilterStore.Save(c, new Filter(1, "Posts", ["home"], "warn", null));
            FilterStore.SaveKeyword(c, new FilterKeyword(1, 1, "status", true));
        });
        using var listener = Streams.ToAll(api);
        await Add(Bob);
        Publish(new StatusAdded(Post, Home: true));
        using var status = JsonDocument.Parse((await Streams.Told(listener)).Payload!);
        var filtered = Assert.Single(status.RootElement.GetProperty("filtered").EnumerateArray());
        Assert.Equal("Posts", filtered.GetProperty("filter").GetProperty("title").GetString());
        Assert.Equal("Status", filtered.GetProperty("keyword_matches")[0].GetString(), ignoreCase: true);
    }

    [Fact]
    public async Task An_edit_of_a_post_that_is_in_no_list_is_told_to_nobody()
    {
        using var listener = Streams.ToAll(api);
        await Add(Bob, ["unlisted"], home: false);
        Publish(new StatusEdited(Post));
        Publish(new FiltersChanged());
        Assert.Equal("filters_changed", (await Streams.Told(listener)).Type);
    }

    [Fact]
    public async Task A_quiet_stream_thumps()
    {
        using var client = api.Client();
        using var reader = await Streams.Open(client, "/api/v1/streaming/public");
        api.Clock.Advance(StreamHub.HeartbeatEvery);
        Assert.Equal(":thump", await reader.ReadLineAsync(TestContext.Current.CancellationToken));
    }

    private void Publish(Event happened) => api.Get<EventHub>().Publish(happened);

    private async Task Add(long author, HashSet<string>? has = null, bool home = true)
    {
        has ??= [];
        var own = author == ApiFixture.OwnerId;
        if (has.Contains("listed")) await api.Database.Write(c => ListStore.AddMember(c, 1, author));
        if (has.Contains("boost")) await api.AddStatus(100, Cid, home: false);
        await api.AddStatus(Post, author, s => s with
        {
            Visibility = has.Contains("unlisted") ? Visibility.Unlisted : has.Contains("private") ? Visibility.Private : has.Contains("direct") ? Visibility.Direct : Visibility.Public,
            InReplyToUri = has.Contains("answer") || has.Contains("thread") ? "https://far.test/statuses/99" : null,
            InReplyToAccountId = has.Contains("answer") ? Cid : has.Contains("thread") ? author : null,
            BoostOfId = has.Contains("boost") ? 100 : null,
            Uri = own ? $"https://calf.test/users/ann/statuses/{s.Id}" : s.Uri,
        }, home && !has.Contains("away"));
        await api.Database.Write(c =>
        {
            if (has.Contains("tag")) StatusParts.AddTags(c, Post, ["Cows"]);
            if (has.Contains("media")) StatusParts.AddAttachments(c, Post, [new Attachment(9, "image", "image/jpeg", "https://far.test/cow.jpg", "A cow", null, 640, 480, 0, 0)]);
            if (has.Contains("direct")) StatusParts.AddMentions(c, Post, [(ApiFixture.OwnerId, false)]);
            if (has.Contains("muted")) MuteStore.Save(c, new Mute(author, true, null), api.Clock.GetUtcNow());
            if (has.Contains("blocked")) BlockStore.Add(c, ApiFixture.OwnerId, author, "https://calf.test/blocks/1", api.Clock.GetUtcNow());
            if (has.Contains("limited")) c.Execute($"UPDATE accounts SET domain_severity = 1 WHERE id = {author}");
            if (!has.Contains("names-muted")) return;
            StatusParts.AddMentions(c, Post, [(Cid, false)]);
            MuteStore.Save(c, new Mute(Cid, true, null), api.Clock.GetUtcNow());
        });
    }
}
