using Calf.Federation.Conversations;

namespace Calf.Tests.Mastodon;

/// <summary>A thread is answered at once, and an app that wants to can wait for more of it.</summary>
public sealed class ContextRefreshTests : IAsyncLifetime
{
    private ApiFixture api = null!;

    public async ValueTask InitializeAsync()
    {
        api = await ApiFixture.Start();
        await api.AddPerson(2, "bea");
        await api.AddStatus(200, 2);
    }

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Fact]
    public async Task The_answer_names_the_look_for_more_that_is_under_way_until_it_has_ended()
    {
        Assert.Equal("id=\"200\", retry=5, result_count=0", await Refresh());
        Assert.Equal("running", (await api.Get("/api/v1_alpha/async_refreshes/200")).GetProperty("async_refresh").GetProperty("status").GetString());
        // Opening it again starts no second one.
        Assert.NotNull(await Refresh());
        await api.Get<ThreadWorker>().Step(TestContext.Current.CancellationToken);
        var refresh = (await api.Get("/api/v1_alpha/async_refreshes/200")).GetProperty("async_refresh");
        Assert.Equal(("200", "finished", 0), (refresh.GetProperty("id").GetString(), refresh.GetProperty("status").GetString(), refresh.GetProperty("result_count").GetInt32()));
        Assert.Null(await Refresh());
        api.Clock.Advance(ThreadLookStore.Every);
        Assert.NotNull(await Refresh());
    }

    [Fact]
    public async Task Strangers_start_none_and_a_post_of_the_owners_that_nobody_answered_needs_none()
    {
        Assert.Null(await Refresh(token: null));
        await api.AddStatus(201, ApiFixture.OwnerId);
        Assert.Null(await Refresh(201));
        await api.Get("/api/v1_alpha/async_refreshes/201", status: 404);
        await api.Get("/api/v1_alpha/async_refreshes/mist", status: 404);
    }

    [Fact]
    public async Task How_much_of_a_thread_is_here_is_said_by_number_and_reason()
    {
        await api.AddStatus(210, 2, s => s with { InReplyToId = 200 });
        var before = await api.Get("/api/calf/v1/statuses/210/completeness");
        Assert.Equal((1, 1, false), (before.GetProperty("here").GetInt32(), before.GetProperty("announced").GetInt32(), before.GetProperty("looking").GetBoolean()));
        Assert.Null(before.GetProperty("looked_at").GetString());
        await Refresh();
        Assert.True((await api.Get("/api/calf/v1/statuses/200/completeness")).GetProperty("looking").GetBoolean());
        await api.Get<ThreadWorker>().Step(TestContext.Current.CancellationToken);
        var after = await api.Get("/api/calf/v1/statuses/200/completeness");
        var server = Assert.Single(after.GetProperty("servers").EnumerateArray().ToList());
        Assert.Equal(("far.test", "unreachable", 2), (server.GetProperty("host").GetString(), server.GetProperty("reason").GetString(), server.GetProperty("posts").GetInt32()));
        Assert.NotNull(after.GetProperty("next_look_at").GetString());
    }

    private async Task<string?> Refresh(int id = 200, string? token = ApiFixture.Token)
    {
        using var client = api.Client(token);
        using var response = await client.GetAsync($"/api/v1/statuses/{id}/context", TestContext.Current.CancellationToken);
        response.EnsureSuccessStatusCode();
        return response.Headers.TryGetValues("Mastodon-Async-Refresh", out var values) ? Assert.Single(values) : null;
    }
}
