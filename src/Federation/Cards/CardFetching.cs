using Calf.ActivityPub;
using Calf.Security;
using Calf.Statuses;
using Calf.Store;

namespace Calf.Federation.Cards;

/// <summary>Fetches the page of a link, unsigned as any browser would, and reads what it says of itself.</summary>
public sealed class CardFetching(SafeHttp http, Database database, RemoteAccounts accounts)
{
    public const int MaxPageBytes = SafeHttp.MaxBodyBytes, MaxOEmbedBytes = 64 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <returns>Null when there is nothing to show.</returns>
    public async Task<Card?> Fetch(string url, CancellationToken cancel)
    {
        if (await Get(Asked(new Uri(url)), "text/html, application/xhtml+xml", MaxPageBytes, cancel) is not { } answer || !IsHtml(answer.ContentType)) return null;
        var page = PageReading.Of(PageCharset.Decode(answer.Body, answer.ContentType), url, answer.FinalUri);
        var card = page.Card;
        if (page.OEmbed is { } more && await Get(Asked(more), "application/json", MaxOEmbedBytes, cancel) is { } said) card = OEmbed.Add(card, said.Body, more);
        return card.Title.Length == 0 ? null : card with { AuthorId = await AuthorOf(page.Creator, answer.FinalUri, cancel) };
    }

    /// <summary>The one door out knows no plain http, and hardly a page is left that has no https.</summary>
    private Uri Asked(Uri uri) =>
        uri.Scheme == Uri.UriSchemeHttp && uri.IsDefaultPort ? new UriBuilder(uri) { Scheme = http.SchemeFor(uri.IdnHost), Port = -1 }.Uri : uri;

    private async Task<SafeResponse?> Get(Uri uri, string accept, int maxBytes, CancellationToken cancel)
    {
        if (IsRefused(uri)) return null;
        try
        {
            var answer = await http.Send(SafeRequest.Get(uri) with { Accept = accept, MaxBytes = maxBytes, CutBody = true, TotalTimeout = Patience }, cancel);
            return answer.IsSuccess && !IsRefused(answer.FinalUri) ? answer : null;
        }
        catch (SafeHttpException)
        {
            return null;
        }
    }

    private bool IsRefused(Uri uri) => database.Read(c => DomainRefusal.Of(c, uri.AbsoluteUri)) is not null;

    private static bool IsHtml(string? contentType) => contentType?.Split(';')[0].Trim().ToLowerInvariant() is "text/html" or "application/xhtml+xml";

    /// <summary>The account that a page names as its author, if that lets pages of this host name it (<c>attributionDomains</c>).</summary>
    private async Task<long?> AuthorOf(string? creator, Uri page, CancellationToken cancel)
    {
        if (!Handle.TryParse(creator, out var handle)) return null;
        try
        {
            var account = await accounts.Resolve(handle.ToString(), cancel);
            return account.AttributionDomains.Any(domain => Covers(domain, page.IdnHost)) ? account.Id : null;
        }
        catch (ActionException)
        {
            return null;
        }
    }

    /// <summary>A domain and all below it.</summary>
    private static bool Covers(string domain, string host) =>
        host.Equals(domain, StringComparison.OrdinalIgnoreCase) || host.EndsWith("." + domain, StringComparison.OrdinalIgnoreCase);
}
