using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Calf.Federation.Documents;
using Calf.Federation.Outbox;
using Calf.Operations;
using Calf.Statuses;
using Calf.Tests.Media;
using SkiaSharp;

namespace Calf.Tests.Mastodon;

/// <summary>The server's own emoji: added one by one and by the pack, written, sent, taken away.</summary>
public sealed class EmojisApiTests : IAsyncLifetime
{
    /// <summary>Two frames of one pixel.</summary>
    private static readonly byte[] Moving = Convert.FromBase64String(
        "R0lGODlhAQABAPAAAP8AAAAA/yH/C05FVFNDQVBFMi4wAwEAAAAh+QQACgAAACwAAAAAAQABAAACAkQBACH5BAAKAAAALAAAAAABAAEAAAICTAEAOw==");

    private ApiFixture api = null!;
    private string admin = "";

    public async ValueTask InitializeAsync()
    {
        api = await ApiFixture.Start();
        admin = await api.TokenWith("admin:write");
    }

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Fact]
    public async Task An_emoji_is_added_listed_and_served_small()
    {
        var added = await Add("happy_calf", Drawings.Of(600, 300, SKEncodedImageFormat.Png), category: "Herd");
        Assert.Equal("happy_calf", added.GetProperty("shortcode").GetString());

        var listed = Assert.Single((await api.Get("/api/v1/custom_emojis", token: null)).EnumerateArray());
        Assert.Equal(("Herd", true), (listed.GetProperty("category").GetString(), listed.GetProperty("visible_in_picker").GetBoolean()));
        var picture = await Bytes(listed.GetProperty("url").GetString()!);
        using var seen = SKBitmap.Decode(picture);
        Assert.InRange(seen.Width * seen.Height, 1, 128 * 128 + 300);
    }

    [Fact]
    public async Task One_that_moves_keeps_moving()
    {
        var added = await Add("spin", Moving);
        Assert.Equal(Moving, await Bytes(added.GetProperty("url").GetString()!));

        var still = added.GetProperty("static_url").GetString()!;
        var picture = await Bytes(still);
        using (var codec = SKCodec.Create(new MemoryStream(picture))) Assert.Equal((0, 1, 1), (codec.FrameCount, codec.Info.Width, codec.Info.Height));
        using (var seen = SKBitmap.Decode(picture)) Assert.True(seen.GetPixel(0, 0) is { Red: > 230, Blue: < 30 }, "It is not the first picture, which is red.");
        Assert.Equal(still, Assert.Single((await api.Get("/api/v1/custom_emojis")).EnumerateArray()).GetProperty("static_url").GetString());
        var post = await api.Post("/api/v1/statuses", """{"status":":spin:"}""");
        var shown = Assert.Single(post.GetProperty("emojis").EnumerateArray());
        Assert.Equal((added.GetProperty("url").GetString(), still), (shown.GetProperty("url").GetString(), shown.GetProperty("static_url").GetString()));

        await Add("stands", Png);
        var other = (await api.Get("/api/v1/custom_emojis")).EnumerateArray().Single(e => e.GetProperty("shortcode").GetString() == "stands");
        Assert.Equal(other.GetProperty("url").GetString(), other.GetProperty("static_url").GetString());
        foreach (var file in Directory.GetFiles(Path.Combine(api.Get<Settings>().Data, "media"), "*", SearchOption.AllDirectories))
            File.SetLastWriteTimeUtc(file, api.Clock.GetUtcNow().AddDays(-2).UtcDateTime);
        Assert.Equal(0, await api.Get<OrphanedFiles>().Remove(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("a", "two letters")]
    [InlineData("no spaces", "two letters")]
    [InlineData("ünd", "two letters")]
    [InlineData("taken", "already")]
    [InlineData("TAKEN", "already")]
    public async Task A_name_that_cannot_be_is_refused_and_leaves_nothing(string name, string reason)
    {
        await Add("taken", Png);
        var before = Calf.Tests.Support.StoredRows.Of(api.Database);
        Assert.Contains(reason, (await Add(name, Png, status: 422)).GetProperty("error").GetString());
        Assert.Equal(before, Calf.Tests.Support.StoredRows.Of(api.Database));
    }

    [Fact]
    public async Task A_picture_that_cannot_be_is_refused()
    {
        Assert.Contains("256 kB", (await Add("large", Drawings.Noise(600, 600), status: 422)).GetProperty("error").GetString());
        Assert.Contains("picture", (await Add("text", "<svg onload=alert(1)>"u8.ToArray(), status: 422)).GetProperty("error").GetString());
        Assert.Contains("cannot be read", (await Add("broken", Png[..40], status: 422)).GetProperty("error").GetString());
        await api.Send(HttpMethod.Post, "/api/calf/v1/emojis", Form(Png, "no_scope"), await api.TokenWith("write"), 403);
        Assert.Empty((await api.Get("/api/v1/custom_emojis")).EnumerateArray());
    }

    [Fact]
    public async Task It_is_in_posts_polls_and_the_name_and_goes_out_with_them()
    {
        var url = (await Add("cow", Png)).GetProperty("url").GetString()!;
        await Add("unused", Png);
        var post = await api.Post("/api/v1/statuses", """{"status":"Moo :cow: and :COW:, not a:cow:b, :other: nor 12:30:45","poll":{"options":[":cow:","b"],"expires_in":600}}""");
        Assert.Equal([("cow", url)], Pairs(post.GetProperty("emojis")));
        Assert.Equal([("cow", url)], Pairs(post.GetProperty("poll").GetProperty("emojis")));
        var id = long.Parse(post.GetProperty("id").GetString()!, System.Globalization.CultureInfo.InvariantCulture);
        var note = api.Database.Read(c => NoteBuilder.Load(c, api.Get<Site>(), Calf.Accounts.AccountStore.Owner(c)!, StatusStore.Find(c, id)!));
        var tag = Assert.Single(note.Tag!);
        Assert.Equal(("Emoji", ":cow:", url), (tag.Type, tag.Name, tag.Icon!.Url));

        await api.Send(HttpMethod.Put, $"/api/v1/statuses/{id}", ApiFixture.Content("""{"status":"Nothing"}"""));
        Assert.Empty((await api.Get($"/api/v1/statuses/{id}")).GetProperty("emojis").EnumerateArray());

        var account = await api.Get<ProfileEditing>().Edit(new ProfileChange(DisplayName: "Ann :cow:"));
        Assert.Equal([new CustomEmoji("cow", url)], account.Emojis);
        Assert.Equal(":cow:", Assert.Single(ActorBuilder.Owner(account, api.Get<Site>(), api.Get<Calf.Federation.OwnKeys>()).Tag!).Name);
    }

    [Fact]
    public async Task A_name_without_emoji_shows_none_of_another_servers()
    {
        var account = await api.Get<ProfileEditing>().Edit(new ProfileChange(DisplayName: "Ann"));
        Assert.Empty(account.Emojis);
    }

    [Fact]
    public async Task One_that_was_taken_away_stays_in_older_posts_and_its_name_is_free()
    {
        var url = (await Add("cow", Png)).GetProperty("url").GetString()!;
        var older = await api.Post("/api/v1/statuses", """{"status":":cow:"}""");
        await api.Send(HttpMethod.Delete, "/api/calf/v1/emojis/cow", null, admin);
        await api.Send(HttpMethod.Delete, "/api/calf/v1/emojis/cow", null, admin, 404);
        Assert.Empty((await api.Post("/api/v1/statuses", """{"status":":cow:!"}""")).GetProperty("emojis").EnumerateArray());
        api.Clock.Advance(TimeSpan.FromDays(3));
        foreach (var file in Directory.GetFiles(Path.Combine(api.Get<Settings>().Data, "media"), "*", SearchOption.AllDirectories))
            File.SetLastWriteTimeUtc(file, api.Clock.GetUtcNow().AddDays(-2).UtcDateTime);
        Assert.Equal(0, await api.Get<OrphanedFiles>().Remove(TestContext.Current.CancellationToken));
        Assert.NotEmpty(await Bytes(url));
        var other = (await Add("cow", Drawings.Of(20, 20, SKEncodedImageFormat.Png))).GetProperty("url").GetString()!;
        Assert.NotEqual(url, other);
        Assert.Equal([("cow", url)], Pairs((await api.Get($"/api/v1/statuses/{older.GetProperty("id").GetString()}")).GetProperty("emojis")));
    }

    [Theory]
    [InlineData("pack.json", """{"pack":{"description":"Cows"},"files":{"cow":"cow.png","calf":"sub/calf.png","gone":"gone.png","b d":"cow.png"}}""")]
    [InlineData("meta.json", """{"metaVersion":2,"emojis":[{"downloaded":true,"fileName":"cow.png","emoji":{"name":"cow","category":"Herd"}},{"fileName":"sub/calf.png","emoji":{"name":"calf","category":null}},{"fileName":"gone.png","emoji":{"name":"gone"}},{"fileName":"cow.png","emoji":{"name":"b d"}},{"fileName":7},"x"]}""")]
    public async Task A_pack_is_taken_and_what_cannot_be_is_named(string list, string json)
    {
        await Add("calf", Png);
        var came = await Import(Zip(("deep/" + list, Encoding.UTF8.GetBytes(json)), ("deep/cow.png", Png), ("deep/sub/calf.png", Png)));
        Assert.Equal(1, came.GetProperty("added").GetInt32());
        Assert.Equal(["calf", "gone", "b d"], came.GetProperty("skipped").EnumerateArray().Select(s => s.GetProperty("shortcode").GetString()!));
        Assert.Contains("already", came.GetProperty("skipped")[0].GetProperty("reason").GetString());
        Assert.Equal(["calf", "cow"], (await api.Get("/api/v1/custom_emojis")).EnumerateArray().Select(e => e.GetProperty("shortcode").GetString()!).Order());
    }

    [Fact]
    public async Task What_is_no_pack_is_refused_and_a_bomb_costs_one_emoji()
    {
        Assert.Contains("ZIP", (await Import(Png, 422)).GetProperty("error").GetString());
        Assert.Contains("pack.json", (await Import(Zip(("cow.png", Png)), 422)).GetProperty("error").GetString());
        Assert.Contains("no emoji", (await Import(Zip(("pack.json", "[]"u8.ToArray())), 422)).GetProperty("error").GetString());
        Assert.Contains("damaged", (await Import(Zip(("pack.json", "{"u8.ToArray())), 422)).GetProperty("error").GetString());
        var bomb = new byte[30 * 1024 * 1024];
        var came = await Import(Zip(("pack.json", """{"files":{"bomb":"bomb.png","up":"../../etc/passwd","cow":"cow.png"}}"""u8.ToArray()), ("bomb.png", bomb), ("cow.png", Png)));
        Assert.Equal((1, 2), (came.GetProperty("added").GetInt32(), came.GetProperty("skipped").GetArrayLength()));
        Assert.Contains("larger than 256 kB", came.GetProperty("skipped")[0].GetProperty("reason").GetString());
        Assert.Empty(Directory.GetFiles(Path.Combine(api.Get<Settings>().Data, "media", "unfinished")));
    }

    private static byte[] Png { get; } = Drawings.Of(64, 64, SKEncodedImageFormat.Png);

    private Task<JsonElement> Add(string shortcode, byte[] picture, string category = "", int status = 200) =>
        Send("/api/calf/v1/emojis", Form(picture, shortcode, category), status);

    private Task<JsonElement> Import(byte[] zip, int status = 200) =>
        Send("/api/calf/v1/emojis/import", new MultipartFormDataContent { { new ByteArrayContent(zip), "file", "pack.zip" } }, status);

    private Task<JsonElement> Send(string path, HttpContent body, int status) => api.Send(HttpMethod.Post, path, body, admin, status);

    private static MultipartFormDataContent Form(byte[] picture, string shortcode, string category = "")
    {
        var file = new ByteArrayContent(picture);
        file.Headers.ContentType = new MediaTypeHeaderValue("image/png");
        return new MultipartFormDataContent { { new StringContent(shortcode), "shortcode" }, { new StringContent(category), "category" }, { file, "image", "x.png" } };
    }

    private static byte[] Zip(params (string Name, byte[] Content)[] files)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (name, content) in files)
            {
                using var to = zip.CreateEntry(name).Open();
                to.Write(content);
            }
        return bytes.ToArray();
    }

    private async Task<byte[]> Bytes(string url)
    {
        using var client = api.Client(token: null);
        return await client.GetByteArrayAsync(new Uri(url), TestContext.Current.CancellationToken);
    }

    private static List<(string, string)> Pairs(JsonElement emojis) =>
        [.. emojis.EnumerateArray().Select(e => (e.GetProperty("shortcode").GetString()!, e.GetProperty("url").GetString()!))];
}
