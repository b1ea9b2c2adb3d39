using System.Text.Json;
using Calf.Federation.Inbox;
using Calf.Filters;
using Calf.Follows;
using Calf.Lists;
using Calf.Moderation;
using Calf.Operations;
using Calf.Statuses;
using Calf.Store;

namespace Calf.Tests.Mastodon;

/// <summary>"Why don't I see it?" for what is here, what was here, what was refused and what never came.</summary>
public sealed class WhyApiTests : IAsyncLifetime
{
    private const long Bob = 2, Cleo = 3;
    private ApiFixture api = null!;

    public async ValueTask InitializeAsync()
    {
        api = await ApiFixture.Start();
        await api.AddPerson(Bob, "bob");
        await api.AddPerson(Cleo, "cleo", "other.test");
    }

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Fact]
    public async Task What_is_in_home_is_here_and_nothing_hides_it()
    {
        await Follow(Bob);
        await api.AddStatus(200, Bob);
        var why = await Why("https://far.test/statuses/200");
        Assert.Equal(("here", "200", 0), (Code(why), why.GetProperty("status").GetProperty("id").GetString(), why.GetProperty("reasons").GetArrayLength()));
        // By its page, and by the address in the owner's own app.
        Assert.Equal("here", Code(await Why("https://far.test/@someone/200")));
        Assert.Equal("here", Code(await Why("https://calf.test/posts/200")));
        Assert.False(why.GetProperty("can_fetch").GetBoolean());
        Assert.Equal(JsonValueKind.Null, why.GetProperty("origin").ValueKind);
    }

    [Fact]
    public async Task Mutes_blocks_and_rules_for_domains_are_named()
    {
        await Follow(Bob);
        await api.AddStatus(200, Bob);
        await api.Post("/api/v1/accounts/2/mute", """{"duration":3600}""");
        var why = await Why("https://far.test/statuses/200");
        Assert.Equal(("hidden", "muted", "You muted @bob@far.test for a while."), (Code(why), Reasons(why)[0], Sentence(why)));
        Assert.Equal(api.Clock.GetUtcNow().AddHours(1), why.GetProperty("reasons")[0].GetProperty("at").GetDateTimeOffset());
        await api.Post("/api/v1/accounts/2/unmute");
        await api.Post("/api/v1/statuses/200/mute");
        Assert.Equal(("here", "thread_muted"), (Code(await Why("https://far.test/statuses/200")), Reasons(await Why("https://far.test/statuses/200")).Single()));
        await api.Post("/api/v1/statuses/200/unmute");
        await Rule("far.test", DomainSeverity.Silence);
        Assert.Equal(["domain_silenced"], Reasons(await Why("https://far.test/statuses/200")));
        await api.Database.Write(c => BlockStore.Add(c, ApiFixture.OwnerId, Bob, "https://calf.test/b", api.Clock.GetUtcNow()));
        Assert.Contains("blocked", Reasons(await Why("https://far.test/statuses/200")));
        await api.Database.Write(c => BlockStore.Add(c, Bob, ApiFixture.OwnerId, "https://far.test/b", api.Clock.GetUtcNow()));
        var both = await Why("https://far.test/statuses/200");
        Assert.Contains("blocked_by", Reasons(both));
        Assert.Equal(JsonValueKind.Null, both.GetProperty("status").ValueKind);
        await Rule("far.test", DomainSeverity.Block);
        Assert.Contains("domain_blocked", Reasons(await Why("https://far.test/statuses/200")));
    }

    [Fact]
    public async Task A_filter_is_named_with_its_word_and_not_the_text_of_the_post()
    {
        await Follow(Bob);
        await api.AddStatus(200, Bob, s => s with { Content = "<p>The ballot is secret</p>" });
        await api.Database.Write(c =>
        {
            FilterStore.Save(c, new Filter(5, "Elections", ["home", "thread"], FilterWords.Hide, null));
            FilterStore.SaveKeyword(c, new FilterKeyword(6, 5, "ballot", WholeWord: true));
            FilterStore.Save(c, new Filter(7, "Other", ["home"], FilterWords.Warn, null));
            FilterStore.AddStatus(c, new FilterStatus(8, 7, 200));
        });
        var why = await Why("https://far.test/statuses/200");
        Assert.Equal("hidden", Code(why));
        Assert.Equal(["Your filter “Elections” hides it in: home, threads. It found the word “ballot”.", "Your filter “Other” puts a warning before it in: home. It names this post."],
            why.GetProperty("reasons").EnumerateArray().Select(r => r.GetProperty("sentence").GetString()!));
        Assert.DoesNotContain("secret", why.GetProperty("reasons").GetRawText());
    }

    [Fact]
    public async Task What_does_not_go_home_says_which_rule_keeps_it_out()
    {
        await api.AddStatus(200, Bob, home: false);
        Assert.Equal(("not_home", "not_followed"), await NotHome(200));
        await Follow(Bob, languages: "de");
        await api.AddStatus(201, Bob, s => s with { Language = "en" }, home: false);
        Assert.Equal(("not_home", "languages"), await NotHome(201));
        await api.AddStatus(202, Cleo, home: false);
        await api.AddStatus(203, Bob, s => s with { InReplyToId = 202, InReplyToUri = "https://far.test/statuses/202", InReplyToAccountId = Cleo }, home: false);
        Assert.Equal(("not_home", "reply_to_others"), await NotHome(203));
        await Follow(Bob, boosts: false);
        await api.AddStatus(204, Bob, s => s with { BoostOfId = 202 }, home: false);
        Assert.Equal(("not_home", "boosts_hidden"), await NotHome(204));
        await api.AddStatus(205, Bob, home: false);
        Assert.Equal(("not_home", "fetched"), await NotHome(205));
        await api.AddStatus(206, Bob);
        await api.Database.Write(c =>
        {
            ListStore.Save(c, new AccountList(9, "Friends", RepliesPolicies.List, Exclusive: true));
            c.Execute($"INSERT INTO list_members (list_id, account_id) VALUES (9, {Bob})");
        });
        Assert.Equal(("not_home", "exclusive_list"), await NotHome(206));
    }

    [Fact]
    public async Task What_is_for_others_is_not_shown_and_not_told()
    {
        await api.AddStatus(200, Bob, s => s with { Visibility = Visibility.Private, Content = "<p>secret</p>" }, home: false);
        var why = await Why("https://far.test/statuses/200");
        Assert.Equal(("hidden", "not_for_you"), (Code(why), Reasons(why).Single()));
        Assert.Equal(JsonValueKind.Null, why.GetProperty("status").ValueKind);
        Assert.DoesNotContain("secret", why.GetRawText());
    }

    [Fact]
    public async Task What_strangers_sent_waits_in_the_tray()
    {
        await api.AddStatus(200, Bob, home: false);
        await api.Database.Write(c => Calf.Notifications.NotificationStore.Add(c, "mention", Bob, 200, api.Clock.GetUtcNow(), filtered: true));
        Assert.Contains("held", Reasons(await Why("https://far.test/statuses/200")));
    }

    [Fact]
    public async Task Deleted_put_away_refused_blocked_and_never_delivered_are_told_apart()
    {
        const string Note = "https://far.test/users/bob/statuses/5", Page = "https://far.test/@bob/5";
        var never = await Why(Page);
        Assert.Equal(("never_delivered", true), (Code(never), never.GetProperty("can_fetch").GetBoolean()));
        Assert.Equal("bob", never.GetProperty("account").GetProperty("username").GetString());
        Assert.Equal(["not_followed"], Reasons(never));

        await Refuse("other.test/x", "https://far.test/users/bob", 400, "It is no JSON.");
        Assert.Equal(["not_followed", "host_refused"], Reasons(await Why(Page)));
        await Refuse(Note, "https://far.test/users/bob", 401, "The signature is wrong.");
        await Refuse(Note, "https://far.test/users/bob", 202, Verdict.Unsolicited);
        var refused = await Why(Page);
        Assert.Equal("refused", Code(refused));
        Assert.Equal(["unsolicited", "bad_signature"], refused.GetProperty("refusals").EnumerateArray().Select(v => v.GetProperty("code").GetString()));

        await Rule("far.test", DomainSeverity.Block);
        var blocked = await Why(Page);
        Assert.Equal(("blocked", false), (Code(blocked), blocked.GetProperty("can_fetch").GetBoolean()));

        await api.Database.Write(c => Tombstones.Add(c, Note, api.Clock.GetUtcNow()));
        var deleted = await Why(Page);
        Assert.Equal(("deleted", false), (Code(deleted), deleted.GetProperty("can_fetch").GetBoolean()));
        Assert.Equal(api.Clock.GetUtcNow(), deleted.GetProperty("at").GetDateTimeOffset());

        Assert.Equal("not_here", Code(await Why("https://calf.test/@ann/77")));
        Assert.Equal("not_understood", Code(await Why("what is this")));
        await api.Get("/api/calf/v1/why", status: 400);
        Assert.Equal(3, (await api.Get("/api/calf/v1/verdicts")).GetArrayLength());
    }

    [Fact]
    public async Task What_retention_put_away_is_known_by_a_few_bytes()
    {
        var old = Ids.FloorOf(api.Clock.GetUtcNow().AddDays(-100));
        await api.AddStatus(old, Bob, s => s with { Uri = "https://far.test/users/bob/statuses/9" });
        Assert.Equal(1, await api.Get<Retention>().Step(Cancel));
        var why = await Why("https://far.test/@bob/9");
        Assert.Equal(("put_away", true), (Code(why), why.GetProperty("can_fetch").GetBoolean()));
        Assert.Equal(api.Clock.GetUtcNow().Date, why.GetProperty("at").GetDateTimeOffset().UtcDateTime);
        await api.AddStatus(300, Bob, s => s with { Uri = "https://far.test/users/bob/statuses/9" });
        Assert.Equal("300", (await Why("https://far.test/@bob/9")).GetProperty("status").GetProperty("id").GetString());
    }

    [Fact]
    public async Task Of_what_was_put_away_the_oldest_is_forgotten_first()
    {
        await api.AddStatus(200, Bob);
        await api.AddStatus(201, Bob);
        await api.Database.Write(c =>
        {
            PutAwayStore.Add(c, [200, 201], api.Clock.GetUtcNow().AddDays(-1), kept: 2);
            PutAwayStore.Add(c, [201], api.Clock.GetUtcNow(), kept: 1);
        });
        Assert.Null(api.Database.Read(c => PutAwayStore.Find(c, "https://far.test/statuses/200")));
        Assert.NotNull(api.Database.Read(c => PutAwayStore.Find(c, "https://far.test/statuses/201")));
    }

    [Fact]
    public async Task A_person_is_explained_by_handle_and_by_page()
    {
        await Refuse("https://other.test/n/1", "https://other.test/users/cleo", 202, Verdict.Unsolicited);
        var why = await Why("@cleo@other.test");
        Assert.Equal(("not_home", "not_followed"), (Code(why), Reasons(why).Single()));
        Assert.Equal(1, why.GetProperty("refusals").GetArrayLength());
        await Follow(Cleo);
        Assert.Equal("here", Code(await Why("https://other.test/@cleo")));
        Assert.Equal("never_delivered", Code(await Why("@nobody@other.test")));
        Assert.Equal("That is you.", (await Why("@ann@calf.test")).GetProperty("sentence").GetString());
    }

    private async Task<(string, string)> NotHome(long id)
    {
        var why = await Why(id == 204 ? "https://far.test/statuses/204" : $"https://far.test/statuses/{id}");
        return (Code(why), Reasons(why).Single());
    }

    private Task Refuse(string what, string actor, int status, string reason) => api.Database.Write(c => VerdictStore.Add(c, new Verdict(
        api.Clock.GetUtcNow(), new Uri(actor).Host, actor, $"{actor}/a", "Create", what, status, reason)));

    private Task Rule(string domain, DomainSeverity severity) => api.Database.Write(c =>
    {
        DomainBlockStore.Save(c, new DomainBlock(1, domain, severity) { CreatedAt = api.Clock.GetUtcNow() });
        DomainMarks.Refresh(c);
    });

    private Task Follow(long id, bool boosts = true, params string[] languages) => api.Database.Write(c => FollowStore.Save(c,
        new Follow(ApiFixture.OwnerId, id, $"https://calf.test/f{id}", true, boosts, false, api.Clock.GetUtcNow()) { Languages = languages }));

    private Task<JsonElement> Why(string url) => api.Get($"/api/calf/v1/why?url={Uri.EscapeDataString(url)}");

    private static string Code(JsonElement why) => why.GetProperty("code").GetString()!;

    private static string Sentence(JsonElement why) => why.GetProperty("reasons")[0].GetProperty("sentence").GetString()!;

    private static List<string> Reasons(JsonElement why) => [.. why.GetProperty("reasons").EnumerateArray().Select(r => r.GetProperty("code").GetString()!)];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
}
