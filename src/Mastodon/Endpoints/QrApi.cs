using System.Globalization;
using System.Text;
using QRCoder;
using static Calf.Mastodon.Handling;

namespace Calf.Mastodon.Endpoints;

/// <summary>Draws a text, such as the address of the profile, so that a telephone can read it.</summary>
public static class QrApi
{
    private const int MaxText = 500;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/calf/v1/qr.svg", Handle(Draw)).RequireScope("read:accounts");

    private static IResult Draw(ApiRequest request)
    {
        if (request.Parameters.Text("text") is not { Length: > 0 } text) throw ApiException.Missing("text");
        if (text.Length > MaxText) throw ApiException.Invalid($"text: at most {MaxText} characters. Make it shorter.");
        var headers = request.Http.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        return TypedResults.Text(Svg(text), "image/svg+xml");
    }

    /// <summary>Black on white, one unit a module, with the four empty ones around that ISO 18004 asks for. A path of one bar for each run in a row.</summary>
    private static string Svg(string text)
    {
        using var code = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M, forceUtf8: true);
        var rows = code.ModuleMatrix;
        var path = new StringBuilder();
        for (var y = 0; y < rows.Count; y++)
            for (var x = 0; x < rows.Count; x++)
            {
                if (!rows[y][x]) continue;
                var start = x;
                while (rows[y][x + 1]) x++;
                path.Append(CultureInfo.InvariantCulture, $"M{start} {y}h{x + 1 - start}v1h-{x + 1 - start}z");
            }
        return string.Create(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {rows.Count} {rows.Count}" shape-rendering="crispEdges"><rect width="100%" height="100%" fill="#fff"/><path d="{path}"/></svg>
            """);
    }
}
