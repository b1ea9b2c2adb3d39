using System.Text;
using Calf.Federation;

namespace Calf.Web;

/// <summary>A public page, the ActivityPub address of what it shows, and whether it wants to be found by search engines.</summary>
public sealed record RenderedPage(Html Html, string Uri, bool Indexable)
{
    public IResult Answer(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.Link = $"<{Uri}>; rel=\"alternate\"; type=\"application/activity+json\"";
        headers.Vary = "Accept, Accept-Language";
        if (!Indexable) headers["X-Robots-Tag"] = "noindex";
        headers.CacheControl = "no-cache";
        Page.Protect(headers, Page.PublicPolicy);
        return new PublicAnswer(Encoding.UTF8.GetBytes(Html.ToString()), "text/html; charset=utf-8", CacheTopic.Posts, forEverybody: false);
    }
}
