using System.IO.Compression;
using System.Text;

namespace Calf.Web;

/// <summary>A page for people, on its way out with the headers that keep it harmless.</summary>
public sealed class Page(string html, int status = StatusCodes.Status200OK) : IResult
{
    /// <summary>Pages without a script of ours. Pictures and films of others come through this server, so that nobody learns who reads.</summary>
    public const string StillPolicy =
        "default-src 'none'; style-src 'self'; img-src 'self'; media-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /// <summary>Pages for everybody. Nothing on them connects to anywhere; what judges pages reads robots.txt through them.</summary>
    public const string PublicPolicy = StillPolicy + "; connect-src 'self'";

    /// <summary>Sheets with a form: the one script gives them the owner's colours.</summary>
    public const string GatePolicy = StillPolicy + "; script-src 'self'";

    /// <summary>The app. Trusted Types leave one place that may read HTML (App/js/html.js), and one that starts the worker (App/js/offline.js).</summary>
    public const string AppPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; media-src 'self'; connect-src 'self'; " +
        "manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types calf-inert calf-worker";

    private const string OpenerPolicy = "Cross-Origin-Opener-Policy";

    public Page(Html html, int status = StatusCodes.Status200OK) : this(html.ToString(), status)
    {
    }

    public string Policy { get; init; } = StillPolicy;

    /// <summary>A web client opens the sign-in page in a window of its own and waits there for the answer; cut off from its opener that window looks closed.</summary>
    public bool KeepsOpener { get; init; }

    /// <summary>Sent Brotli-compressed to who takes that. Only for a page with no secret in it, whose length could tell of it.</summary>
    public bool Compressed { get; init; }

    /// <summary>Pages that tell of the person who asks are kept by nobody.</summary>
    public string CacheControl { get; init; } = "no-store";

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = status;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.CacheControl = CacheControl;
        Protect(response.Headers, Policy);
        if (KeepsOpener) response.Headers.Remove(OpenerPolicy);
        var bytes = Encoding.UTF8.GetBytes(html);
        if (Compressed)
        {
            response.Headers.Vary = "Accept-Encoding";
            if (AppFile.Accepts(httpContext.Request.Headers.AcceptEncoding.ToString(), "br"))
            {
                response.Headers.ContentEncoding = "br";
                bytes = Pack(bytes);
            }
        }
        response.ContentLength = bytes.Length;
        if (!HttpMethods.IsHead(httpContext.Request.Method)) await response.Body.WriteAsync(bytes, httpContext.RequestAborted);
    }

    private static byte[] Pack(byte[] plain)
    {
        using var packed = new MemoryStream();
        using (var packing = new BrotliStream(packed, CompressionLevel.Optimal)) packing.Write(plain);
        return packed.ToArray();
    }

    internal static void Protect(IHeaderDictionary headers, string policy)
    {
        headers.ContentSecurityPolicy = policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers[OpenerPolicy] = "same-origin";
    }
}
