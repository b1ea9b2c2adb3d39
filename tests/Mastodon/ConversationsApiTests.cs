using Calf.Events;
using Calf.Mastodon.Streaming;
using Calf.Notifications;
using Calf.Statuses;

namespace Calf.Tests.Mastodon;

/// <summary>Direct posts by whom they are among.</summary>
public sealed class ConversationsApiTests : IAsyncLifetime
{
    private ApiFixture api = null!;

    public async ValueTask InitializeAsync()
    {
        api = await ApiFixture.Start();
        await api.AddPerson(2, "bob");
        await api.AddPerson(3, "cleo");
    }

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Fact]
    public async Task What_comes_in_makes_a_conversation_that_is_unread_until_it_is_read()
    {
        await Receive(100, 2, "thread", 2);
        await Receive(101, 3, "thread", 2);
        await Receive(102, 2, "thread", 2);
        await Receive(103, 2, "other", 2);

        var all = await api.Get("/api/v1/conversations");

        Assert.Equal(["103", "102", "101"], all.EnumerateArray().Select(v => v.GetProperty("last_status").GetProperty("id").GetString()!));
        Assert.All(all.EnumerateArray(), v => Assert.True(v.GetProperty("unread").GetBoolean()));
        Assert.Equal(["3", "2"], all[2].GetProperty("accounts").EnumerateArray().Select(a => a.GetProperty("id").GetString()!).OrderDescending());
        Assert.Equal(["102"], (await api.Get("/api/v1/conversations?limit=1&max_id=103")).EnumerateArray().Select(v => v.GetProperty("last_status").GetProperty("id").GetString()!));
        Assert.Equal(["103", "102", "101", "100"], ApiFixture.IdsOf(await api.Get("/api/v1/timelines/direct")));

        var id = all[0].GetProperty("id").GetString();
        Assert.False((await api.Post($"/api/v1/conversations/{id}/read")).GetProperty("unread").GetBoolean());
        Assert.True((await api.Post($"/api/v1/conversations/{id}/unread")).GetProperty("unread").GetBoolean());
        Assert.False((await api.Post($"/api/v1/conversations/{id}/read")).GetProperty("unread").GetBoolean());
        Assert.Equal([false, true, true], (await api.Get("/api/v1/conversations")).EnumerateArray().Select(v => v.GetProperty("unread").GetBoolean()));

        await api.Send(HttpMethod.Delete, $"/api/v1/conversations/{id}", null);
        Assert.Equal(2, (await api.Get("/api/v1/conversations")).GetArrayLength());
        await api.Get("/api/v1/statuses/103");
        await api.Send(HttpMethod.Delete, $"/api/v1/conversations/{id}", null, status: 404);
        await api.Post($"/api/v1/conversations/{id}/read", status: 404);
    }

    [Fact]
    public async Task What_the_owner_writes_is_read_and_notes_to_oneself_are_with_oneself()
    {
        await api.Post("/api/v1/statuses", """{"status":"Remember the milk","visibility":"direct"}""");
        await api.Post("/api/v1/statuses", """{"status":"Not this","visibility":"public"}""");

        var only = Assert.Single((await api.Get("/api/v1/conversations")).EnumerateArray());

        Assert.False(only.GetProperty("unread").GetBoolean());
        Assert.Equal(["1"], ApiFixture.IdsOf(only.GetProperty("accounts")));
    }

    [Fact]
    public async Task When_the_last_post_goes_the_one_before_it_is_the_last_and_then_nothing()
    {
        await Receive(100, 2, "thread", 2);
        await Receive(101, 2, "thread", 2);

        await api.Database.Write(c => StatusStore.Remove(c, StatusStore.Find(c, 101)!));
        Assert.Equal("100", (await api.Get("/api/v1/conversations"))[0].GetProperty("last_status").GetProperty("id").GetString());

        await api.Database.Write(c => StatusStore.Remove(c, StatusStore.Find(c, 100)!));
        Assert.Equal(0, (await api.Get("/api/v1/conversations")).GetArrayLength());
    }

    [Fact]
    public async Task What_waits_in_the_requests_tray_is_in_no_conversation_yet()
    {
        await Receive(100, 2, "thread", 2);
        await api.Database.Write(c => NotificationStore.Add(c, NotificationTypes.Mention, 2, 100, api.Clock.GetUtcNow(), filtered: true));

        Assert.Equal(0, (await api.Get("/api/v1/conversations")).GetArrayLength());
        Assert.Equal(0, (await api.Get("/api/v1/timelines/direct")).GetArrayLength());
        var id = api.Database.Read(c => c.Count($"SELECT id FROM conversations"));
        Assert.Empty(api.Get<StreamEvents>().Of(new ConversationChanged(id)));

        await api.Database.Write(c => c.Execute($"UPDATE notifications SET filtered = 0"));
        Assert.Equal(1, (await api.Get("/api/v1/conversations")).GetArrayLength());
    }

    [Fact]
    public async Task The_direct_stream_tells_of_it()
    {
        var id = await Receive(100, 2, "thread", 2);

        var told = Assert.Single(api.Get<StreamEvents>().Of(new ConversationChanged(id)));

        Assert.Equal(("conversation", "direct"), (told.Type, Assert.Single(told.Streams!).Name));
        Assert.Contains("\"unread\":true", told.Payload!, StringComparison.Ordinal);
    }

    /// <summary>A direct post to the owner and the other one.</summary>
    private async Task<long> Receive(long id, long author, string thread, long other)
    {
        var status = await api.AddStatus(id, author, s => s with { Visibility = Visibility.Direct, Conversation = thread }, home: false);
        return await api.Database.Write(c =>
        {
            StatusParts.AddMentions(c, id, new[] { ApiFixture.OwnerId, other }.Where(m => m != author).Select(m => (m, false)));
            return ConversationStore.Add(c, status, ApiFixture.OwnerId);
        });
    }
}
