using Calf.Moderation;

namespace Calf.Tests.Mastodon;

public sealed class AdminDomainBlocksTests : IAsyncLifetime
{
    private const string Root = "/api/v1/admin/domain_blocks";

    private ApiFixture api = null!;
    private string token = "";

    public async ValueTask InitializeAsync()
    {
        api = await ApiFixture.Start();
        token = await api.TokenWith("admin:read:domain_blocks admin:write:domain_blocks read write");
        await api.AddPerson(2, "bob", "sub.far.test");
        await api.AddStatus(200, 2);
    }

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Fact]
    public async Task A_rule_is_made_changed_and_lifted()
    {
        var made = await api.Post(Root, """{"domain":"Far.Test","public_comment":"spam"}""", token);
        var id = made.GetProperty("id").GetString();
        Assert.Equal("far.test", made.GetProperty("domain").GetString());
        Assert.Equal("silence", made.GetProperty("severity").GetString());
        Assert.Single((await api.Get("/api/v1/timelines/home")).EnumerateArray());
        Assert.Empty((await api.Get("/api/v1/timelines/public")).EnumerateArray());
        Assert.Empty((await api.Get("/api/v1/domain_blocks")).EnumerateArray());

        var changed = await api.Send(HttpMethod.Put, $"{Root}/{id}", ApiFixture.Content("""{"severity":"suspend","reject_media":true}"""), token);
        Assert.Equal("suspend", changed.GetProperty("severity").GetString());
        Assert.Equal("spam", changed.GetProperty("public_comment").GetString());
        Assert.Empty((await api.Get("/api/v1/timelines/home")).EnumerateArray());
        Assert.Equal("far.test", Assert.Single((await api.Get("/api/v1/domain_blocks")).EnumerateArray()).GetString());
        Assert.True((await api.Get("/api/v1/accounts/relationships?id[]=2"))[0].GetProperty("domain_blocking").GetBoolean());
        Assert.Equal(id, Assert.Single((await api.Get(Root, token)).EnumerateArray()).GetProperty("id").GetString());

        await api.Send(HttpMethod.Delete, $"{Root}/{id}", null, token);
        await api.Get($"{Root}/{id}", token, status: 404);
        Assert.Single((await api.Get("/api/v1/timelines/public")).EnumerateArray());
        Assert.False((await api.Get("/api/v1/accounts/relationships?id[]=2"))[0].GetProperty("domain_blocking").GetBoolean());
    }

    [Fact]
    public async Task Only_tokens_with_the_admin_scope_may()
    {
        await api.Get(Root, status: 403);
        await api.Post(Root, """{"domain":"far.test"}""", status: 403);
        await api.Post(Root, """{"domain":"far.test"}""", await api.TokenWith("admin:read"), status: 403);
        Assert.Empty(api.Database.Read(DomainBlockStore.Everything));
    }

    [Theory]
    [InlineData("""{"domain":""}""")]
    [InlineData("""{"domain":"calf.test"}""")]
    [InlineData("""{"domain":"far.test","severity":"shout"}""")]
    public async Task What_is_no_rule_is_refused(string body)
    {
        await api.Post(Root, body, token, status: 422);
        Assert.Empty(api.Database.Read(DomainBlockStore.Everything));
    }

    [Fact]
    public async Task A_second_rule_for_a_domain_is_refused()
    {
        await api.Post(Root, """{"domain":"far.test"}""", token);
        await api.Post(Root, """{"domain":"FAR.test"}""", token, status: 422);
    }

    [Fact]
    public async Task A_list_is_previewed_imported_and_exported()
    {
        const string lists = "/api/calf/v1/blocklists";
        const string text = """{"text":"far.test\nodd one\n"}""";
        await api.Post(lists + "/preview", text, status: 403);
        var preview = await api.Post(lists + "/preview", text, token);
        Assert.Equal(1, preview.GetProperty("domains").GetInt32());
        Assert.Equal("odd one", Assert.Single(preview.GetProperty("skipped").EnumerateArray()).GetProperty("text").GetString());
        Assert.Empty(api.Database.Read(DomainBlockStore.Everything));
        Assert.Equal(1, (await api.Post(lists + "/import", text, token)).GetProperty("added").GetInt32());
        await api.Post(lists + "/import", """{"text":"nothing"}""", token, status: 422);
        await api.Post(lists, """{"url":"nowhere"}""", token, status: 422);
        Assert.Empty((await api.Get(lists, token)).EnumerateArray());

        using var client = api.Client(token);
        Assert.Contains("\nfar.test,suspend,", await client.GetStringAsync(lists + "/export", TestContext.Current.CancellationToken));
    }
}
