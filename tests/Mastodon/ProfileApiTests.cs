using System.Text.Json;
using Calf.Accounts;
using Calf.Federation;
using Calf.Federation.Documents;
using Calf.Federation.Outbox;
using Calf.Follows;
using Calf.Tests.Media;

namespace Calf.Tests.Mastodon;

/// <summary>The profile as it is edited.</summary>
public sealed class ProfileApiTests : IAsyncLifetime
{
    private ApiFixture api = null!;

    public async ValueTask InitializeAsync() => api = await ApiFixture.Start();

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Fact]
    public async Task It_is_told_as_it_was_typed_and_changes_one_thing_at_a_time()
    {
        var profile = await Patch("""
            {"display_name":"Ann","note":"I like *cows*","fields_attributes":{"0":{"name":"Farm","value":"Hill"}},"show_media":false,
             "attribution_domains":["https://Ann.example/","news.example"],"bot":true}
            """);

        Assert.Equal(("Ann", "I like *cows*", "Hill"), (profile.GetProperty("display_name").GetString(), profile.GetProperty("note").GetString(), profile.GetProperty("fields")[0].GetProperty("value").GetString()));
        Assert.Equal(["ann.example", "news.example"], profile.GetProperty("attribution_domains").EnumerateArray().Select(d => d.GetString()!));
        var later = await Patch("""{"locked":true}""");
        Assert.Equal((true, true, false, true, "Ann"), (later.GetProperty("locked").GetBoolean(), later.GetProperty("bot").GetBoolean(), later.GetProperty("show_media").GetBoolean(),
            later.GetProperty("show_featured").GetBoolean(), later.GetProperty("display_name").GetString()));
        Assert.Equal(later.ToString(), (await api.Get("/api/v1/profile")).ToString());
        var actor = ActorBuilder.Owner(api.Database.Read(AccountStore.Owner)!, api.Get<Site>(), api.Get<OwnKeys>());
        Assert.Equal(["ann.example", "news.example"], actor.AttributionDomains!);
    }

    [Fact]
    public async Task A_put_does_what_a_patch_does()
    {
        var profile = await api.Send(HttpMethod.Put, "/api/v1/profile", ApiFixture.Content("""{"display_name":"Put"}"""));
        var policy = await api.Send(HttpMethod.Put, "/api/v2/notifications/policy", ApiFixture.Content("""{"for_new_accounts":"filter"}"""));

        Assert.Equal(("Put", "filter"), (profile.GetProperty("display_name").GetString(), policy.GetProperty("for_new_accounts").GetString()));
        await api.Send(HttpMethod.Put, "/api/v2/notifications/policy", ApiFixture.Content("""{"for_new_accounts":"accept"}"""));
    }

    [Fact]
    public async Task What_is_no_domain_or_too_many_is_refused()
    {
        var many = Enumerable.Range(0, ProfileEditing.MaxAttributionDomains + 1).Select(n => $"\"a{n}.example\"");
        foreach (var sites in (string[])["\"no domain\"", string.Join(',', many)])
            await api.Send(HttpMethod.Patch, "/api/v1/profile", ApiFixture.Content($"{{\"attribution_domains\":[{sites}]}}"), status: 422);
        Assert.Equal(0, (await api.Get("/api/v1/profile")).GetProperty("attribution_domains").GetArrayLength());
    }

    [Fact]
    public async Task Pictures_are_taken_away_with_their_descriptions()
    {
        using var body = new MultipartFormDataContent { { new ByteArrayContent(Drawings.Of(300, 300)), "avatar", "a.jpg" }, { new StringContent("Me"), "avatar_description" } };
        Assert.Equal("Me", (await api.Send(HttpMethod.Patch, "/api/v1/profile", body)).GetProperty("avatar_description").GetString());

        await api.Send(HttpMethod.Delete, "/api/v1/profile/avatar", null);
        await api.Send(HttpMethod.Delete, "/api/v1/profile/header", null);

        var profile = await api.Get("/api/v1/profile");
        Assert.Equal((JsonValueKind.Null, ""), (profile.GetProperty("avatar").ValueKind, profile.GetProperty("avatar_description").GetString()));
    }

    [Fact]
    public async Task Who_follows_can_be_hidden_from_all_but_the_owner()
    {
        await api.AddPerson(2, "bob");
        await api.Database.Write(c => FollowStore.Save(c, new Follow(2, ApiFixture.OwnerId, "https://far.test/f", true, true, false, api.Clock.GetUtcNow())));
        Assert.Equal(["2"], ApiFixture.IdsOf(await api.Get("/api/v1/accounts/1/followers", null)));

        Assert.True((await Patch("""{"hide_collections":true}""")).GetProperty("hide_collections").GetBoolean());

        Assert.Empty(ApiFixture.IdsOf(await api.Get("/api/v1/accounts/1/followers", null)));
        Assert.Equal(["2"], ApiFixture.IdsOf(await api.Get("/api/v1/accounts/1/followers")));
        using var client = api.Client(null);
        client.DefaultRequestHeaders.Accept.ParseAdd("application/activity+json");
        foreach (var address in new[] { "/users/ann/followers", "/users/ann/followers?page=true" })
            Assert.DoesNotContain("bob", await client.GetStringAsync(address, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private Task<JsonElement> Patch(string body) => api.Send(HttpMethod.Patch, "/api/v1/profile", ApiFixture.Content(body));
}
