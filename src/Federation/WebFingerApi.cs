using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Calf.Accounts;
using Calf.Federation.Documents;

namespace Calf.Federation;

/// <summary>WebFinger (RFC 7033) and host-meta (RFC 6415): from a handle or an address to the actor (wire 58 to 63).</summary>
public static class WebFingerApi
{
    private const string JrdType = "application/jrd+json";
    private const string ProfilePage = "http://webfinger.net/rel/profile-page";
    private const string Avatar = "http://webfinger.net/rel/avatar";

    private static readonly string[] Intents = ["Object", "Follow", "Like", "Announce"];
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    public static void MapWebFinger(this IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/.well-known/webfinger", Reading, Find);
        routes.MapMethods("/.well-known/host-meta", Reading, HostMeta);
    }

    private static IResult Find(HttpContext context, Owner owner, Site site)
    {
        var query = context.Request.Query;
        if (query["resource"] is not [{ Length: > 0 } resource])
            return Results.Text("Say what you look for: ?resource=acct:name@domain or ?resource= and the address of a profile.", statusCode: StatusCodes.Status400BadRequest);
        if (OwnResource.NameOf(resource, site) is not { } name)
            return Results.Text("A resource is acct:name@domain or an https address.", statusCode: StatusCodes.Status400BadRequest);
        if (Describe(name, owner.Account, site) is not { } found) return Results.Text("There is nobody here by that name.", statusCode: StatusCodes.Status404NotFound);
        string?[] relations = [.. query["rel"]];
        if (relations.Length > 0) found = found with { Links = [.. found.Links.Where(link => relations.Contains(link.Rel))] };
        return new PublicAnswer(JsonSerializer.SerializeToUtf8Bytes(found, JrdJson.Compact.Jrd), JrdType, CacheTopic.Profile, forEverybody: true);
    }

    private static Jrd? Describe(string name, Account? owner, Site site)
    {
        if (owner is null) return null;
        if (name.Equals(ActorBuilder.InstanceName, StringComparison.OrdinalIgnoreCase))
            return new Jrd($"acct:{ActorBuilder.InstanceName}@{site.Domain}", [site.InstanceActor], [Self(site.InstanceActor)]);
        if (!name.Equals(owner.Username, StringComparison.OrdinalIgnoreCase)) return null;
        List<JrdLink> links = [new(ProfilePage, "text/html", owner.Url), Self(owner.Uri)];
        if (owner.AvatarUrl is { } avatar) links.Add(new(Avatar, null, avatar));
        links.AddRange(Templates(site));
        // The canonical subject, whichever alias was asked for (wire 62).
        return new Jrd($"acct:{owner.Username}@{site.Domain}", [owner.Url, owner.Uri], links);
    }

    // One only: some take the first, some the last (wire 59).
    private static JrdLink Self(string uri) => new("self", ContentNegotiation.ActivityJson, uri);

    /// <summary>
    /// Where the owner comes to from the pages of other servers (FEP-3b86). One page for all: it shows the post or the person, with what
    /// can be done, and does nothing by itself.
    /// </summary>
    private static IEnumerable<JrdLink> Templates(Site site)
    {
        yield return new(RemoteInteraction.Subscribe, null, null, $"{site.Base}/authorize_interaction?uri={{uri}}");
        foreach (var activity in Intents) yield return new(RemoteInteraction.Intents + activity, null, null, $"{site.Base}/authorize_interaction?uri={{object}}");
        yield return new(RemoteInteraction.Intents + "Create", null, null, $"{site.Base}/write?text={{content}}");
    }

    private static PublicAnswer HostMeta(Site site)
    {
        var xml = $"""
            <?xml version="1.0" encoding="UTF-8"?>
            <XRD xmlns="http://docs.oasis-open.org/ns/xri/xrd-1.0">
              <Link rel="lrdd" type="{JrdType}" template="{site.Base}/.well-known/webfinger?resource={"{uri}"}"/>
            </XRD>
            """;
        return new PublicAnswer(Encoding.UTF8.GetBytes(xml), "application/xrd+xml; charset=utf-8", CacheTopic.Profile, forEverybody: true);
    }
}

internal sealed record Jrd(string Subject, IReadOnlyList<string> Aliases, IReadOnlyList<JrdLink> Links);

/// <summary>A link, or a template of one, which RFC 7033 does not have but others expect.</summary>
internal sealed record JrdLink(string Rel, string? Type, string? Href, string? Template = null);

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(Jrd))]
internal sealed partial class JrdJson : JsonSerializerContext
{
    /// <summary>The generated Default would write a plus sign as an escape.</summary>
    public static JrdJson Compact { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
