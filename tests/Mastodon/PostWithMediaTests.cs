using System.Net.Http.Headers;
using System.Text.Json;
using Calf.Federation.Documents;
using Calf.Media;
using Calf.Statuses;
using Calf.Tests.Media;

namespace Calf.Tests.Mastodon;

/// <summary>Files on posts, by the API: posted, described anew, taken off, kept for a redraft.</summary>
public sealed class PostWithMediaTests : IAsyncLifetime
{
    private ApiFixture api = null!;

    public async ValueTask InitializeAsync() => api = await ApiFixture.Start();

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Fact]
    public async Task Pictures_are_posted_in_their_order_and_need_no_text()
    {
        var (first, second) = (await Upload("One"), await Upload("Two"));

        var post = await api.Post("/api/v1/statuses", $$"""{"media_ids":["{{second}}","{{first}}"]}""");

        Assert.Equal([second, first], ApiFixture.IdsOf(post.GetProperty("media_attachments")));
        Assert.Equal(["Two", "One"], post.GetProperty("media_attachments").EnumerateArray().Select(m => m.GetProperty("description").GetString()!));
        await api.Get($"/api/v1/media/{first}", status: 404);
        var error = await api.Send(HttpMethod.Delete, $"/api/v1/media/{first}", null, status: 422);
        Assert.Equal("Media attachment is currently used by a status.", error.GetProperty("error").GetString());
    }

    [Fact]
    public async Task They_go_out_with_words_hash_size_and_focus()
    {
        var post = await api.Post("/api/v1/statuses", new (string, string)[] { ("status", "Look"), ("media_ids[]", await Upload("A field", "0.25,-0.5")) });

        var note = api.Database.Read(c => NoteBuilder.Load(c, api.Get<Site>(), Calf.Accounts.AccountStore.Owner(c)!, StatusStore.Find(c, IdOf(post))!));

        var sent = Assert.Single(note.Attachment!);
        Assert.Equal(("image/jpeg", "A field", 200, 100), (sent.MediaType, sent.Name, sent.Width, sent.Height));
        Assert.Equal([0.25, -0.5], sent.FocalPoint);
        Assert.NotNull(sent.Blurhash);
        Assert.StartsWith("https://calf.test/media/", sent.Url, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"status":"x","media_ids":["1"]}""", "Media 1 not found or already attached to another post")]
    [InlineData("""{"status":"x","media_ids":["1","2","3","4","5"]}""", "Cannot attach more than 4 files")]
    [InlineData("""{"status":"x","media_ids":["1"],"poll":{"options":["a","b"],"expires_in":600}}""", "Validation failed: A post has a poll or files, not both")]
    public async Task What_cannot_be_attached_is_refused_and_nothing_is_posted(string body, string error)
    {
        var refused = await api.Post("/api/v1/statuses", body, status: 422);

        Assert.Equal(error, refused.GetProperty("error").GetString());
        Assert.Equal(0, api.Database.Read(c => c.Count($"SELECT count(*) FROM statuses")));
    }

    [Fact]
    public async Task A_post_has_as_many_files_as_the_owner_has_set()
    {
        api.Get<Settings>().Limits.Attachments = 6;
        var ids = new List<string>();
        for (var i = 0; i < 7; i++) ids.Add(await Upload($"Number {i}"));
        string Body(int files) => $$"""{"status":"Look","media_ids":["{{string.Join("\",\"", ids.Take(files))}}"]}""";

        var refused = await api.Post("/api/v1/statuses", Body(7), status: 422);
        Assert.Equal("Cannot attach more than 6 files", refused.GetProperty("error").GetString());
        Assert.Equal(6, (await api.Get("/api/v2/instance")).GetProperty("configuration").GetProperty("statuses").GetProperty("max_media_attachments").GetInt32());
        var post = await api.Post("/api/v1/statuses", Body(6));
        Assert.Equal(ids[..6], ApiFixture.IdsOf(post.GetProperty("media_attachments")));

        // What a post has it may keep.
        api.Get<Settings>().Limits.Attachments = 4;
        var edited = await Edit(IdOf(post), """{"status":"Look here"}""");
        Assert.Equal(6, edited.GetProperty("media_attachments").GetArrayLength());
    }

    [Fact]
    public async Task A_file_hangs_on_one_post_only()
    {
        var id = await Upload("One");
        await api.Post("/api/v1/statuses", new (string, string)[] { ("status", "First"), ("media_ids[]", id) });

        var refused = await api.Post("/api/v1/statuses", new (string, string)[] { ("status", "Second"), ("media_ids[]", id) }, status: 422);

        Assert.Equal($"Media {id} not found or already attached to another post", refused.GetProperty("error").GetString());
    }

    [Fact]
    public async Task An_edit_changes_words_takes_off_and_leaves_alone()
    {
        var (first, second) = (await Upload("One"), await Upload("Two"));
        var post = IdOf(await api.Post("/api/v1/statuses", $$"""{"status":"Both","media_ids":["{{first}}","{{second}}"]}"""));

        var reworded = await Edit(post, $$"""{"status":"Both","media_ids":["{{first}}","{{second}}"],"media_attributes":[{"id":"{{second}}","description":"The second","focus":"1,1"}]}""");
        Assert.Equal(["One", "The second"], reworded.GetProperty("media_attachments").EnumerateArray().Select(m => m.GetProperty("description").GetString()!));

        var untouched = await Edit(post, """{"status":"Both, and more words"}""");
        Assert.Equal([first, second], ApiFixture.IdsOf(untouched.GetProperty("media_attachments")));

        var one = await Edit(post, $$"""{"status":"One","media_ids":["{{second}}"]}""");
        Assert.Equal([second], ApiFixture.IdsOf(one.GetProperty("media_attachments")));
        Assert.Equal("One", (await api.Get($"/api/v1/media/{first}")).GetProperty("description").GetString());
    }

    [Fact]
    public async Task A_deleted_post_can_be_written_anew_with_its_files_for_a_day()
    {
        var id = await Upload("One");
        var post = IdOf(await api.Post("/api/v1/statuses", new (string, string)[] { ("status", "First"), ("media_ids[]", id) }));
        api.Clock.Advance(TimeSpan.FromDays(30));

        await api.Send(HttpMethod.Delete, $"/api/v1/statuses/{post}", null);
        await api.Get<Uploading>().RemoveUnused(TestContext.Current.CancellationToken);
        var again = await api.Post("/api/v1/statuses", new (string, string)[] { ("status", "Second"), ("media_ids[]", id) });

        Assert.Equal([id], ApiFixture.IdsOf(again.GetProperty("media_attachments")));
        api.Clock.Advance(TimeSpan.FromDays(30));
        Assert.Equal(0, await api.Get<Uploading>().RemoveUnused(TestContext.Current.CancellationToken));
    }

    private Task<JsonElement> Edit(long post, string body) => api.Send(HttpMethod.Put, $"/api/v1/statuses/{post}", ApiFixture.Content(body));

    private static long IdOf(JsonElement post) => long.Parse(post.GetProperty("id").GetString()!, System.Globalization.CultureInfo.InvariantCulture);

    private async Task<string> Upload(string description, string focus = "0,0")
    {
        using var body = new MultipartFormDataContent();
        using var picture = new ByteArrayContent(Drawings.Of(200, 100));
        picture.Headers.ContentType = new MediaTypeHeaderValue("image/jpeg");
        body.Add(picture, "file", "p.jpg");
        body.Add(new StringContent(description), "description");
        body.Add(new StringContent(focus), "focus");
        return (await api.Send(HttpMethod.Post, "/api/v2/media", body)).GetProperty("id").GetString()!;
    }
}
