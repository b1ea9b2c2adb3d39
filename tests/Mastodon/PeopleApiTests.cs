using Calf.Accounts;
using Calf.Follows;

namespace Calf.Tests.Mastodon;

/// <summary>Notes, endorsements, suggestions and the directory.</summary>
public sealed class PeopleApiTests : IAsyncLifetime
{
    private ApiFixture api = null!;

    public async ValueTask InitializeAsync()
    {
        api = await ApiFixture.Start();
        foreach (var (id, name) in new[] { (2L, "bob"), (3L, "cleo"), (4L, "dan"), (5L, "eve") })
            await api.Database.Write(c => AccountStore.Save(c, api.Person(id, name, "far.test") with { Discoverable = true, LastStatusAt = api.Clock.GetUtcNow().AddDays(-id) }));
    }

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Fact]
    public async Task Somebody_can_be_read_in_some_languages_only()
    {
        var before = (await api.Post("/api/v1/accounts/2/follow")).GetProperty("languages");
        Assert.Equal(System.Text.Json.JsonValueKind.Null, before.ValueKind);
        await api.Database.Write(c => FollowStore.Save(c, FollowStore.Find(c, ApiFixture.OwnerId, 2)! with { Accepted = true }));
        var set = await api.Post("/api/v1/accounts/2/follow", """{"languages":["de","pt-BR"]}""");
        Assert.Equal(["de", "pt-BR"], set.GetProperty("languages").EnumerateArray().Select(l => l.GetString()));
        // What is not spoken of stays.
        Assert.Equal(2, (await api.Post("/api/v1/accounts/2/follow", """{"notify":true}""")).GetProperty("languages").GetArrayLength());
        var wrong = await api.Post("/api/v1/accounts/2/follow", """{"languages":["de","gibberish"]}""", status: 422);
        Assert.Equal("Validation failed: Languages is invalid", wrong.GetProperty("error").GetString());

        Assert.Equal([true, false, true, true], await Takes("de", "en", null, "pt-BR"));
        await api.Post("/api/v1/accounts/2/follow", new[] { ("languages[]", "") });
        Assert.Equal([true], await Takes("en"));
    }

    private async Task<List<bool>> Takes(params string?[] languages)
    {
        List<bool> taken = [];
        foreach (var language in languages)
        {
            var status = await api.AddStatus(Calf.Store.Ids.At(api.Clock.GetUtcNow()), 2, s => s with { Language = language }, home: false);
            taken.Add(api.Database.Read(c => Calf.Timelines.HomeFeed.Takes(c, status.Id, ApiFixture.OwnerId, api.Clock.GetUtcNow())));
        }
        return taken;
    }

    [Fact]
    public async Task A_note_is_for_the_owner_alone_and_an_empty_one_is_none()
    {
        Assert.Equal("Sells hay", (await api.Post("/api/v1/accounts/2/note", """{"comment":"Sells hay"}""")).GetProperty("note").GetString());
        Assert.Equal(["Sells hay", ""], (await api.Get("/api/v1/accounts/relationships?id[]=2&id[]=3")).EnumerateArray().Select(r => r.GetProperty("note").GetString()!));
        Assert.DoesNotContain("Sells hay", (await api.Get("/api/v1/accounts/2", null)).ToString(), StringComparison.Ordinal);

        await api.Post("/api/v1/accounts/2/note", $$"""{"comment":"{{new string('x', AccountNoteStore.MaxLength + 1)}}"}""", status: 422);
        await api.Post("/api/v1/accounts/99/note", """{"comment":"x"}""", status: 404);
        Assert.Equal("", (await api.Post("/api/v1/accounts/2/note")).GetProperty("note").GetString());
        Assert.Equal(0, api.Database.Read(c => c.Count($"SELECT count(*) FROM account_notes")));
    }

    [Fact]
    public async Task Who_is_followed_can_be_shown_on_the_profile()
    {
        await api.Post("/api/v1/accounts/2/endorse", status: 422);
        await Follow(2);
        await Follow(3);

        Assert.True((await api.Post("/api/v1/accounts/2/endorse")).GetProperty("endorsed").GetBoolean());
        Assert.True((await api.Post("/api/v1/accounts/3/pin")).GetProperty("endorsed").GetBoolean());

        Assert.Equal(["3", "2"], ApiFixture.IdsOf(await api.Get("/api/v1/endorsements")));
        Assert.Equal(["3", "2"], ApiFixture.IdsOf(await api.Get("/api/v1/accounts/1/endorsements", null)));
        Assert.False((await api.Post("/api/v1/accounts/3/unendorse")).GetProperty("endorsed").GetBoolean());
        Assert.False((await api.Post("/api/v1/accounts/2/unpin")).GetProperty("endorsed").GetBoolean());
        Assert.Empty(ApiFixture.IdsOf(await api.Get("/api/v1/endorsements")));
    }

    [Fact]
    public async Task People_whom_the_followed_boost_are_suggested_before_followers_and_can_be_dismissed()
    {
        await Follow(2);
        await api.Database.Write(c => FollowStore.Save(c, new Follow(5, ApiFixture.OwnerId, "https://far.test/f5", true, true, false, api.Clock.GetUtcNow())));
        await api.AddStatus(100, 3, home: false);
        await api.AddStatus(101, 4, home: false);
        await api.AddStatus(102, 2, s => s with { BoostOfId = 100 });

        var suggested = await api.Get("/api/v2/suggestions");

        Assert.Equal(["3:friends_of_friends", "5:most_interactions"], suggested.EnumerateArray().Select(s =>
            $"{s.GetProperty("account").GetProperty("id").GetString()}:{s.GetProperty("sources")[0].GetString()}"));
        await api.Send(HttpMethod.Delete, "/api/v1/suggestions/3", null);
        Assert.Equal(["5"], ApiFixture.IdsOf(await api.Get("/api/v1/suggestions")));
        await api.Post("/api/v1/accounts/5/block");
        Assert.Empty(ApiFixture.IdsOf(await api.Get("/api/v1/suggestions")));
    }

    [Fact]
    public async Task The_directory_has_who_wants_to_be_found_and_strangers_find_the_owner()
    {
        await api.AddPerson(6, "shy");
        await api.Database.Write(c => AccountStore.Save(c, api.Person(ApiFixture.OwnerId, "ann", "") with { Discoverable = true }));
        await api.AddStatus(100, ApiFixture.OwnerId);
        await api.Post("/api/v1/accounts/4/mute");

        Assert.Equal(["1", "2", "3", "5"], ApiFixture.IdsOf(await api.Get("/api/v1/directory")));
        Assert.Equal(["5", "3", "2", "1"], ApiFixture.IdsOf(await api.Get("/api/v1/directory?order=new")));
        Assert.Equal(["3", "5"], ApiFixture.IdsOf(await api.Get("/api/v1/directory?offset=2&limit=5")));
        Assert.Equal(["1"], ApiFixture.IdsOf(await api.Get("/api/v1/directory?local=true")));
        Assert.Equal(["1"], ApiFixture.IdsOf(await api.Get("/api/v1/directory", null)));
    }

    [Fact]
    public async Task Familiar_followers_are_those_of_the_followed_who_are_known_to_follow_them()
    {
        await Follow(2);
        await api.Database.Write(c =>
        {
            foreach (var id in new[] { 2L, 5L }) FollowStore.Save(c, new Follow(id, ApiFixture.OwnerId, $"https://far.test/f{id}", true, true, false, api.Clock.GetUtcNow()));
        });

        var found = await api.Get("/api/v1/accounts/familiar_followers?id[]=1&id[]=3");

        Assert.Equal(["1:2", "3:"], found.EnumerateArray().Select(f => f.GetProperty("id").GetString() + ":" + string.Join(',', ApiFixture.IdsOf(f.GetProperty("accounts")))));
    }

    private Task Follow(long id) => api.Database.Write(c => FollowStore.Save(c, new Follow(ApiFixture.OwnerId, id, $"https://calf.test/follows/{id}", true, true, false, api.Clock.GetUtcNow())));
}
