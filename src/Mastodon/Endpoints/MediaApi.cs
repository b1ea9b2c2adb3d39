using System.Globalization;
using Calf.Federation;
using Calf.Mastodon.Entities;
using Calf.Media;
using Calf.Store;
using Microsoft.AspNetCore.Mvc;
using static Calf.Mastodon.Handling;

namespace Calf.Mastodon.Endpoints;

/// <summary>Files for posts. https://docs.joinmastodon.org/methods/media/</summary>
public static class MediaApi
{
    /// <summary>The largest file, and room for what surrounds it.</summary>
    private const int MaxBody = Uploading.MaxFileBytes + 1024 * 1024;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/v1/media", Handle<Uploading, FilmQueue, AttachmentRendering>(AddAndWait)).RequireScope("write:media").TakesFiles(MaxBody);
        routes.MapPost("/api/v2/media", Handle<Uploading, AttachmentRendering>(Add)).RequireScope("write:media").TakesFiles(MaxBody);
        routes.MapGet("/api/v1/media/{id:long}", Handle<Database, AttachmentRendering>(Show)).RequireScope("write:media");
        routes.MapPut("/api/v1/media/{id:long}", Handle<Uploading, AttachmentRendering>(Change)).RequireScope("write:media").TakesFiles(Uploading.MaxPictureBytes);
        routes.MapDelete("/api/v1/media/{id:long}", Handle<Database, Uploading>(Delete)).RequireScope("write:media");
    }

    /// <summary>Bodies up to so many bytes; elsewhere the limit is that of an activity.</summary>
    public static T TakesFiles<T>(this T route, int bytes) where T : IEndpointConventionBuilder => route.WithMetadata(new RequestSizeLimitAttribute(bytes));

    private static async Task<IResult> Add(ApiRequest request, Uploading uploading, AttachmentRendering rendering)
    {
        var file = request.File("file") ?? throw ApiException.Invalid(Validation.Failed(Words.T("File can't be blank")));
        return Answer(await uploading.Add(file, Details(request), request.Aborted), rendering, StatusCodes.Status202Accepted);
    }

    /// <summary>As apps knew it before: what it answers is ready, or nothing is kept.</summary>
    private static async Task<IResult> AddAndWait(ApiRequest request, Uploading uploading, FilmQueue films, AttachmentRendering rendering)
    {
        var file = request.File("file") ?? throw ApiException.Invalid(Validation.Failed(Words.T("File can't be blank")));
        var added = await uploading.Add(file, Details(request), request.Aborted);
        var upload = added;
        try
        {
            if (added.State == UploadState.Waiting) upload = await films.Finished(added.Id, request.Aborted);
        }
        catch (MediaPlaceException)
        {
            await uploading.Remove(added);
            throw;
        }
        if (upload?.State == UploadState.Failed) await uploading.Remove(upload);
        return Answer(upload, rendering);
    }

    private static IResult Show(ApiRequest request, Database database, AttachmentRendering rendering) =>
        Answer(database.Read(c => UploadStore.FindUnused(c, request.Id())), rendering);

    private static async Task<IResult> Change(ApiRequest request, Uploading uploading, AttachmentRendering rendering) =>
        Answer(await uploading.Change(request.Id(), Details(request), request.Aborted), rendering);

    private static async Task<IResult> Delete(ApiRequest request, Database database, Uploading uploading)
    {
        if (database.Read(c => UploadStore.FindUnused(c, request.Id())) is { } upload)
        {
            await uploading.Remove(upload);
            return Answers.Empty();
        }
        throw database.Read(c => UploadStore.Exists(c, request.Id()))
            ? ApiException.Invalid(Words.T("Media attachment is currently used by a status."))
            : ApiException.NotFound();
    }

    /// <param name="unready">The status while it is being made ready.</param>
    private static IResult Answer(Upload? upload, AttachmentRendering rendering, int unready = StatusCodes.Status206PartialContent) => upload switch
    {
        null => throw ApiException.NotFound(),
        { State: UploadState.Failed } => throw ApiException.Invalid(upload.Failure ?? FilmQueue.Failed),
        _ => Answers.Json(rendering.Render(upload), MastodonJson.Api.MediaAttachmentEntity, upload.State == UploadState.Waiting ? unready : StatusCodes.Status200OK),
    };

    private static UploadDetails Details(ApiRequest request) =>
        new(request.Parameters.Text("description"), FocusIn(request.Parameters.Text("focus")), request.File("thumbnail"));

    /// <summary>Two numbers with a comma, as <c>-0.5,0.25</c>; what is beyond the edge is at the edge, what is no number is nothing.</summary>
    public static Focus? FocusIn(string? text)
    {
        if (text?.Split(',') is not [var x, var y]) return null;
        return double.TryParse(x, NumberStyles.Float, CultureInfo.InvariantCulture, out var left) && double.TryParse(y, NumberStyles.Float, CultureInfo.InvariantCulture, out var up)
            && double.IsFinite(left) && double.IsFinite(up)
            ? new Focus(Math.Clamp(left, -1, 1), Math.Clamp(up, -1, 1))
            : null;
    }
}
