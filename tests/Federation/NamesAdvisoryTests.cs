using System.Text.Json.Nodes;
using AngleSharp.Html.Parser;
using Calf.Accounts;
using Calf.ActivityPub;
using Calf.Federation;
using Calf.Federation.Inbox;
using Calf.Mastodon.Entities;
using Calf.Media;
using Calf.Statuses;
using Calf.Tests.Support;

namespace Calf.Tests.Federation;

/// <summary>What others call themselves and their things must neither run here nor pass for somebody else.</summary>
[Trait("Wire", "120")]
public sealed class NamesAdvisoryTests : AttackWorld
{
    private const string Hostile = "\"><img src=x onerror=alert(1)><script>alert(1)</script><a href=javascript:alert(1)>x</a>";

    private static readonly string[] MayRun = ["script", "iframe", "object", "embed", "svg", "math", "form", "base", "meta", "style", "link"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>CVE-2023-36459 (Mastodon): a preview of a link brought markup along. Here: every string that another server may choose, on our own page.</summary>
    [Fact]
    public async Task Nothing_that_an_answer_brings_runs_on_the_page_of_the_post()
    {
        Rae.Describe(more: $$"""
            ,"name":{{Json(Hostile)}},"summary":{{Json(Hostile)}},"url":"javascript:alert(1)","icon":{"type":"Image","url":"https://remote.test/a.png\" onerror=\"alert(1)","summary":{{Json(Hostile)}} },
            "attachment":[{"type":"PropertyValue","name":{{Json(Hostile)}},"value":{{Json(Hostile)}} }]
            """);
        var answer = new JsonObject
        {
            ["id"] = $"{Rae.Actor}/n1",
            ["type"] = "Question",
            ["attributedTo"] = Rae.Actor,
            ["to"] = new JsonArray(Public),
            ["inReplyTo"] = OwnPost.Uri,
            ["url"] = "javascript:alert(1)",
            ["content"] = $"<p>seen</p>{Hostile}",
            ["contentMap"] = new JsonObject { ["en\" onclick=\"alert(1)"] = $"<p>seen</p>{Hostile}" },
            ["summary"] = Hostile,
            ["oneOf"] = new JsonArray(new JsonObject { ["type"] = "Note", ["name"] = Hostile }, new JsonObject { ["type"] = "Note", ["name"] = "b" }),
            ["attachment"] = new JsonArray(
                new JsonObject { ["type"] = "Image", ["url"] = "https://remote.test/b.png", ["name"] = Hostile, ["mediaType"] = "image/png\" onerror=\"alert(1)", ["blurhash"] = Hostile },
                new JsonObject { ["type"] = "Image", ["url"] = "javascript:alert(1)", ["mediaType"] = "image/png" },
                new JsonObject { ["type"] = "Link", ["href"] = "https://remote.test/page", ["name"] = Hostile, ["summary"] = Hostile }),
            ["tag"] = new JsonArray(new JsonObject { ["type"] = "Hashtag", ["name"] = $"#{Hostile}" }),
        };
        await Send("n1/create", "Create", answer.ToJsonString());

        using var client = Alice.Client();
        client.DefaultRequestHeaders.Add("Accept", "text/html");
        var html = await client.GetStringAsync(new Uri(OwnPost.Url), Stop);
        using var page = new HtmlParser().ParseDocument(html);
        Assert.Contains("seen", page.Body!.QuerySelector("article.reply")!.TextContent, StringComparison.Ordinal);
        foreach (var element in page.Body.QuerySelectorAll("article, article *"))
        {
            Assert.DoesNotContain(element.LocalName, MayRun);
            Assert.All(element.Attributes, a => Assert.False(a.Name.StartsWith("on", StringComparison.Ordinal) || a.Name == "style", $"{a.Name} in {html}"));
            foreach (var address in (string[])["href", "src"])
                Assert.DoesNotContain("script:", element.GetAttribute(address) ?? "", StringComparison.OrdinalIgnoreCase);
        }
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("data:text/html,<script>alert(1)</script>")]
    [InlineData("/path")]
    public async Task A_card_leads_only_to_a_page_and_brings_no_markup(string href)
    {
        await using var calf = await CalfServer.Start("calf.test");
        Assert.Null(CardOf(href));
        var card = CardEntity.Of(CardOf("https://remote.test/page"), calf.Get<RemoteMediaUrls>(), [])!;
        Assert.Equal(("", "", "link"), (card.Html, card.EmbedUrl, card.Type));
        Assert.Equal("https://remote.test/page", card.Url);
    }

    [Theory]
    [InlineData("\"><img src=x onerror=alert(1)>", "https://remote.test/e.png")]
    [InlineData("a b", "https://remote.test/e.png")]
    [InlineData("<b>", "https://remote.test/e.png")]
    [InlineData("ok", "javascript:alert(1)")]
    [InlineData("ok", "data:image/svg+xml,<svg onload=alert(1)>")]
    public void An_emoji_is_a_word_with_a_picture_on_the_web(string name, string picture)
    {
        var tag = new JsonObject { ["type"] = "Emoji", ["name"] = $":{name}:", ["icon"] = new JsonObject { ["type"] = "Image", ["url"] = picture } };
        Assert.Null(RemoteEmoji.Read(Element(tag), Rae.Actor));
        tag["name"] = ":ok:";
        tag["icon"] = new JsonObject { ["type"] = "Image", ["url"] = "https://remote.test/e.png" };
        Assert.NotNull(RemoteEmoji.Read(Element(tag), Rae.Actor));
    }

    /// <summary>CVE-2023-36460 (Mastodon): a media file was written wherever its sender chose. Calf takes none home: it writes no file and fetches none.</summary>
    [Fact]
    public async Task A_file_of_another_server_is_neither_fetched_nor_written()
    {
        await Follow(Rae);
        var folder = Alice.Get<Settings>().Data;
        string[] Files() => [.. Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
        var before = Files();
        await Send("n1/create", "Create", $$"""
            {"id":"{{Rae.Actor}}/n1","type":"Note","attributedTo":"{{Rae.Actor}}","content":"look","to":["{{Public}}"],
             "attachment":[{"type":"Document","mediaType":"image/png","url":"https://remote.test/media/..%2f..%2f..%2fetc/cron.d/x","name":"../../x"}],
             "icon":{"type":"Image","url":"https://remote.test/media/../../y"} }
            """);
        Assert.Single(Alice.Database.Read(c => StatusParts.Attachments(c, [Find($"{Rae.Actor}/n1")!.Id])).Single());
        Assert.Equal(before, Files());
        Assert.DoesNotContain(Fediverse.Requests, r => r.Contains("/media/", StringComparison.Ordinal));
    }

    /// <summary>CVE-2023-36462 (Mastodon): a verified link could be written so that it looked like another one. Here nobody else's word makes a link a verified one.</summary>
    [Fact]
    public async Task No_link_of_another_server_s_profile_counts_as_verified()
    {
        Rae.Describe(more: """
            ,"attachment":[{"type":"PropertyValue","name":"Bank","value":"<a href=\"https://evil.test/\" rel=\"me\"><span class=\"invisible\">https://evil.test/</span>bank.example</a>",
              "verified_at":"2026-01-01T00:00:00Z","verifiedAt":"2026-01-01T00:00:00Z","verified":true}]
            """);
        await Send("f1", "Follow", Quote(Alice.Owner.Uri));
        var field = Assert.Single(Known(Rae).Fields);
        Assert.Null(field.VerifiedAt);
        Assert.DoesNotContain("rel=\"me\"", field.Value, StringComparison.Ordinal);
        Assert.Contains("nofollow", field.Value, StringComparison.Ordinal);
    }

    /// <summary>CVE-2023-42451 (Mastodon): a domain was brought into its normal form in two ways, and one of them belonged to somebody else. Here there is one.</summary>
    [Theory]
    [InlineData("ＲＥＭＯＴＥ.test", null)]
    [InlineData("remote。test", "remote.test")]
    [InlineData("remote.test.", "remote.test")]
    [InlineData("BÜCHER.test", "xn--bcher-kva.test")]
    [InlineData("rеmote.test", "xn--rmote-zwe.test")]
    [InlineData("remote.test／evil.test", null)]
    [InlineData("remote.test\ud800", null)]
    [InlineData("remote.test/evil.test", null)]
    [InlineData("remote.test\\evil.test", null)]
    [InlineData("remote.test?evil.test", null)]
    [InlineData("remote.test#evil.test", null)]
    [InlineData("evil.test@remote.test", null)]
    [InlineData("remote.test%2eevil.test", null)]
    [InlineData("remote.test\u0000.evil.test", null)]
    [InlineData("remote.test\n.evil.test", null)]
    public void A_domain_has_one_form_and_it_is_the_one_that_is_asked(string written, string? domain)
    {
        var parsed = Handle.TryParse($"@rae@{written}", out var handle);
        if (domain is null)
        {
            Assert.False(parsed, $"{written} was read as {handle.Domain}");
            return;
        }
        Assert.Equal(domain, handle.Domain);
        // An address that is written otherwise than it would be asked for is none.
        Assert.Contains(Origin.HostOf($"https://{written}/users/rae"), new[] { domain, null });
    }

    /// <summary>The same with a look-alike: with a Cyrillic letter it is another server, and shows as one.</summary>
    [Fact]
    public async Task A_look_alike_of_a_domain_is_shown_in_the_form_that_cannot_be_taken_for_it()
    {
        const string Alike = "xn--rmote-zwe.test";
        using var eve = new StandIn(Fediverse, Alike, "rae");
        eve.Describe(more: ",\"webfinger\":\"rae@rеmote.test\"");
        Finger(eve, "rae@rеmote.test");
        await eve.SendAndSettle(Alice, $$"""{"id":"{{eve.Actor}}/f1","type":"Follow","actor":"{{eve.Actor}}","object":"{{Alice.Owner.Uri}}"}""");
        Assert.Equal($"rae@{Alike}", Known(eve).Acct);
        Assert.NotEqual(eve.Actor, Alice.Database.Read(c => AccountStore.FindByHandle(c, "rae", "remote.test"))?.Uri);
    }

    /// <summary>Akkoma 2024.04.1: a server's WebFinger put an actor of its own under a handle of another server's.</summary>
    [Theory]
    [InlineData("the subject")]
    [InlineData("the webfinger property")]
    [InlineData("both")]
    public async Task Nobody_gets_a_handle_that_its_own_server_does_not_give(string claim)
    {
        Finger(Rae, "rae@remote.test");
        using var eve = new StandIn(Fediverse, "evil.test", "rae");
        if (claim != "the subject") eve.Describe(more: ",\"webfinger\":\"rae@remote.test\"");
        Finger(eve, claim == "the webfinger property" ? "rae@evil.test" : "rae@remote.test");
        await eve.SendAndSettle(Alice, $$"""{"id":"{{eve.Actor}}/f1","type":"Follow","actor":"{{eve.Actor}}","object":"{{Alice.Owner.Uri}}"}""");
        await Rae.SendAndSettle(Alice, $$"""{"id":"{{Rae.Actor}}/f1","type":"Follow","actor":"{{Rae.Actor}}","object":"{{Alice.Owner.Uri}}"}""");
        Assert.Equal("rae@evil.test", Known(eve).Acct);
        Assert.Equal(Rae.Actor, Alice.Database.Read(c => AccountStore.FindByHandle(c, "rae", "remote.test"))!.Uri);
        Assert.Equal(Rae.Actor, (await Alice.Get<RemoteAccounts>().Resolve("@rae@remote.test", Stop)).Uri);
    }

    /// <summary>The same by the page: a document may call any page its own, and nothing may be found under a page of another host.</summary>
    [Fact]
    public async Task Nobody_is_found_by_the_address_of_somebody_else_s_page()
    {
        const string Page = "https://remote.test/@rae";
        Rae.Describe(more: $",\"url\":\"{Page}\"");
        Sam.Describe(more: $",\"url\":\"{Page}\"");
        await Sam.SendAndSettle(Alice, $$"""{"id":"{{Sam.Actor}}/f1","type":"Follow","actor":"{{Sam.Actor}}","object":"{{Alice.Owner.Uri}}"}""");
        Assert.Null(Alice.Database.Read(c => AccountStore.FindByAddress(c, Page)));
        await Send("f1", "Follow", Quote(Alice.Owner.Uri));
        Assert.Equal(Rae.Actor, Alice.Database.Read(c => AccountStore.FindByAddress(c, Page))!.Uri);

        var note = Note(Sam, "n1", "not rae's", $"\"{Alice.Owner.Uri}\"").Replace("\"type\"", "\"url\":\"https://remote.test/@rae/1\",\"type\"", StringComparison.Ordinal);
        await Send(Sam, "n1/create", "Create", note);
        Assert.Equal("https://remote.test/@rae/1", Find($"{Sam.Actor}/n1")!.Url);
        Assert.Null(Alice.Database.Read(c => StatusStore.FindByAddress(c, "https://remote.test/@rae/1")));
    }

    private static void Finger(StandIn host, string subject) => host.Serve(
        $"https://{host.Domain}/.well-known/webfinger?resource={Uri.EscapeDataString($"acct:{host.Username}@{host.Domain}")}",
        $$"""{"subject":"acct:{{subject}}","links":[{"rel":"self","type":"application/activity+json","href":"{{host.Actor}}"}]}""", type: "application/jrd+json");

    private static Card? CardOf(string href) => PreparedStatus.From(RemoteObject.Read(Element(new JsonObject
    {
        ["id"] = "https://remote.test/1",
        ["type"] = "Note",
        ["attributedTo"] = "https://remote.test/users/rae",
        ["content"] = "x",
        ["attachment"] = new JsonArray(new JsonObject { ["type"] = "Link", ["href"] = href, ["name"] = "t", ["html"] = "<script>alert(1)</script>" }),
    }), out _)!, CalfServer.NewClock()).Card;

    private static System.Text.Json.JsonElement Element(JsonNode node) => System.Text.Json.JsonElement.Parse(node.ToJsonString());

    private static string Json(string text) => JsonValue.Create(text).ToJsonString();
}
