using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Calf.Tests.Mastodon;

/// <summary>
/// Stands in every client that a test server hands out and holds each JSON answer of the client API against Mastodon's API
/// description, and each error against what apps can read. So no test of the API has to ask for it.
/// </summary>
public sealed partial class AnswerCheck(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    private const string Json = "application/json; charset=utf-8";

    public static HttpClient Client(HttpMessageHandler inner, Uri server) => new(new AnswerCheck(inner)) { BaseAddress = server };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        var path = request.RequestUri!.AbsolutePath;
        if (!IsApi(path) || request.Method == HttpMethod.Head || request.Method == HttpMethod.Options) return response;
        var wrong = await Wrong(request.Method.Method, request.RequestUri, response, cancellationToken);
        Assert.True(wrong.Count == 0, $"{request.Method} {path} answered {(int)response.StatusCode}, and that is wrong: {string.Join("; ", wrong)}");
        return response;
    }

    // The consent page is HTML, its errors too.
    private static bool IsApi(string path) =>
        path.StartsWith("/api/", StringComparison.Ordinal) || (path.StartsWith("/oauth/", StringComparison.Ordinal) && !path.StartsWith("/oauth/authorize", StringComparison.Ordinal));

    private static async Task<IReadOnlyList<string>> Wrong(string method, Uri uri, HttpResponseMessage response, CancellationToken cancel)
    {
        var path = uri.AbsolutePath;
        var isError = response.StatusCode >= HttpStatusCode.BadRequest;
        if (response.Content.Headers.ContentType is not { MediaType: "application/json" } type)
            return isError ? [$"an error is {response.Content.Headers.ContentType?.ToString() ?? "empty"}, not JSON"] : [];
        await response.Content.LoadIntoBufferAsync(cancel);
        using var document = JsonDocument.Parse(await response.Content.ReadAsStringAsync(cancel));
        if (type.ToString() != Json) return [$"the type is {type}"];
        if (isError) return [.. WrongError(method, path, document.RootElement)];
        if (!response.IsSuccessStatusCode) return [];
        return [.. SchemaCheck.Answer(method, path, document.RootElement, (int)response.StatusCode) ?? [], .. WrongAnywhere(document.RootElement, ""),
            .. Foreign(document.RootElement, "", uri.GetLeftPart(UriPartial.Authority) + "/")];
    }

    /// <summary>Also where the description knows nothing of: ids are text, times are in UTC with milliseconds.</summary>
    private static IEnumerable<string> WrongAnywhere(JsonElement value, string at) => value.ValueKind switch
    {
        JsonValueKind.Array => value.EnumerateArray().SelectMany(item => WrongAnywhere(item, at + "[]")),
        JsonValueKind.Object => value.EnumerateObject().SelectMany(member => WrongAnywhere(member.Value, $"{at}.{member.Name}")),
        JsonValueKind.Number when at.EndsWith(".id", StringComparison.Ordinal) => [$"{at}: an id that is a number"],
        JsonValueKind.String when Time().IsMatch(value.GetString()!) && !ExactTime().IsMatch(value.GetString()!) => [$"{at}: {value} is not a time as Mastodon writes it"],
        _ => [],
    };

    /// <summary>An app loads these without being asked, and must not tell other servers who reads.</summary>
    private static IEnumerable<string> Foreign(JsonElement value, string at, string own) => value.ValueKind switch
    {
        JsonValueKind.Array => value.EnumerateArray().SelectMany(item => Foreign(item, at + "[]", own)),
        JsonValueKind.Object when value.TryGetProperty("remote_url", out _) && value.GetProperty("type").GetString() == "unknown" => [],
        JsonValueKind.Object => value.EnumerateObject().SelectMany(member => Foreign(member.Value, $"{at}.{member.Name}", own)),
        JsonValueKind.String when Loaded().IsMatch(at) && !value.GetString()!.StartsWith(own, StringComparison.Ordinal) => [$"{at}: {value} is loaded from another server"],
        _ => [],
    };

    [GeneratedRegex(@"\.(avatar|header|avatar_static|header_static|static_url|preview_url|image)$|(media_attachments|emojis|emoji_reactions)\[\]\.url$")]
    private static partial Regex Loaded();

    private static IEnumerable<string> WrongError(string method, string path, JsonElement answer)
    {
        // Collections alone tell a wrong field so (CustomError422).
        var error = path.StartsWith("/api/v1/collections", StringComparison.Ordinal) && answer.TryGetProperty("error", out var nested) && nested.ValueKind == JsonValueKind.Object
            ? nested : answer;
        if (!HasText(error, "error")) yield return $"no error is told: {answer}";
        if (method == "POST" && path is ("/oauth/token" or "/oauth/revoke") && !HasText(answer, "error_description")) yield return $"no error_description: {answer}";
    }

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d\S*$")]
    private static partial Regex Time();

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$")]
    private static partial Regex ExactTime();

    private static bool HasText(JsonElement answer, string member) =>
        answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty(member, out var text) && text.ValueKind == JsonValueKind.String && text.GetString()!.Length > 0;
}
