using System.Text.Json;
using Calf.Mastodon.Streaming;
using Calf.Statuses;

namespace Calf.Tests.Mastodon;

public sealed class QuotesApiTests : IAsyncLifetime
{
    private ApiFixture api = null!;

    public async ValueTask InitializeAsync()
    {
        api = await ApiFixture.Start();
        await api.AddPerson(2, "bob");
        await api.AddPerson(3, "eve");
        await api.AddStatus(100, ApiFixture.OwnerId);
        await api.AddStatus(200, 2);
        await api.AddStatus(201, 2);
        await Policy(200, PolicyGroups.Everybody);
    }

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Fact]
    public async Task A_post_quotes_and_says_who_may_quote_it()
    {
        var answer = await api.Post("/api/v1/statuses", """{"status":"look","quoted_status_id":"200","quote_approval_policy":"followers"}""");
        Assert.Equal("pending", answer.GetProperty("quote").GetProperty("state").GetString());
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("quote").GetProperty("quoted_status").ValueKind);
        var approval = answer.GetProperty("quote_approval");
        Assert.Equal(["followers"], approval.GetProperty("automatic").EnumerateArray().Select(a => a.GetString()));
        Assert.Equal("automatic", approval.GetProperty("current_user").GetString());

        var own = await api.Post("/api/v1/statuses", """{"status":"again","quoted_status_id":"100"}""");
        Assert.Equal("100", own.GetProperty("quote").GetProperty("quoted_status").GetProperty("id").GetString());
        Assert.Equal(1, (await api.Get("/api/v1/statuses/100")).GetProperty("quotes_count").GetInt64());
        Assert.Equal(["public"], own.GetProperty("quote_approval").GetProperty("automatic").EnumerateArray().Select(a => a.GetString()));
    }

    [Theory]
    [InlineData("""{"status":"x","quoted_status_id":"999"}""", 404, "does not appear to exist")]
    [InlineData("""{"status":"x","quoted_status_id":"abc"}""", 404, "")]
    [InlineData("""{"status":"x","quoted_status_id":"201"}""", 404, "does not appear to exist")]
    [InlineData("""{"status":"x","quoted_status_id":"200","visibility":"direct"}""", 422, "non-mentioned")]
    [InlineData("""{"status":"x","quote_approval_policy":"friends"}""", 422, "public, followers or nobody")]
    public async Task What_cannot_be_quoted_is_refused_with_a_reason(string body, int status, string reason)
    {
        var answer = await api.Post("/api/v1/statuses", body, status: status);
        Assert.Contains(reason, answer.GetProperty("error").GetString());
    }

    [Fact]
    public async Task Whom_the_owner_blocks_they_do_not_quote()
    {
        await api.Post("/api/v1/accounts/2/block");
        var answer = await api.Post("/api/v1/statuses", """{"status":"x","quoted_status_id":"200"}""", status: 404);
        Assert.Contains("does not appear to exist", answer.GetProperty("error").GetString());
    }

    [Fact]
    public async Task The_accepted_quotes_of_a_status_are_listed()
    {
        foreach (var (id, author, state) in new[] { (301L, 2L, QuoteState.Accepted), (302L, 3L, QuoteState.Accepted), (303L, 2L, QuoteState.Pending) })
            await AddQuote(id, author, state);
        Assert.Equal(["302", "301"], ApiFixture.IdsOf(await api.Get("/api/v1/statuses/100/quotes")));
        Assert.Equal(["301"], ApiFixture.IdsOf(await api.Get("/api/v1/statuses/100/quotes?max_id=302")));
        await api.Post("/api/v1/accounts/3/block");
        Assert.Equal(["301"], ApiFixture.IdsOf(await api.Get("/api/v1/statuses/100/quotes")));
        await api.Get("/api/v1/statuses/999/quotes", status: 404);
        await api.Get("/api/v1/statuses/100/quotes", token: null, status: 401);
    }

    [Fact]
    public async Task A_quote_is_revoked_by_the_quoted_only()
    {
        await AddQuote(301, 2, QuoteState.Accepted);
        var answer = await api.Post("/api/v1/statuses/100/quotes/301/revoke");
        Assert.Equal("301", answer.GetProperty("id").GetString());
        Assert.Equal("revoked", answer.GetProperty("quote").GetProperty("state").GetString());
        Assert.Equal(0, (await api.Get("/api/v1/statuses/100")).GetProperty("quotes_count").GetInt64());
        await api.Post("/api/v1/statuses/100/quotes/200/revoke", status: 404);
        await api.Post("/api/v1/statuses/200/quotes/301/revoke", status: 404);
        await api.Post("/api/v1/statuses/100/quotes/301/revoke", token: await api.TokenWith("read"), status: 403);
    }

    [Fact]
    public async Task The_policy_of_a_post_can_be_changed()
    {
        using var listener = api.Get<StreamHub>().Listen(new Calf.Mastodon.Caller(1, 7, true, "read"));
        listener.Subscribe(StreamName.User);
        var answer = await Put("100", """{"quote_approval_policy":"followers"}""", 200);
        Assert.Equal(["followers"], answer.GetProperty("quote_approval").GetProperty("automatic").EnumerateArray().Select(a => a.GetString()));
        var (_, told) = await listener.Events.ReadAsync(TestContext.Current.CancellationToken);
        Assert.Equal("status.update", told.Type);
        answer = await Put("100", """{"quote_approval_policy":"nobody"}""", 200);
        Assert.Empty(answer.GetProperty("quote_approval").GetProperty("automatic").EnumerateArray());
        await Put("100", """{"quote_approval_policy":"all"}""", 422);
        await Put("100", "{}", 422);
        await Put("200", """{"quote_approval_policy":"public"}""", 404);
    }

    [Fact]
    public async Task What_new_posts_start_with_is_a_preference()
    {
        Assert.Equal("public", Source(await api.Get("/api/v1/accounts/verify_credentials")));
        using var body = ApiFixture.Content("""{"source":{"quote_policy":"nobody"}}""");
        Assert.Equal("nobody", Source(await api.Send(HttpMethod.Patch, "/api/v1/accounts/update_credentials", body)));
        Assert.Equal("nobody", (await api.Get("/api/v1/preferences")).GetProperty("posting:default:quote_policy").GetString());
        var post = await api.Post("/api/v1/statuses", """{"status":"hi"}""");
        Assert.Empty(post.GetProperty("quote_approval").GetProperty("automatic").EnumerateArray());
        Assert.Equal("automatic", post.GetProperty("quote_approval").GetProperty("current_user").GetString());
    }

    private static string? Source(JsonElement account) => account.GetProperty("source").GetProperty("quote_policy").GetString();

    private async Task<JsonElement> Put(string id, string json, int status)
    {
        using var body = ApiFixture.Content(json);
        return await api.Send(HttpMethod.Put, $"/api/v1/statuses/{id}/interaction_policy", body, status: status);
    }

    private Task Policy(long id, PolicyGroups groups) => api.Database.Write(c =>
        InteractionPolicyStore.Save(c, id, new InteractionPolicy(new SubPolicy(groups, PolicyGroups.Nobody))));

    private async Task AddQuote(long id, long author, QuoteState state)
    {
        await api.AddStatus(id, author);
        await api.Database.Write(c => QuoteStore.Save(c, new Quote { StatusId = id, QuotedUri = "https://far.test/statuses/100", QuotedId = 100, State = state }));
    }
}
