using System.Net;
using System.Net.Http.Headers;
using Calf.Mastodon.Entities;
using Calf.Web;

namespace Calf.Tests.Web;

/// <summary>
/// Files on our host must not pass for actors or posts, nor run anything there: Akkoma 2024.03 and Pleroma 2.5.2 served uploads that
/// did. These are the files that Calf brings with it; for the others see <see cref="RemoteFilesTests"/> and MediaApiTests.
/// </summary>
[Trait("Wire", "118")]
public sealed class ServedFilesTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>It is served by the pages of the app, under their policy.</summary>
    private const string Shell = "index.html";

    public static TheoryData<string> Paths => [AccountRendering.MissingHeaderPath, "/favicon.ico", .. AppFiles.Names().Where(name => name != Shell).Select(name => "/app/" + name)];

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task A_file_is_no_ActivityPub_document_and_can_run_nothing(string path)
    {
        await using var server = new WebServer();
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/activity+json"));
        var answer = await server.Browser.SendAsync(request, Stop);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var type = answer.Content.Headers.ContentType!.MediaType;
        // The words of the pages are ours and no document of anybody's.
        if (!path.StartsWith("/app/lang/", StringComparison.Ordinal)) Assert.DoesNotContain("json", type!.Replace("manifest+json", "", StringComparison.Ordinal));
        Assert.DoesNotContain("activity+json", type);
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("sandbox", policy);
        Assert.DoesNotContain("script-src", policy);
        Assert.DoesNotContain("allow-", policy);
    }

    [Fact]
    public async Task The_worker_is_asked_for_anew_and_may_ask_this_server_alone()
    {
        await using var server = new WebServer();
        var answer = await server.Browser.GetAsync("/sw.js", Stop);

        Assert.Equal("text/javascript", answer.Content.Headers.ContentType!.MediaType);
        Assert.True(answer.Headers.CacheControl!.NoCache);
        Assert.Equal("default-src 'none'; connect-src 'self'; img-src 'self'", answer.Headers.GetValues("Content-Security-Policy").Single());
        var text = await answer.Content.ReadAsStringAsync(Stop);
        Assert.All(AppPagesApi.Places, place => Assert.Contains($"{place.Split('/')[1]}'", text, StringComparison.Ordinal));
    }
}
