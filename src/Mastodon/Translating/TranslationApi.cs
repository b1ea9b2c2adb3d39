using System.Security.Cryptography;
using System.Text;
using Calf.Statuses;
using Calf.Store;
using static Calf.Mastodon.Handling;

namespace Calf.Mastodon.Translating;

/// <summary>https://docs.joinmastodon.org/methods/statuses/#translate, when <c>Translation:Url</c> names a server that translates.</summary>
public static class TranslationApi
{
    private const string Otherwise = "en";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/v1/statuses/{id:long}/translate", Handle<Database, PageAnswers, LibreTranslate, TranslationLanguages, TranslationCache>(Translate)).RequireScope("read:statuses");
        routes.MapGet("/api/v1/instance/translation_languages", Handle(async (ApiRequest request, TranslationLanguages languages) =>
            Answers.Json<IReadOnlyDictionary<string, IReadOnlyList<string>>>(await languages.All(request.Aborted), MastodonJson.Api.IReadOnlyDictionaryStringIReadOnlyListString))).Open();
    }

    private static async Task<IResult> Translate(
        ApiRequest request, Database database, PageAnswers answers, LibreTranslate backend, TranslationLanguages languages, TranslationCache cache)
    {
        var (status, texts, usual) = database.Read(c =>
        {
            var asked = answers.Readable(c, request);
            // Of a boost the post is translated.
            var status = asked.BoostOfId is { } id ? StatusStore.Find(c, id) ?? throw ApiException.NotFound() : asked;
            var attachments = StatusParts.Attachments(c, [status.Id])[status.Id];
            return (status, new TranslationTexts(status, PollStore.Find(c, status.Id), [.. attachments]), PostingDefaults.Read(c).Language);
        });
        if (!backend.IsSet) throw ApiException.NotFound();
        var possible = (await languages.All(request.Aborted)).GetValueOrDefault(status.Language is { Length: > 0 } known ? known : LibreTranslate.Unknown) ?? [];
        var target = Among(possible, request.Parameters.Text("lang") is { Length: > 0 } wanted ? wanted : usual ?? Otherwise);
        if (!status.IsOpen || target is null) throw new ApiException(StatusCodes.Status403Forbidden, Words.T("This action is not allowed"));
        var translated = await Ask(backend, cache, texts.Html, status.Language, target, request.Aborted);
        return Answers.Json(texts.Entity(translated.Texts, translated.Source, target), MastodonJson.Api.TranslationEntity);
    }

    /// <summary>The language as it is asked for, else without its country; null when there is no translation into it.</summary>
    private static string? Among(IReadOnlyList<string> possible, string wanted) =>
        possible.Contains(wanted) ? wanted : possible.FirstOrDefault(language => language == wanted.Split('_', '-')[0]);

    private static async Task<Translated> Ask(LibreTranslate backend, TranslationCache cache, IReadOnlyList<string> texts, string? source, string target, CancellationToken ct)
    {
        if (texts.Count == 0) return new Translated([], source ?? LibreTranslate.Unknown);
        // No text has a zero character, so no two lists have one key.
        var key = $"{source}/{target}/{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', texts))))}";
        if (cache.Find(key) is { } cached) return cached;
        var (translated, detected) = await backend.Translate(texts, source is { Length: > 0 } ? source : null, target, ct);
        var answer = new Translated(translated, detected);
        cache.Add(key, answer);
        return answer;
    }
}
