using System.Net;
using System.Text.Json;
using Calf.Moderation;
using Calf.Statuses;
using Calf.Store;

namespace Calf.Tests.Mastodon;

public sealed class InstanceDetailsTests : IAsyncLifetime
{
    private ApiFixture api = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => api = await ApiFixture.Start();

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Fact]
    public async Task Health_is_told_in_plain_text()
    {
        using var client = api.Client(token: null);
        foreach (var address in (string[])["/health", "/api/v1/streaming/health"])
        {
            using var response = await client.GetAsync(address, Cancel);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Equal("text/plain", response.Content.Headers.ContentType?.MediaType);
            Assert.Equal("OK", await response.Content.ReadAsStringAsync(Cancel));
        }
    }

    [Fact]
    public async Task Activity_counts_the_owners_posts_by_week()
    {
        // The clock stands on Sunday, 1 November 2026.
        var now = api.Clock.GetUtcNow();
        await Write(now.AddDays(-1));
        await Write(now.AddDays(-6));
        await Write(now.AddDays(-7));
        await Write(now.AddDays(-200));
        await api.AddPerson(2, "bob");
        await api.AddStatus(Ids.At(now), 2);
        var weeks = await api.Get("/api/v1/instance/activity", token: null);
        Assert.Equal(12, weeks.GetArrayLength());
        Assert.Equal(new DateTimeOffset(2026, 10, 26, 0, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds().ToString(), weeks[0].GetProperty("week").GetString());
        Assert.Equal(["2", "1", "0"], weeks.EnumerateArray().Take(3).Select(w => w.GetProperty("statuses").GetString()));
        Assert.Equal(3, weeks.EnumerateArray().Sum(w => int.Parse(w.GetProperty("statuses").GetString()!)));
        Assert.Equal(["0", "0", "0", "0", "1"], weeks.EnumerateArray().Take(5).Select(w => w.GetProperty("registrations").GetString()));
    }

    [Fact]
    public async Task Domains_known_and_blocked_are_told_to_the_owner_alone()
    {
        await api.AddPerson(2, "bob", "far.test");
        await api.AddPerson(3, "cid", "also.test");
        await api.AddPerson(4, "dan", "far.test");
        await api.AddPerson(5, "eve", "bad.test");
        await Block("bad.test", DomainSeverity.Block, obfuscate: true);
        await Block("loud.test", DomainSeverity.Silence);
        await Block("exempt.test", DomainSeverity.None);
        Assert.Equal(["also.test", "far.test"], (await api.Get("/api/v1/instance/peers")).EnumerateArray().Select(d => d.GetString()));
        var blocks = await api.Get("/api/v1/instance/domain_blocks");
        Assert.Equal(["bad.test", "loud.test"], blocks.EnumerateArray().Select(b => b.GetProperty("domain").GetString()));
        Assert.Equal(["suspend", "silence"], blocks.EnumerateArray().Select(b => b.GetProperty("severity").GetString()));
        foreach (var address in (string[])["peers", "domain_blocks"]) await api.Get($"/api/v1/instance/{address}", token: null, status: 404);

        api.Get<Settings>().Federation.PublishDomains = true;
        var shown = await api.Get("/api/v1/instance/domain_blocks", token: null);
        Assert.Equal("bad.**st", shown[0].GetProperty("domain").GetString());
        Assert.Equal(blocks[0].GetProperty("digest").GetString(), shown[0].GetProperty("digest").GetString());
        Assert.Equal(2, (await api.Get("/api/v1/instance/peers", token: null)).GetArrayLength());
    }

    [Fact]
    public async Task The_texts_about_the_server_name_it()
    {
        Assert.Contains("@ann@calf.test", (await api.Get("/api/v1/instance/extended_description", token: null)).GetProperty("content").GetString());
        Assert.Contains("30 days", (await api.Get("/api/v1/instance/privacy_policy", token: null)).GetProperty("content").GetString());
        Assert.Equal("Record not found", (await api.Get("/api/v1/instance/terms_of_service", token: null, status: 404)).GetProperty("error").GetString());
    }

    [Fact]
    public async Task A_public_post_of_the_owners_can_be_embedded_and_no_other()
    {
        var shown = await api.Post("/api/v1/statuses", """{"status":"Hello <b>world</b>"}""");
        var hidden = await api.Post("/api/v1/statuses", """{"status":"Secret","visibility":"private"}""");
        await api.AddPerson(2, "bob");
        await api.AddStatus(200, 2);
        var embed = await api.Get($"/api/oembed?url={shown.GetProperty("url").GetString()}&maxwidth=300", token: null);
        Assert.Contains("Hello", embed.GetProperty("html").GetString());
        Assert.DoesNotContain("<script", embed.GetProperty("html").GetString());
        Assert.Equal(300, embed.GetProperty("width").GetInt32());
        Assert.Equal(JsonValueKind.Null, embed.GetProperty("height").ValueKind);
        await api.Get($"/api/oembed?url={hidden.GetProperty("url").GetString()}", status: 404);
        await api.Get("/api/oembed?url=https://far.test/statuses/200", status: 404);
        await api.Get("/api/oembed", status: 404);
    }

    [Fact]
    public async Task What_one_person_has_none_of_is_empty_or_not_found()
    {
        Assert.Empty((await api.Get("/api/v1/announcements")).EnumerateArray());
        Assert.Empty((await api.Get("/api/v1/instance/translation_languages", token: null)).EnumerateObject());
        Assert.False((await api.Get("/api/v2/instance")).GetProperty("configuration").GetProperty("translation").GetProperty("enabled").GetBoolean());
        await api.Get("/api/v1/announcements", token: null, status: 401);
        await api.Post("/api/v1/announcements/1/dismiss", status: 404);
        var reports = await api.Get("/api/v1/annual_reports");
        Assert.Empty(reports.GetProperty("annual_reports").EnumerateArray());
        await api.Get("/api/v1/annual_reports/2025", status: 404);
        Assert.Equal("ineligible", (await api.Get("/api/v1/annual_reports/2025/state")).GetProperty("state").GetString());
        Assert.Empty((await api.Post("/api/v1/annual_reports/2025/generate")).EnumerateObject());
        await api.Post("/api/v1/annual_reports/2025/read", status: 404);
        Assert.Empty((await api.Get("/api/v1/accounts/1/identity_proofs")).EnumerateArray());
        await api.Get("/api/v1/accounts/99/identity_proofs", status: 404);
    }

    [Fact]
    public async Task Nobody_can_sign_up()
    {
        var form = new[] { ("username", "mallory"), ("email", "m@x.test"), ("password", "12345678"), ("agreement", "true"), ("locale", "en") };
        var app = await api.TokenWith("read write", byOwner: false);
        Assert.Equal("This action is not allowed", (await api.Post("/api/v1/accounts", form, app, 403)).GetProperty("error").GetString());
        await api.Post("/api/v1/accounts", form, token: null, status: 401);
        await api.Post("/api/v1/emails/confirmations", status: 403);
        Assert.Equal(1, api.Database.Read(c => c.Count($"SELECT count(*) FROM accounts")));
    }

    private Task Block(string domain, DomainSeverity severity, bool obfuscate = false) => api.Database.Write(c =>
    {
        DomainBlockStore.Save(c, new DomainBlock(Ids.At(api.Clock.GetUtcNow()), domain, severity, Obfuscate: obfuscate) { CreatedAt = api.Clock.GetUtcNow() });
        DomainMarks.Refresh(c);
    });

    private Task<Status> Write(DateTimeOffset at) => api.AddStatus(Ids.At(at), ApiFixture.OwnerId, s => s with { CreatedAt = at });
}
