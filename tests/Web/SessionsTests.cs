using System.Net;
using System.Text.Json;

namespace Calf.Tests.Web;

public sealed class SessionsTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_owner_sees_every_signed_in_browser_and_can_end_one()
    {
        await using var server = new WebServer();
        var phone = server.NewBrowser();
        phone.DefaultRequestHeaders.Add("Cookie", await server.SignedIn());
        server.Browser.DefaultRequestHeaders.Remove("Cookie");
        server.Clock.Advance(TimeSpan.FromMinutes(1));
        await server.SignedIn();

        using var list = JsonDocument.Parse(await server.Browser.GetStringAsync("/api/calf/v1/sessions", Stop));
        Assert.Equal(2, list.RootElement.GetArrayLength());
        var other = list.RootElement.EnumerateArray().Single(s => !s.GetProperty("current").GetBoolean());
        Assert.Contains("Firefox", other.GetProperty("name").GetString());
        Assert.DoesNotContain("hash", list.RootElement.GetRawText());

        Assert.Equal(HttpStatusCode.OK, (await phone.GetAsync("/home", Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await server.Browser.SendAsync(Delete(other.GetProperty("id").GetString()!, "same-origin"), Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await phone.GetAsync("/home", Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await server.Browser.GetAsync("/home", Stop)).StatusCode);
    }

    [Fact]
    public async Task Strangers_and_other_sites_see_and_end_nothing()
    {
        await using var server = new WebServer();
        Assert.Equal(HttpStatusCode.Unauthorized, (await server.Browser.GetAsync("/api/calf/v1/sessions", Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await server.Browser.SendAsync(Delete("1", "same-origin"), Stop)).StatusCode);
        await server.SignedIn();
        using var list = JsonDocument.Parse(await server.Browser.GetStringAsync("/api/calf/v1/sessions", Stop));
        var own = list.RootElement[0].GetProperty("id").GetString()!;
        Assert.Equal(HttpStatusCode.Forbidden, (await server.Browser.SendAsync(Delete(own, "cross-site"), Stop)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await server.Browser.GetAsync("/home", Stop)).StatusCode);
    }

    private static HttpRequestMessage Delete(string id, string fetchSite)
    {
        var request = new HttpRequestMessage(HttpMethod.Delete, $"/api/calf/v1/sessions/{id}");
        request.Headers.Add("Sec-Fetch-Site", fetchSite);
        return request;
    }
}
