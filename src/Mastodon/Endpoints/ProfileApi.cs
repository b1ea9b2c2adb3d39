using Calf.Accounts;
using Calf.Federation.Outbox;
using Calf.Mastodon.Entities;
using Calf.Statuses;
using Calf.Store;

namespace Calf.Mastodon.Endpoints;

/// <summary>The owner edits the profile. https://docs.joinmastodon.org/methods/accounts/#update_credentials</summary>
public static class ProfileApi
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapPatch("/api/v1/accounts/update_credentials", Update).RequireScope("write:accounts").TakesFiles(ProfilePictures.MaxBody);

    private static async Task<IResult> Update(ApiRequest request, Database database, ProfileEditing editing, ProfilePictures pictures, CredentialRendering rendering)
    {
        var parameters = request.Parameters;
        var defaults = Defaults(parameters, database.Read(PostingDefaults.Read));
        var before = database.Read(AccountStore.Owner)!;
        var fields = parameters.Rows("fields_attributes");
        await editing.Edit(new ProfileChange(
            parameters.Text("display_name"),
            parameters.Text("note"),
            fields.Count == 0 ? null : [.. fields.Select(f => (f.Text("name")?.Trim() ?? "", f.Text("value")?.Trim() ?? "")).Where(f => f.Item1.Length > 0 || f.Item2.Length > 0)],
            parameters.Bool("locked"),
            parameters.Bool("bot"),
            parameters.Bool("discoverable"),
            parameters.Bool("indexable"))
        {
            AvatarUrl = await pictures.Take(request, "avatar"),
            AvatarAlt = parameters.Text("avatar_description"),
            HeaderUrl = await pictures.Take(request, "header"),
            HeaderAlt = parameters.Text("header_description"),
        });
        await pictures.RemoveReplaced(before);
        await database.Write(c => PostingDefaults.Save(c, defaults));
        return Answers.Json(database.Read(rendering.Render), MastodonJson.Api.AccountEntity);
    }

    private static PostingDefaults Defaults(Parameters parameters, PostingDefaults before)
    {
        var visibility = before.Visibility;
        if (parameters.Text("source[privacy]") is { Length: > 0 } word)
            visibility = EntityText.ToVisibility(word) ?? throw ApiException.Invalid("Validation failed: Privacy has to be public, unlisted, private or direct");
        return new PostingDefaults(
            visibility,
            parameters.Bool("source[sensitive]") ?? before.Sensitive,
            parameters.Has("source[language]") ? PostingApi.LanguageIn(parameters, "source[language]") : before.Language)
        {
            QuotePolicy = EntityText.ToQuotePolicy(parameters, "source[quote_policy]") ?? before.QuotePolicy,
        };
    }
}
