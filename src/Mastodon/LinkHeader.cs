using System.Globalization;
using System.Text;
using Calf.Store;

namespace Calf.Mastodon;

/// <summary>Mastodon's <c>Link</c> header: where the next and the previous page of a list are.</summary>
public static class LinkHeader
{
    private static readonly string[] Cursors = ["max_id", "since_id", "min_id"];

    /// <param name="ids">The cursors of the rows on this page, newest first.</param>
    /// <param name="found">How many rows the page had before any were left out; a full page has a next one. <see cref="int.MaxValue"/> for a list that always has.</param>
    public static void Set(ApiRequest request, Site site, Paging page, IReadOnlyList<long> ids, int found)
    {
        if (ids.Count == 0) return;
        var address = site.Base + request.Http.Request.Path + Kept(request.Http.Request.Query);
        var links = new List<string>();
        if (found >= page.Limit || page.MinId is not null) links.Add(Link(address, "max_id", ids[^1], "next"));
        links.Add(Link(address, "min_id", ids[0], "prev"));
        request.Http.Response.Headers.Link = string.Join(", ", links);
    }

    private static string Link(string address, string cursor, long id, string rel) =>
        string.Create(CultureInfo.InvariantCulture, $"<{address}{cursor}={id}>; rel=\"{rel}\"");

    private static string Kept(IQueryCollection query)
    {
        var kept = new StringBuilder("?");
        foreach (var (name, values) in query)
        {
            if (Cursors.Contains(name) || name == "access_token") continue;
            foreach (var value in values) kept.Append(Uri.EscapeDataString(name)).Append('=').Append(Uri.EscapeDataString(value ?? "")).Append('&');
        }
        return kept.ToString();
    }
}
