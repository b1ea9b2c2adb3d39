using System.Text.Json;
using Calf.Accounts;
using Calf.Federation;
using Calf.Federation.Documents;
using Calf.Tests.Media;
using SkiaSharp;

namespace Calf.Tests.Mastodon;

/// <summary>The owner's avatar and header.</summary>
public sealed class ProfilePicturesTests : IAsyncLifetime
{
    private ApiFixture api = null!;

    public async ValueTask InitializeAsync() => api = await ApiFixture.Start();

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Fact]
    public async Task They_are_made_small_shown_and_told_to_others()
    {
        var profile = await Send(("avatar", Drawings.Of(1000, 1000, SKEncodedImageFormat.Png)), ("header", Drawings.Of(3000, 1000)));

        var avatar = await Picture(profile.GetProperty("avatar").GetString()!);
        var header = await Picture(profile.GetProperty("header").GetString()!);
        Assert.Equal((400, 400), (avatar.Width, avatar.Height));
        Assert.Equal((1500, 500), (header.Width, header.Height));
        var actor = ActorBuilder.Owner(api.Database.Read(AccountStore.Owner)!, api.Get<Site>(), api.Get<OwnKeys>());
        Assert.Equal(profile.GetProperty("avatar").GetString(), actor.Icon!.Url);
        Assert.Equal(profile.GetProperty("header").GetString(), actor.Image!.Url);
    }

    [Fact]
    public async Task A_new_one_takes_the_place_of_the_old_one_which_is_gone()
    {
        var before = (await Send(("avatar", Drawings.Of(300, 300)))).GetProperty("avatar").GetString()!;

        var after = (await Send(("avatar", Drawings.Of(200, 300)))).GetProperty("avatar").GetString()!;

        Assert.NotEqual(before, after);
        using var client = api.TestServer.CreateClient();
        Assert.Equal(404, (int)(await client.GetAsync(before, TestContext.Current.CancellationToken)).StatusCode);
        await Picture(after);
    }

    [Fact]
    public async Task One_that_is_an_attachment_too_stays_as_that()
    {
        var picture = Drawings.Of(300, 300);
        using var body = new MultipartFormDataContent { { new ByteArrayContent(picture), "file", "a.jpg" } };
        var attachment = (await api.Send(HttpMethod.Post, "/api/v2/media", body)).GetProperty("url").GetString()!;
        var avatar = (await Send(("avatar", picture))).GetProperty("avatar").GetString();
        Assert.Equal(attachment, avatar);

        await Send(("avatar", Drawings.Of(200, 300)));

        await Picture(attachment);
    }

    private async Task<JsonElement> Send(params (string Name, byte[] File)[] pictures)
    {
        using var body = new MultipartFormDataContent();
        foreach (var (name, file) in pictures) body.Add(new ByteArrayContent(file), name, "p.jpg");
        return await api.Send(HttpMethod.Patch, "/api/v1/accounts/update_credentials", body);
    }

    private async Task<SKBitmap> Picture(string url)
    {
        using var client = api.TestServer.CreateClient();
        return SKBitmap.Decode(await client.GetByteArrayAsync(url, TestContext.Current.CancellationToken));
    }
}
