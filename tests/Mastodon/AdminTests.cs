using Calf.Moderation;
using Calf.Tests.Support;

namespace Calf.Tests.Mastodon;

public sealed class AdminTests : IAsyncLifetime
{
    private ApiFixture api = null!;
    private string token = "";

    public async ValueTask InitializeAsync()
    {
        api = await ApiFixture.Start();
        await api.AddPerson(2, "bob");
        await api.AddPerson(3, "cid", "loud.test");
        await api.AddPerson(4, "dan", "bad.test");
        await api.Database.Write(c =>
        {
            DomainBlockStore.Save(c, new DomainBlock(1, "loud.test", DomainSeverity.Silence) { CreatedAt = api.Clock.GetUtcNow() });
            DomainBlockStore.Save(c, new DomainBlock(2, "bad.test", DomainSeverity.Block) { CreatedAt = api.Clock.GetUtcNow() });
            DomainMarks.Refresh(c);
        });
        token = await api.TokenWith("admin:read admin:write");
    }

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Theory]
    [InlineData("/api/v1/admin/accounts", "4 3 2 1")]
    [InlineData("/api/v1/admin/accounts?local=true", "1")]
    [InlineData("/api/v1/admin/accounts?remote=true", "4 3 2")]
    [InlineData("/api/v1/admin/accounts?active=true", "3 2 1")]
    [InlineData("/api/v1/admin/accounts?silenced=true", "3")]
    [InlineData("/api/v1/admin/accounts?suspended=true", "4")]
    [InlineData("/api/v1/admin/accounts?pending=true", "")]
    [InlineData("/api/v1/admin/accounts?staff=true", "1")]
    [InlineData("/api/v1/admin/accounts?username=BO", "2")]
    [InlineData("/api/v1/admin/accounts?display_name=ci", "3")]
    [InlineData("/api/v1/admin/accounts?by_domain=Far.test", "2")]
    [InlineData("/api/v1/admin/accounts?email=a@b.test", "")]
    [InlineData("/api/v1/admin/accounts?limit=2&max_id=4", "3 2")]
    [InlineData("/api/v2/admin/accounts?origin=remote&status=active", "3 2")]
    [InlineData("/api/v2/admin/accounts?origin=local", "1")]
    [InlineData("/api/v2/admin/accounts?status=suspended", "4")]
    [InlineData("/api/v2/admin/accounts?status=disabled", "")]
    public async Task Accounts_are_found(string address, string ids) =>
        Assert.Equal(ids.Split(' ', StringSplitOptions.RemoveEmptyEntries), ApiFixture.IdsOf(await api.Get(address, token)));

    [Theory]
    [InlineData("/api/v2/admin/accounts?origin=mars", 400, "Unknown origin: mars")]
    [InlineData("/api/v2/admin/accounts?status=happy", 400, "Unknown status: happy")]
    [InlineData("/api/v1/admin/accounts/99", 404, "Record not found")]
    [InlineData("/api/v1/admin/reports/99", 404, "Record not found")]
    public async Task What_is_not_there_is_told(string address, int status, string says) =>
        Assert.Equal(says, (await api.Get(address, token, status)).GetProperty("error").GetString());

    [Fact]
    public async Task The_owners_account_is_a_whole_one_and_that_of_somebody_else_has_no_user()
    {
        var own = await api.Get("/api/v1/admin/accounts/1", token);
        Assert.Empty(SchemaCheck.Entity("AdminAccount", own));
        Golden.Check("AdminAccount", own);
        Golden.Check("AdminAccount.remote", await api.Get("/api/v1/admin/accounts/4", token));
    }

    [Fact]
    public async Task A_report_is_closed_and_opened_again()
    {
        await api.AddStatus(200, 2);
        var id = (await api.Post("/api/v1/reports", """{"account_id":"2","status_ids":["200"],"comment":"Moo"}""")).GetProperty("id").GetString()!;
        Assert.Equal([id], ApiFixture.IdsOf(await api.Get("/api/v1/admin/reports", token)));
        Golden.Check("AdminReport", await api.Get($"/api/v1/admin/reports/{id}", token), "id");

        var closed = await api.Post($"/api/v1/admin/reports/{id}/resolve", token: token);
        Assert.True(closed.GetProperty("action_taken").GetBoolean());
        Assert.Equal("2026-11-01T12:00:00.000Z", closed.GetProperty("action_taken_at").GetString());
        Assert.Equal("1", closed.GetProperty("action_taken_by_account").GetProperty("id").GetString());
        Assert.Empty((await api.Get("/api/v1/admin/reports", token)).EnumerateArray());
        Assert.Equal([id], ApiFixture.IdsOf(await api.Get("/api/v1/admin/reports?resolved=true&target_account_id=2", token)));
        Assert.Empty((await api.Get("/api/v1/admin/reports?resolved=true&target_account_id=3", token)).EnumerateArray());

        Assert.False((await api.Post($"/api/v1/admin/reports/{id}/reopen", token: token)).GetProperty("action_taken").GetBoolean());
        Assert.Equal([id], ApiFixture.IdsOf(await api.Get("/api/v1/admin/reports?account_id=1", token)));
        await api.Post("/api/v1/admin/reports/99/resolve", token: token, status: 404);
    }

    [Fact]
    public async Task Nobody_else_looks_in()
    {
        foreach (var address in (string[])["/api/v1/admin/accounts", "/api/v2/admin/accounts", "/api/v1/admin/accounts/2", "/api/v1/admin/reports"])
        {
            await api.Get(address, token: null, status: 401);
            await api.Get(address, await api.TokenWith("read write"), 403);
            await api.Get(address, await api.TokenWith("admin:read", byOwner: false), 422);
        }
        await api.Post("/api/v1/admin/reports/1/resolve", token: await api.TokenWith("admin:read"), status: 403);
    }
}
