using System.Text;
using System.Text.Json;
using Calf.Events;
using Calf.Mastodon.Entities;
using Calf.Statuses;
using Calf.Store;
using static Calf.Mastodon.Handling;

namespace Calf.Mastodon.Endpoints;

/// <summary>What the owner is writing, kept for all browsers. Whoever writes last is right.</summary>
public static class DraftsApi
{
    private const string Path = "/api/calf/v1/drafts", One = Path + "/{name}";

    private const int MaxName = 200;

    /// <summary>Of one draft, in bytes of JSON.</summary>
    private const int MaxBytes = 100_000;

    /// <summary>What may stand around it in the body.</summary>
    private const int MaxAround = 1000;

    /// <summary>Objects within objects.</summary>
    private const int MaxDepth = 32;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, Handle<Database>(List)).RequireScope("read:statuses");
        routes.MapGet(One, Handle<Database>(Show)).RequireScope("read:statuses");
        routes.MapPut(One, Save).RequireScope("write:statuses");
        routes.MapDelete(One, Handle<Database, EventHub>(Remove)).RequireScope("write:statuses");
    }

    private static IResult List(ApiRequest request, Database database) => Answers.Json<IReadOnlyList<DraftEntity>>(
        database.Read(DraftStore.All).ConvertAll(DraftEntity.Of), MastodonJson.Api.IReadOnlyListDraftEntity);

    private static IResult Show(ApiRequest request, Database database) =>
        Answer(database.Read(c => DraftStore.Find(c, request.Route("name"))) ?? throw ApiException.NotFound());

    /// <summary>Reads the body itself: taken apart into parameters, as all others are, a draft could not be kept as it comes.</summary>
    private static async Task Save(HttpContext http)
    {
        var services = http.RequestServices;
        var (database, events, now) = (services.GetRequiredService<Database>(), services.GetRequiredService<EventHub>(), services.GetRequiredService<TimeProvider>().GetUtcNow());
        var draft = await Read(http, now);
        var stored = await database.Write(c =>
        {
            if (!DraftStore.Save(c, draft)) return false;
            c.AfterCommit(() => events.Publish(new DraftChanged(draft.Name)));
            return true;
        });
        if (!stored) throw ApiException.Invalid(Words.T("There are {most} drafts already, which is the most that are kept. Send or delete one first.", ("most", Words.Digits(DraftStore.Most))));
        await Answer(draft).ExecuteAsync(http);
    }

    private static async Task<IResult> Remove(ApiRequest request, Database database, EventHub events)
    {
        var name = request.Route("name");
        await database.Write(c =>
        {
            if (DraftStore.Remove(c, name)) c.AfterCommit(() => events.Publish(new DraftChanged(name)));
        });
        return Answers.Empty();
    }

    private static async Task<Draft> Read(HttpContext http, DateTimeOffset now)
    {
        var name = (string)http.Request.RouteValues["name"]!;
        if (name.Length is 0 or > MaxName || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_')) throw ApiException.Invalid($"The name of a draft is 1 to {MaxName} letters from a to z, digits, dots, hyphens and underscores. Choose another one.");
        if (http.Request.ContentLength > MaxBytes + MaxAround) throw TooLarge();
        try
        {
            using var body = await JsonDocument.ParseAsync(http.Request.Body, new JsonDocumentOptions { MaxDepth = MaxDepth }, http.RequestAborted);
            if (body.RootElement.ValueKind != JsonValueKind.Object || !body.RootElement.TryGetProperty("draft", out var draft) || draft.ValueKind != JsonValueKind.Object)
                throw ApiException.Invalid("""A draft is a JSON object: send {"draft": {…}}.""");
            var json = draft.GetRawText();
            if (Encoding.UTF8.GetByteCount(json) > MaxBytes) throw TooLarge();
            return new Draft(name, json, Time(body.RootElement) is { } at && at < now ? at : now);
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException)
        {
            throw ApiException.Malformed($"The body is not valid JSON: {wrong.Message}");
        }
    }

    private static DateTimeOffset? Time(JsonElement body)
    {
        if (!body.TryGetProperty("updated_at", out var given) || given.ValueKind == JsonValueKind.Null) return null;
        return given.ValueKind == JsonValueKind.String && given.TryGetDateTimeOffset(out var at) && at >= DateTimeOffset.UnixEpoch
            ? at
            : throw ApiException.Invalid("updated_at has to be a time as ISO 8601 writes it, or left out.");
    }

    private static ApiException TooLarge() =>
        ApiException.Invalid(Words.T("This draft is too large to be kept on the server: {most} kB of JSON at most. Make it shorter, or post it in parts.", ("most", Words.Digits(MaxBytes / 1000))));

    private static IResult Answer(Draft draft) => Answers.Json(DraftEntity.Of(draft), MastodonJson.Api.DraftEntity);
}
