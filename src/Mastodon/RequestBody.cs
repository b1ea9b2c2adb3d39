using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;

namespace Calf.Mastodon;

/// <summary>Reads form, multipart and JSON bodies into <see cref="Parameters"/>; apps send any of the three.</summary>
public static class RequestBody
{
    public const int MaxParameters = 1024;

    /// <exception cref="ApiException">400: the body cannot be read.</exception>
    public static async Task<Parameters> Read(HttpRequest request)
    {
        var query = Parameters.Of(request.Query);
        try
        {
            if (request.HasFormContentType) return query.With(await Form(request));
            if (request.HasJsonContentType()) return query.With(await Json(request));
            return query;
        }
        catch (JsonException wrong)
        {
            throw ApiException.Malformed($"The body is not valid JSON: {wrong.Message}");
        }
        catch (InvalidOperationException wrong)
        {
            // Half of a surrogate pair passes the parser and is no text.
            throw ApiException.Malformed($"The body is not valid JSON: {wrong.Message}");
        }
        catch (InvalidDataException wrong)
        {
            throw ApiException.Malformed($"The body could not be read: {wrong.Message}");
        }
    }

    private static async Task<Parameters> Form(HttpRequest request) =>
        MultipartBody.BoundaryOf(request) is { } boundary
            ? new Parameters(await MultipartBody.Read(request, boundary))
            : Parameters.Of(await request.ReadFormAsync(request.HttpContext.RequestAborted));

    private static async Task<Parameters> Json(HttpRequest request)
    {
        // Some apps say JSON and send nothing.
        if (request.HttpContext.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == false || request.ContentLength == 0) return new Parameters([]);
        using var document = await JsonDocument.ParseAsync(request.Body, default, request.HttpContext.RequestAborted);
        var pairs = new List<KeyValuePair<string, string?>>();
        if (document.RootElement.ValueKind == JsonValueKind.Object)
            foreach (var property in document.RootElement.EnumerateObject()) Flatten(property.Name, property.Value, pairs);
        return new Parameters(pairs);
    }

    private static void Flatten(string name, JsonElement value, List<KeyValuePair<string, string?>> pairs)
    {
        if (pairs.Count >= MaxParameters) throw ApiException.Malformed("The body has too many parameters.");
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in value.EnumerateObject()) Flatten($"{name}[{property.Name}]", property.Value, pairs);
                break;
            case JsonValueKind.Array:
                var index = 0;
                foreach (var item in value.EnumerateArray())
                {
                    Flatten(item.ValueKind is JsonValueKind.Object ? $"{name}[{index}]" : name + "[]", item, pairs);
                    index++;
                }
                break;
            default:
                pairs.Add(KeyValuePair.Create(name, value.ValueKind switch
                {
                    JsonValueKind.String => value.GetString(),
                    JsonValueKind.Null => null,
                    JsonValueKind.True => "true",
                    JsonValueKind.False => "false",
                    _ => value.GetRawText(),
                }));
                break;
        }
    }
}
