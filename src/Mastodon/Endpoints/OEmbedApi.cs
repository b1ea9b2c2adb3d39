using System.Net;
using Calf.Accounts;
using Calf.Mastodon.Entities;
using Calf.Statuses;
using Calf.Store;
using static Calf.Mastodon.Handling;

namespace Calf.Mastodon.Endpoints;

/// <summary>How another site shows a public post of the owner's. https://docs.joinmastodon.org/methods/oembed/</summary>
public static class OEmbedApi
{
    private const int DefaultWidth = 400;
    private const int CacheSeconds = 86_400;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/oembed", Handle<Database, Site, Owner>(Show)).Open();

    private static IResult Show(ApiRequest request, Database database, Site site, Owner owner)
    {
        var status = database.Read(c => StatusStore.FindByAddress(c, request.Parameters.Text("url") ?? ""));
        if (status is not { BoostOfId: null } || status.AccountId != owner.Id || status.Visibility is not (Visibility.Public or Visibility.Unlisted))
            throw ApiException.NotFound();
        var author = owner.Required;
        var height = request.Parameters.Long("maxheight");
        return Answers.Json(
            new OEmbedEntity(
                "rich", "1.0", $"A post by {author.Name}", author.Name, author.Url, site.Domain, site.Base + "/", CacheSeconds, Quotation(status, author, site),
                (int)Math.Clamp(request.Parameters.Long("maxwidth") ?? DefaultWidth, 1, int.MaxValue), height is > 0 and <= int.MaxValue ? (int)height : null),
            MastodonJson.Api.OEmbedEntity);
    }

    /// <summary>A quotation with its source, and no script: what is embedded runs with the rights of the page around it.</summary>
    private static string Quotation(Status status, Account author, Site site)
    {
        var text = status.SpoilerText.Length > 0 ? $"<p>{Html(status.SpoilerText)}</p>" : status.Content;
        return $"<blockquote class=\"mastodon-embed\" cite=\"{Html(status.Url)}\">{text}<footer><a href=\"{Html(status.Url)}\" target=\"_blank\" rel=\"noopener\">"
            + $"{Html(author.Name)} (@{Html(author.Username)}@{Html(site.Domain)})</a></footer></blockquote>";
    }

    private static string Html(string text) => WebUtility.HtmlEncode(text);
}
