using System.Text.Json;
using Calf.Store;

namespace Calf.Tests.Mastodon;

public sealed class LookApiTests : IAsyncLifetime
{
    private const string Path = "/api/calf/v1/look";

    private ApiFixture api = null!;

    public async ValueTask InitializeAsync() => api = await ApiFixture.Start();

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Fact]
    public async Task Colour_and_rules_are_set_each_by_itself_and_taken_back()
    {
        Assert.Equal("""{"accent":null,"css":"","updated_at":null,"address":null}""", (await api.Get(Path)).GetRawText());
        Assert.Equal("0.62 0.14 45", (await Put("""{"accent":" 0.62  0.1400 45.0 "}""")).GetProperty("accent").GetString());
        var both = await Put("""{"css":"p{color:red}"}""");
        Assert.Equal(("0.62 0.14 45", "p{color:red}"), (both.GetProperty("accent").GetString(), both.GetProperty("css").GetString()));
        Assert.Equal(both.GetRawText(), (await api.Get(Path)).GetRawText());
        Assert.Equal(api.Clock.GetUtcNow(), both.GetProperty("updated_at").GetDateTimeOffset());

        using var client = api.Client(token: null);
        Assert.Equal(":root{--accent:oklch(0.62 0.14 45)}\np{color:red}", await client.GetStringAsync(both.GetProperty("address").GetString(), TestContext.Current.CancellationToken));

        Assert.Equal(JsonValueKind.Null, (await Put("""{"accent":null}""")).GetProperty("accent").ValueKind);
        var none = await Put("""{"css":""}""");
        Assert.Equal(("", JsonValueKind.Null), (none.GetProperty("css").GetString(), none.GetProperty("address").ValueKind));
    }

    [Theory]
    [InlineData("0.4 0 0")]
    [InlineData("0.75 0.2 360")]
    public async Task The_bounds_are_within(string accent) => Assert.Equal(accent, (await Put($$"""{"accent":"{{accent}}"}""")).GetProperty("accent").GetString());

    [Theory]
    [InlineData("0.39 0.1 45")]
    [InlineData("0.76 0.1 45")]
    [InlineData("0.6 0.21 45")]
    [InlineData("0.6 -0.1 45")]
    [InlineData("0.6 0.1 361")]
    [InlineData("0.6 0.1")]
    [InlineData("0.6 0.1 45 1")]
    [InlineData("NaN 0.1 45")]
    [InlineData("0,6 0.1 45")]
    [InlineData("red")]
    [InlineData("0.6 0.1 45)}body{display:none")]
    public async Task What_is_no_colour_that_can_be_read_on_is_refused(string accent) => await Refused($$"""{"accent":"{{accent}}","css":"p{}"}""", "lightness from 0.4 to 0.75");

    [Theory]
    [InlineData("p{}\\u0000", "NUL")]
    [InlineData("</STYLE><b>", "</style")]
    [InlineData("@IMPORT url(/x)", "@import")]
    public async Task Rules_that_hold_what_they_must_not_are_refused(string css, string because) => await Refused($$"""{"css":"{{css}}","accent":"0.6 0.1 45"}""", because);

    [Fact]
    public async Task Rules_have_a_length()
    {
        await Refused($$"""{"css":"{{new string('x', 20_001)}}"}""", "Make it shorter");
        await Put($$"""{"css":"{{new string('x', 20_000)}}"}""");
    }

    private Task<JsonElement> Put(string body) => api.Send(HttpMethod.Put, Path, ApiFixture.Content(body));

    private async Task Refused(string body, string because)
    {
        Assert.Contains(because, (await api.Send(HttpMethod.Put, Path, ApiFixture.Content(body), status: 422)).GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Null(api.Database.Read(c => Meta.Get(c, "look.css")));
    }
}
