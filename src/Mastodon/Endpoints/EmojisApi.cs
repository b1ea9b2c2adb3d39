using Calf.Federation;
using Calf.Mastodon.Entities;
using Calf.Media;
using Calf.Store;
using static Calf.Mastodon.Handling;

namespace Calf.Mastodon.Endpoints;

/// <summary>
/// This server's own emoji. https://docs.joinmastodon.org/methods/custom_emojis/ and, for adding them, Calf's own paths; those of others
/// come with what they write.
/// </summary>
public static class EmojisApi
{
    private const int RoomAround = 64 * 1024;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/custom_emojis", Handle<Database, Site>(List)).Open();
        routes.MapPost("/api/calf/v1/emojis", Handle<OwnEmojis, Site>(Add)).RequireScope("admin:write").TakesFiles(OwnEmojis.MaxBytes + RoomAround);
        routes.MapPost("/api/calf/v1/emojis/import", Handle<OwnEmojis>(Import)).RequireScope("admin:write").TakesFiles(EmojiPack.MaxBytes + RoomAround);
        routes.MapDelete("/api/calf/v1/emojis/{shortcode}", Handle<OwnEmojis>(Remove)).RequireScope("admin:write");
    }

    private static IResult List(ApiRequest request, Database database, Site site) => Answers.Json<IReadOnlyList<EmojiEntity>>(
        [.. database.Read(OwnEmojiStore.All).Select(e => Entity(e, site))], MastodonJson.Api.IReadOnlyListEmojiEntity);

    /// <summary>With <c>shortcode</c>, <c>category</c> if it is to have one, and the picture as <c>image</c>.</summary>
    private static async Task<IResult> Add(ApiRequest request, OwnEmojis emojis, Site site)
    {
        var picture = request.File("image") ?? throw ApiException.Invalid(Validation.Failed(Words.T("Image can't be blank")));
        var emoji = await emojis.Add(request.Parameters.Text("shortcode") ?? "", request.Parameters.Text("category") ?? "", picture, request.Aborted);
        return Answers.Json(Entity(emoji, site), MastodonJson.Api.EmojiEntity);
    }

    /// <summary>A pack as <c>file</c>.</summary>
    private static async Task<IResult> Import(ApiRequest request, OwnEmojis emojis)
    {
        var pack = request.File("file") ?? throw ApiException.Invalid(Validation.Failed(Words.T("File can't be blank")));
        return Answers.Json(EmojiImportEntity.Of(await emojis.Import(pack, request.Aborted)), MastodonJson.Api.EmojiImportEntity);
    }

    private static async Task<IResult> Remove(ApiRequest request, OwnEmojis emojis) =>
        await emojis.Remove(request.Route("shortcode")) ? Answers.Empty() : throw ApiException.NotFound();

    private static EmojiEntity Entity(OwnEmoji e, Site site) =>
        new(e.Shortcode, site.MediaUrl(e.File), site.MediaUrl(e.StillFile ?? e.File), VisibleInPicker: true) { Category = e.Category.Length > 0 ? e.Category : null };
}
