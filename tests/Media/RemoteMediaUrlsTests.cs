using Calf.Media;
using Calf.Tests.Support;

namespace Calf.Tests.Media;

/// <summary>The addresses under which files of others are shown: this server's, and of its making.</summary>
public sealed class RemoteMediaUrlsTests : IAsyncLifetime
{
    private CalfServer calf = null!;

    public async ValueTask InitializeAsync() => calf = await CalfServer.Start("calf.test");

    public ValueTask DisposeAsync() => calf.DisposeAsync();

    [Theory]
    [InlineData("https://far.test/a.jpg")]
    [InlineData("https://far.test/sp%20ace/ü.jpg?x=1&y=%2F")]
    public void A_made_address_is_on_this_server_and_says_what_it_stands_for(string url)
    {
        var urls = calf.Get<RemoteMediaUrls>();

        var made = urls.Of(url, RemoteShape.AvatarStill)!;

        Assert.StartsWith("https://calf.test/media/remote/avatar-still/", made, StringComparison.Ordinal);
        Assert.DoesNotContain("far.test", made, StringComparison.Ordinal);
        Assert.Equal(made, urls.Of(url, RemoteShape.AvatarStill));
        var parts = made.Split('/')[^3..];
        Assert.Equal((url, RemoteShape.AvatarStill), urls.Read(parts[0], parts[1], parts[2]));
    }

    [Fact]
    public void Nothing_else_is_read()
    {
        var urls = calf.Get<RemoteMediaUrls>();
        var parts = urls.Of("https://far.test/a.jpg", RemoteShape.Preview)!.Split('/')[^3..];
        var other = urls.Of("https://far.test/b.jpg", RemoteShape.Preview)!.Split('/')[^3..];

        Assert.Null(urls.Read("original", parts[1], parts[2]));
        Assert.Null(urls.Read("nonsense", parts[1], parts[2]));
        Assert.Null(urls.Read(parts[0], other[1], parts[2]));
        Assert.Null(urls.Read(parts[0], "", parts[2]));
        Assert.Null(urls.Read(parts[0], "not base64!", parts[2]));
        Assert.Null(urls.Read(parts[0], parts[1], "%%%"));
    }

    [Fact]
    public async Task Another_server_has_another_key()
    {
        await using var other = await CalfServer.Start("calf.test");

        Assert.NotEqual(calf.Get<RemoteMediaUrls>().Of("https://far.test/a.jpg", RemoteShape.Original), other.Get<RemoteMediaUrls>().Of("https://far.test/a.jpg", RemoteShape.Original));
    }

    [Fact]
    public void Own_files_keep_their_addresses_and_what_cannot_be_fetched_has_none()
    {
        var urls = calf.Get<RemoteMediaUrls>();

        Assert.Equal("https://calf.test/media/abc.jpg", urls.Of("https://calf.test/media/abc.jpg", RemoteShape.Original));
        Assert.Null(urls.Of(null, RemoteShape.Avatar));
        Assert.Null(urls.Of("javascript:alert(1)", RemoteShape.Original));
        Assert.Null(urls.Of("data:image/png;base64,AAAA", RemoteShape.Original));
        Assert.Null(urls.Of("/relative.jpg", RemoteShape.Original));
        Assert.Null(urls.Of("https://far.test/" + new string('a', 3000), RemoteShape.Original));
    }
}
