using Calf.Federation.Documents;

namespace Calf.Federation;

/// <summary>What the addresses of documents answer.</summary>
internal static class Answers
{
    /// <summary>Wire 44: what a signed request may see differs from what a visitor may.</summary>
    public const string VaryWithSigner = "Accept, Signature, Signature-Input";

    public static IResult Public(Document document, CacheTopic topic) =>
        new PublicAnswer(DocumentsJson.Bytes(document), ContentNegotiation.ActivityJson, topic, forEverybody: true);

    /// <summary>For the one who signed the request.</summary>
    public static IResult Private(HttpContext context, Document document)
    {
        context.Response.Headers.CacheControl = "private, no-store";
        context.Response.Headers.Vary = VaryWithSigner;
        return Results.Bytes(DocumentsJson.Bytes(document), ContentNegotiation.ActivityJson);
    }

    /// <summary>For what does not exist and for what the asker may not see, so that they cannot be told apart (wire 45).</summary>
    public static IResult Missing(HttpContext context)
    {
        context.Response.Headers.Vary = VaryWithSigner;
        return Results.Text("""{"error":"There is nothing here, or it is not for you."}""", "application/json", statusCode: StatusCodes.Status404NotFound);
    }

    /// <summary>401: only who signs gets it.</summary>
    public static IResult Unsigned(HttpContext context)
    {
        context.Response.Headers.Vary = VaryWithSigner;
        context.Response.Headers.CacheControl = "private, no-store";
        return Results.Text("""{"error":"Sign this request with a key that can be fetched."}""", "application/json", statusCode: StatusCodes.Status401Unauthorized);
    }

    /// <summary>410 with a Tombstone (wire 45).</summary>
    public static IResult Gone(HttpContext context, string uri, DateTimeOffset deleted)
    {
        context.Response.Headers.Vary = VaryWithSigner;
        context.Response.StatusCode = StatusCodes.Status410Gone;
        var tombstone = new Tombstone { Context = LinkedDataContext.Plain, Id = uri, Type = "Tombstone", Deleted = deleted };
        return Results.Bytes(DocumentsJson.Bytes(tombstone), ContentNegotiation.ActivityJson);
    }

    /// <summary>Sends people from an ActivityPub id to the page; documents never redirect (wire 37).</summary>
    public static IResult Page(HttpContext context, string url)
    {
        context.Response.Headers.Vary = "Accept";
        return Results.Redirect(url);
    }
}
