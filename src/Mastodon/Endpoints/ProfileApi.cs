using Calf.Accounts;
using Calf.Federation.Outbox;
using Calf.Mastodon.Entities;
using Calf.Statuses;
using Calf.Store;
using static Calf.Mastodon.Handling;

namespace Calf.Mastodon.Endpoints;

/// <summary>The owner edits the profile. https://docs.joinmastodon.org/methods/profile/ and /accounts/#update_credentials</summary>
public static class ProfileApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPatch("/api/v1/accounts/update_credentials", Handle<Database, ProfileEditing, ProfilePictures, CredentialRendering>(UpdateCredentials)).RequireScope("write:accounts").TakesFiles(ProfilePictures.MaxBody);
        routes.MapGet("/api/v1/profile", Handle<Database, CredentialRendering>(Show)).RequireScope("profile", "read:accounts");
        routes.MapPatch("/api/v1/profile", Handle<Database, ProfileEditing, ProfilePictures, CredentialRendering>(Update)).RequireScope("write:accounts").TakesFiles(ProfilePictures.MaxBody);
        // Undescribed, but Mastodon takes it and masto.js sends it.
        routes.MapPut("/api/v1/profile", Handle<Database, ProfileEditing, ProfilePictures, CredentialRendering>(Update)).RequireScope("write:accounts").TakesFiles(ProfilePictures.MaxBody);
        routes.MapDelete("/api/v1/profile/avatar", Handle((ApiRequest request, ProfilePictures pictures, Database database, ProfileEditing editing, CredentialRendering rendering) =>
            Remove(pictures, database, editing, rendering, new ProfileChange { AvatarUrl = "" }))).RequireScope("write:accounts");
        routes.MapDelete("/api/v1/profile/header", Handle((ApiRequest request, ProfilePictures pictures, Database database, ProfileEditing editing, CredentialRendering rendering) =>
            Remove(pictures, database, editing, rendering, new ProfileChange { HeaderUrl = "" }))).RequireScope("write:accounts");
    }

    private static async Task<IResult> UpdateCredentials(ApiRequest request, Database database, ProfileEditing editing, ProfilePictures pictures, CredentialRendering rendering)
    {
        var defaults = Defaults(request.Parameters, database.Read(PostingDefaults.Read));
        await Edit(request, database, editing, pictures);
        await database.Write(c => PostingDefaults.Save(c, defaults));
        return Answers.Json(database.Read(rendering.Render), MastodonJson.Api.AccountEntity);
    }

    private static IResult Show(ApiRequest request, Database database, CredentialRendering rendering) =>
        Answers.Json(database.Read(rendering.Profile), MastodonJson.Api.ProfileEntity);

    private static async Task<IResult> Update(ApiRequest request, Database database, ProfileEditing editing, ProfilePictures pictures, CredentialRendering rendering)
    {
        var parameters = request.Parameters;
        await Edit(request, database, editing, pictures);
        await database.Write(c =>
        {
            var before = ProfileTabs.Read(c);
            new ProfileTabs(
                parameters.Bool("show_media") ?? before.Media, parameters.Bool("show_media_replies") ?? before.MediaReplies, parameters.Bool("show_featured") ?? before.Featured).Save(c);
        });
        return Answers.Json(database.Read(rendering.Profile), MastodonJson.Api.ProfileEntity);
    }

    private static async Task Edit(ApiRequest request, Database database, ProfileEditing editing, ProfilePictures pictures)
    {
        var parameters = request.Parameters;
        var before = database.Read(AccountStore.Owner)!;
        var fields = parameters.Rows("fields_attributes");
        var sites = parameters.List("attribution_domains");
        await editing.Edit(new ProfileChange(
            parameters.Text("display_name"),
            parameters.Text("note"),
            fields.Count == 0 ? null : [.. fields.Select(f => (f.Text("name")?.Trim() ?? "", f.Text("value")?.Trim() ?? "")).Where(f => f.Item1.Length > 0 || f.Item2.Length > 0)],
            parameters.Bool("locked"),
            parameters.Bool("bot"),
            parameters.Bool("discoverable"),
            parameters.Bool("indexable"))
        {
            HideCollections = parameters.Bool("hide_collections"),
            AttributionDomains = sites.Count == 0 ? null : [.. sites.Where(site => !string.IsNullOrWhiteSpace(site))],
            AvatarUrl = await pictures.Take(request, "avatar"),
            AvatarAlt = parameters.Text("avatar_description"),
            HeaderUrl = await pictures.Take(request, "header"),
            HeaderAlt = parameters.Text("header_description"),
        });
        await pictures.RemoveReplaced(before);
    }

    private static async Task<IResult> Remove(ProfilePictures pictures, Database database, ProfileEditing editing, CredentialRendering rendering, ProfileChange change)
    {
        var before = database.Read(AccountStore.Owner)!;
        await editing.Edit(change);
        await pictures.RemoveReplaced(before);
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
