using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.Extensions.Primitives;

namespace Calf.Federation;

/// <summary>
/// An answer that every visitor gets alike and that <see cref="PublicCache"/> may keep. Headers that were set on the response before
/// it is executed belong to it.
/// </summary>
/// <param name="forEverybody">False: only for visitors without a cookie or a token, as pages are.</param>
public sealed class PublicAnswer(byte[] body, string contentType, CacheTopic topic, bool forEverybody) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var headers = httpContext.Response.Headers;
        // Programs in browsers may read what anybody may read.
        if (forEverybody) headers.AccessControlAllowOrigin = "*";
        headers.ContentType = contentType;
        headers.ETag = $"\"{Base64Url.EncodeToString(SHA256.HashData(body).AsSpan(0, 16))}\"";
        if (headers.CacheControl.Count == 0) headers.CacheControl = forEverybody ? "public, max-age=60" : "no-cache";
        if (headers.Vary.Count == 0) headers.Vary = forEverybody ? "Accept" : "Accept, Cookie";
        var answer = new ReadyAnswer(body, [.. headers]);
        if (headers.SetCookie.Count == 0) httpContext.Features.Get<PublicCache.Miss>()?.Keep(answer, topic, forEverybody);
        return answer.Write(httpContext);
    }
}

/// <summary>Headers and body, ready to be written any number of times.</summary>
internal sealed class ReadyAnswer(byte[] body, KeyValuePair<string, StringValues>[] headers)
{
    private readonly string tag = headers.First(h => h.Key == "ETag").Value.ToString();
    private readonly string? modified = headers.FirstOrDefault(h => h.Key == "Last-Modified").Value;

    /// <summary>About what it takes in memory.</summary>
    public int Size => body.Length + 1024;

    public Task Write(HttpContext context)
    {
        var response = context.Response;
        foreach (var (name, value) in headers) response.Headers[name] = value;
        if (IsKnown(context.Request.Headers))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            response.Headers.Remove("Content-Type");
            return Task.CompletedTask;
        }
        response.ContentLength = body.Length;
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : response.BodyWriter.WriteAsync(body).AsTask();
    }

    /// <summary>The date counts only where no tag is sent, and only if it is exactly ours: when a post is deleted, an earlier one becomes the newest.</summary>
    private bool IsKnown(IHeaderDictionary asked) => asked.IfNoneMatch is { Count: > 0 } known ? Matches(known) : modified is not null && asked.IfModifiedSince == modified;

    private bool Matches(StringValues known)
    {
        foreach (var header in known)
            foreach (var part in header.AsSpan().Split(','))
            {
                var candidate = header.AsSpan()[part].Trim();
                if (candidate.StartsWith("W/", StringComparison.Ordinal)) candidate = candidate[2..];
                if (candidate is "*" || candidate.SequenceEqual(tag)) return true;
            }
        return false;
    }
}
