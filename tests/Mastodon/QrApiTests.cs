using System.Net;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Calf.Tests.Mastodon;

public sealed class QrApiTests : IAsyncLifetime
{
    private const int Quiet = 4, Finder = 7;

    private ApiFixture api = null!;

    public async ValueTask InitializeAsync() => api = await ApiFixture.Start();

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Theory]
    [InlineData("https://calf.test/@ann")]
    [InlineData("@ann@calf.test")]
    [InlineData("Grüße & <b>\"牛\"")]
    public async Task A_text_is_drawn_as_a_code_with_room_around_it(string text)
    {
        var modules = Modules(await Svg(text));
        var size = modules.GetLength(0);
        Assert.Equal(0, (size - 2 * Quiet - 21) % 4);
        for (var i = 0; i < size; i++)
            for (var edge = 0; edge < Quiet; edge++)
                Assert.False(modules[i, edge] || modules[edge, i] || modules[i, size - 1 - edge] || modules[size - 1 - edge, i]);
        foreach (var (top, left) in new[] { (Quiet, Quiet), (Quiet, size - Quiet - Finder), (size - Quiet - Finder, Quiet) })
            for (var y = 0; y < Finder; y++)
                for (var x = 0; x < Finder; x++)
                    Assert.Equal(Math.Max(Math.Abs(y - 3), Math.Abs(x - 3)) != 2, modules[top + y, left + x]);
        Assert.NotEqual(await Svg(text), await Svg(text + "!"));
    }

    [Fact]
    public async Task The_longest_text_is_drawn_and_a_longer_one_and_none_are_refused()
    {
        Assert.True(Modules(await Svg(new string('牛', 500))).GetLength(0) <= 177 + 2 * Quiet);
        await api.Get($"/api/calf/v1/qr.svg?text={new string('x', 501)}", status: 422);
        await api.Get("/api/calf/v1/qr.svg?text=", status: 400);
        await api.Get("/api/calf/v1/qr.svg", status: 400);
        await api.Get("/api/calf/v1/qr.svg?text=x", token: null, status: 401);
    }

    private async Task<string> Svg(string text)
    {
        using var client = api.Client();
        using var answer = await client.GetAsync($"/api/calf/v1/qr.svg?text={Uri.EscapeDataString(text)}", TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.OK, "image/svg+xml"), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
        Assert.Contains("sandbox", answer.Headers.GetValues("Content-Security-Policy").Single());
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>What is black, by row and column.</summary>
    private static bool[,] Modules(string svg)
    {
        var root = XDocument.Parse(svg).Root!;
        var size = int.Parse(root.Attribute("viewBox")!.Value.Split(' ')[3], System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal($"0 0 {size} {size}", root.Attribute("viewBox")!.Value);
        var modules = new bool[size, size];
        var path = Assert.Single(root.Elements(), e => e.Name.LocalName == "path").Attribute("d")!.Value;
        var bars = Regex.Matches(path, @"M(\d+) (\d+)h(\d+)v1h-\3z");
        Assert.Equal(path, string.Concat(bars.Select(bar => bar.Value)));
        foreach (var bar in bars.Select(m => m.Groups.Values.Skip(1).Select(g => int.Parse(g.Value, System.Globalization.CultureInfo.InvariantCulture)).ToArray()))
            for (var x = 0; x < bar[2]; x++) modules[bar[1], bar[0] + x] = true;
        return modules;
    }
}
