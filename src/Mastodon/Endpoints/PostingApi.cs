using Calf.Federation.Outbox;
using Calf.Mastodon.Entities;
using Calf.Media;
using Calf.Security;
using Calf.Statuses;
using Calf.Store;
using static Calf.Mastodon.Handling;

namespace Calf.Mastodon.Endpoints;

/// <summary>Writing, editing and deleting posts. https://docs.joinmastodon.org/methods/statuses/</summary>
public static class PostingApi
{
    private const string KeyHeader = "Idempotency-Key";
    private const int MaxKeyLength = 200;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/v1/statuses", Handle<Database, Posting, StatusRendering, Scheduling, ScheduledRendering, TimeProvider>(Post)).RequireScope("write:statuses");
        routes.MapPut("/api/v1/statuses/{id:long}", Handle<Database, Editing, Quoting, StatusRendering>(Edit)).RequireScope("write:statuses");
        routes.MapDelete("/api/v1/statuses/{id:long}", Handle<Database, Deleting, Uploading, StatusRendering>(Delete)).RequireScope("write:statuses");
    }

    private static async Task<IResult> Post(
        ApiRequest request, Database database, Posting posting, StatusRendering rendering, Scheduling scheduling, ScheduledRendering scheduledRendering, TimeProvider time)
    {
        var draft = DraftIn(request, database.Read(PostingDefaults.Read));
        return ScheduledApi.TimeIn(request.Parameters, time.GetUtcNow()) is { } at
            ? ScheduledApi.Answer(database, await scheduling.Schedule(draft, at, request.Aborted), scheduledRendering)
            : Answer(database, await posting.Post(draft, request.Aborted), rendering);
    }

    private static NewStatus DraftIn(ApiRequest request, PostingDefaults defaults)
    {
        var parameters = request.Parameters;
        return new NewStatus(
            parameters.Text("status") ?? "",
            VisibilityIn(parameters) ?? defaults.Visibility,
            parameters.Text("spoiler_text") ?? "",
            parameters.Bool("sensitive") ?? defaults.Sensitive,
            LanguageIn(parameters) ?? defaults.Language,
            request.IdIn("in_reply_to_id", NewStatus.ParentMissing),
            request.Caller!.AppId,
            Key(request),
            PollIn(parameters),
            request.IdIn("quoted_status_id", NewStatus.QuotedMissing),
            EntityText.ToQuotePolicy(parameters, "quote_approval_policy"))
        {
            MediaIds = request.Ids("media_ids"),
        };
    }

    private static async Task<IResult> Edit(ApiRequest request, Database database, Editing editing, Quoting quoting, StatusRendering rendering)
    {
        var parameters = request.Parameters;
        var before = database.Read(c => StatusStore.Find(c, request.Id())) ?? throw ApiException.NotFound();
        var policy = EntityText.ToQuotePolicy(parameters, "quote_approval_policy");
        var status = await editing.Edit(before.Id, new StatusChange(
            parameters.Text("status") ?? before.Source ?? "",
            parameters.Has("spoiler_text") ? parameters.Text("spoiler_text") ?? "" : before.SpoilerText,
            parameters.Bool("sensitive") ?? before.Sensitive,
            LanguageIn(parameters),
            PollIn(parameters))
        {
            // An app that edits sends all that is to be there; one that knows of no files sends no word of them.
            MediaIds = parameters.List("media_ids").Count > 0 || parameters.Has("media_ids") || parameters.Has("media_ids[]") ? request.Ids("media_ids") : null,
            Attachments = [.. AttachmentChanges(parameters)],
        }, request.Aborted);
        if (policy is { } wanted) await quoting.ChangePolicy(status.Id, wanted);
        return Answer(database, status, rendering);
    }

    /// <summary>Answers with the source, so that an app can offer to write the post anew.</summary>
    private static async Task<IResult> Delete(ApiRequest request, Database database, Deleting deleting, Uploading uploading, StatusRendering rendering)
    {
        var (entity, files) = database.Read(c => StatusStore.Find(c, request.Id()) is { } status
            ? (rendering.Render(c, status, byOwner: true), UploadStore.Find(c, Attaching.IdsOf(c, status.Id)))
            : throw ApiException.NotFound());
        var deleted = await deleting.Delete(request.Id());
        if (request.Parameters.Is("delete_media"))
            foreach (var file in files) await uploading.Remove(file);
        return Answers.Json(entity with { Text = deleted.Source ?? PlainText.OfHtml(deleted.Content) }, MastodonJson.Api.StatusEntity);
    }

    private static IResult Answer(Database database, Status status, StatusRendering rendering) => database.Read(c =>
        Answers.Json(rendering.Render(c, StatusStore.Find(c, status.Id) ?? status, byOwner: true), MastodonJson.Api.StatusEntity));

    private static IEnumerable<AttachmentChange> AttachmentChanges(Parameters parameters) =>
        from row in parameters.Rows("media_attributes")
        where row.Long("id") is not null
        select new AttachmentChange(row.Long("id")!.Value, row.Text("description"), MediaApi.FocusIn(row.Text("focus")));

    /// <summary>Null without options: some apps send an empty poll with each post.</summary>
    private static NewPoll? PollIn(Parameters parameters)
    {
        var options = parameters.List("poll[options]");
        if (options.Count == 0) return null;
        var seconds = parameters.Long("poll[expires_in]");
        TimeSpan? duration = seconds is { } some ? TimeSpan.FromSeconds(Math.Clamp(some, 0, int.MaxValue)) : null;
        return new NewPoll(options, duration, parameters.Is("poll[multiple]"), parameters.Is("poll[hide_totals]"));
    }

    internal static Visibility? VisibilityIn(Parameters parameters)
    {
        if (string.IsNullOrEmpty(parameters.Text("visibility"))) return null;
        return EntityText.ToVisibility(parameters.Text("visibility"))
            ?? throw ApiException.Invalid("Validation failed: Visibility is not included in the list");
    }

    /// <summary>Two or three letters with optional parts behind them (BCP 47); apps send other things when they do not know.</summary>
    internal static string? LanguageIn(Parameters parameters, string name = "language") => Language(parameters.Text(name));

    internal static string? Language(string? text)
    {
        var language = text?.Trim();
        if (string.IsNullOrEmpty(language)) return null;
        return LanguageTag.Is(language) ? language.Replace('_', '-') : null;
    }

    private static string? Key(ApiRequest request)
    {
        var key = request.Http.Request.Headers[KeyHeader].ToString();
        if (key.Length == 0) return null;
        if (key.Length > MaxKeyLength) throw ApiException.Malformed($"The {KeyHeader} can have {MaxKeyLength} characters.");
        // Two apps may count their posts alike.
        return $"{request.Caller!.TokenId ?? 0}:{key}";
    }
}
