using Calf.Accounts;
using Calf.ActivityPub;
using Calf.Moderation;
using Calf.Security;
using Calf.Store;

namespace Calf.Federation;

/// <summary>
/// Who may read our documents. The blocked never, as far as they sign. With <c>Federation:AuthorizedFetch</c> only who proves by a
/// signature who they are; pages for people, WebFinger, NodeInfo and the instance actor stay open to all.
/// </summary>
public sealed class FetchGate(Database database, Owner owner, Site site, Settings settings, SignerOf signerOf)
{
    private const string RefusedText = """{"error":"This server does not serve you."}""";
    private const string UnsignedText = """{"error":"This server answers signed requests only: sign the GET with a key that can be fetched (draft-cavage or RFC 9421)."}""";

    public bool OnlySigned => settings.Federation.AuthorizedFetch;

    /// <summary>
    /// Stands before the cache. Refuses who names a blocked key, proven or not: nobody gains by calling themselves blocked, and
    /// an open server has no reason to fetch the key of everyone who reads it.
    /// </summary>
    public RequestDelegate Around(RequestDelegate next) => context =>
        IsSigned(context.Request) && IsReading(context.Request) && !AlwaysOpen(context.Request.Path) && ClaimedKey(context.Request) is { } key && IsBlocked(key)
            ? Answer(context, StatusCodes.Status403Forbidden, RefusedText)
            : next(context);

    /// <summary>Stands behind the routing. Lets nobody without a proven signature to a document, where that is set.</summary>
    public RequestDelegate AroundDocuments(RequestDelegate next) => async context =>
    {
        if (!OnlySigned || context.GetEndpoint()?.Metadata.GetMetadata<GatedDocument>() is not { } gated)
        {
            await next(context);
            return;
        }
        // What is for one asker must not be given to the next, by us or by anybody on the way.
        context.Features.Set<PublicCache.Miss>(null);
        context.Response.Headers.CacheControl = "private, no-store";
        context.Response.Headers.Vary = Answers.VaryWithSigner;
        if (!IsSigned(context.Request) && gated.HasStub)
        {
            context.Features.Set(Stub.Instance);
            await next(context);
        }
        else if (await signerOf(context.Request, context.RequestAborted) is not { } signer)
            await Answer(context, StatusCodes.Status401Unauthorized, UnsignedText);
        else if (IsBlocked(signer))
            await Answer(context, StatusCodes.Status403Forbidden, RefusedText);
        else
            await next(context);
    };

    /// <summary>Whether this asker gets only what it takes to verify the owner's signatures.</summary>
    public static bool GetsStub(HttpContext context) => context.Features.Get<Stub>() is not null;

    private static bool IsSigned(HttpRequest request) =>
        request.Headers.ContainsKey("Signature") || request.Headers.Authorization.ToString().StartsWith("Signature ", StringComparison.OrdinalIgnoreCase);

    /// <summary>What others need to find and verify us, whoever they are.</summary>
    private static bool AlwaysOpen(PathString path) =>
        path.StartsWithSegments("/actor", StringComparison.Ordinal) || path.StartsWithSegments("/.well-known", StringComparison.Ordinal)
        || path.StartsWithSegments("/nodeinfo", StringComparison.Ordinal);

    private static bool IsReading(HttpRequest request) => HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);

    private string? ClaimedKey(HttpRequest request) =>
        HttpSignature.TryParse(SignedRequest.From(request, site.Base, bodySha256: null), out var signature, out _) ? signature.KeyId : null;

    /// <param name="keyOrActor">The id of a key or of an actor.</param>
    private bool IsBlocked(string keyOrActor) => database.Read(c =>
    {
        if (Origin.HostOf(keyOrActor) is { } host && DomainBlockStore.Covers(c, host)) return true;
        var actor = PublicKeyStore.Find(c, keyOrActor)?.ActorUri ?? keyOrActor.Split('#')[0];
        return owner.Account is { } me && AccountStore.FindByUri(c, actor) is { } account && BlockStore.Exists(c, me.Id, account.Id);
    });

    private static Task Answer(HttpContext context, int status, string json)
    {
        context.Response.StatusCode = status;
        context.Response.Headers.CacheControl = "private, no-store";
        context.Response.Headers.Vary = Answers.VaryWithSigner;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(json, context.RequestAborted);
    }

    private sealed class Stub
    {
        public static readonly Stub Instance = new();
    }
}

/// <summary>Marks an endpoint whose document only signers read where that is set.</summary>
/// <param name="HasStub">A part of it goes to everybody.</param>
internal sealed record GatedDocument(bool HasStub);

internal static class GatedDocuments
{
    public static TBuilder Gated<TBuilder>(this TBuilder endpoint, bool hasStub = false) where TBuilder : IEndpointConventionBuilder
    {
        var mark = new GatedDocument(hasStub);
        endpoint.Add(built => built.Metadata.Add(mark));
        return endpoint;
    }
}
