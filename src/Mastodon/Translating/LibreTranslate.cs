using System.Text.Json;
using Calf.Security;

namespace Calf.Mastodon.Translating;

/// <summary>
/// Speaks to the translation server of <c>Translation:Url</c> (https://docs.libretranslate.com/guides/api_usage). The owner named it, so
/// it may stand on this machine or in the same house, where no other server that Calf talks to may be.
/// </summary>
public sealed class LibreTranslate(Settings settings, SafeHttpOptions network) : IDisposable
{
    public const string Provider = "LibreTranslate";

    /// <summary>The language of a text that does not say it.</summary>
    public const string Unknown = "und";

    private readonly SafeHttp http = new(network with { AllowLoopback = true, AllowPrivateNetworks = true, AllowPlainHttp = true });
    private readonly string root = settings.Translation.Url.TrimEnd('/');

    public bool IsSet => root.Length > 0;

    /// <summary>Into which languages each can be translated, and under <see cref="Unknown"/> all of them.</summary>
    /// <exception cref="ApiException">503: it does not answer, or not so.</exception>
    public async Task<SortedDictionary<string, IReadOnlyList<string>>> Languages(CancellationToken ct)
    {
        using var answer = await Ask(SafeRequest.Get(new Uri($"{root}/languages")), ct);
        if (answer.RootElement.ValueKind != JsonValueKind.Array) throw Unusable();
        var languages = new SortedDictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var language in answer.RootElement.EnumerateArray())
            if (Text(language, "code") is { } code)
                languages[code] = [.. Texts(language, "targets").Where(target => target != code)];
        languages[Unknown] = [.. languages.Values.SelectMany(targets => targets).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        return languages;
    }

    /// <param name="texts">HTML.</param>
    /// <param name="source">Null: it is to find out.</param>
    /// <returns>As many texts, and the language that the first was found to be in.</returns>
    /// <exception cref="ApiException">503: it does not answer, or not so.</exception>
    public async Task<(IReadOnlyList<string> Texts, string Source)> Translate(IReadOnlyList<string> texts, string? source, string target, CancellationToken ct)
    {
        using var answer = await Ask(SafeRequest.Post(new Uri($"{root}/translate"), Question(texts, source, target), "application/json"), ct);
        List<string> translated = [.. Texts(answer.RootElement, "translatedText")];
        if (translated.Count != texts.Count) throw Unusable();
        return (translated, Detected(answer.RootElement) ?? source ?? Unknown);
    }

    public void Dispose() => http.Dispose();

    private byte[] Question(IReadOnlyList<string> texts, string? source, string target)
    {
        using var body = new MemoryStream();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteStartArray("q");
            foreach (var text in texts) json.WriteStringValue(text);
            json.WriteEndArray();
            json.WriteString("source", source ?? "auto");
            json.WriteString("target", target);
            json.WriteString("format", "html");
            if (settings.Translation.ApiKey.Length > 0) json.WriteString("api_key", settings.Translation.ApiKey);
            json.WriteEndObject();
        }
        return body.ToArray();
    }

    private async Task<JsonDocument> Ask(SafeRequest request, CancellationToken ct)
    {
        try
        {
            // A redirect would carry the key to somebody whom the owner did not name.
            var answer = await http.Send(request with { Accept = "application/json", MaxRedirects = 0 }, ct);
            if (answer.Status == StatusCodes.Status429TooManyRequests) throw Failed("There have been too many requests to the translation service recently.");
            if (answer.Status == StatusCodes.Status403Forbidden) throw Failed("The server-wide usage quota for the translation service has been exceeded.");
            return answer.IsSuccess ? JsonDocument.Parse(answer.Body) : throw Unusable();
        }
        catch (Exception failed) when (failed is SafeHttpException or JsonException)
        {
            throw Unusable();
        }
    }

    private static string? Detected(JsonElement answer) =>
        answer.TryGetProperty("detectedLanguage", out var all) && all.ValueKind == JsonValueKind.Array && all.GetArrayLength() > 0 ? Text(all[0], "language") : null;

    private static string? Text(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static IEnumerable<string> Texts(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var values) && values.ValueKind == JsonValueKind.Array
            ? values.EnumerateArray().Where(value => value.ValueKind == JsonValueKind.String).Select(value => value.GetString()!)
            : [];

    private static ApiException Unusable() => Failed("Service Unavailable");

    private static ApiException Failed(string message) => new(StatusCodes.Status503ServiceUnavailable, message);
}
