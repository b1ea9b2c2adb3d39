using System.Net;
using Calf.ActivityPub;
using Calf.Security;
using Calf.Statuses;
using Calf.Store;

namespace Calf.Federation.Cards;

/// <summary>The server of a page asks to come back later.</summary>
internal sealed class CardLaterException(TimeSpan wait) : Exception("It asks to come back later.")
{
    public TimeSpan Wait => wait;
}

/// <summary>Fetches the page of a link, unsigned as any browser would, and reads what it says of itself.</summary>
public sealed class CardFetching(SafeHttp http, Database database, RemoteAccounts accounts, TimeProvider time)
{
    public const int MaxPageBytes = SafeHttp.MaxBodyBytes, MaxOEmbedBytes = 64 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <returns>Null when there is nothing to show.</returns>
    /// <exception cref="CardLaterException">Not now.</exception>
    public async Task<Card?> Fetch(string url, CancellationToken cancel)
    {
        if (await Get(Asked(new Uri(url)), "text/html, application/xhtml+xml", MaxPageBytes, cancel) is not { } answer) return null;
        if (answer.Status is (int)HttpStatusCode.TooManyRequests or (int)HttpStatusCode.ServiceUnavailable && answer.RetryAfter(time.GetUtcNow()) is { } wait)
            throw new CardLaterException(wait);
        if (!answer.IsSuccess || !IsHtml(answer.ContentType)) return null;
        var page = PageReading.Of(PageCharset.Decode(answer.Body, answer.ContentType), url, answer.FinalUri);
        var card = page.Card;
        if (page.OEmbed is { } more && await Get(Asked(more), "application/json", MaxOEmbedBytes, cancel) is { IsSuccess: true } said) card = OEmbed.Add(card, said.Body, more);
        if (card.Title.Length == 0) return null;
        var (author, lets) = await AuthorOf(page.Creator, answer.FinalUri, cancel);
        return card with { AuthorId = lets ? author : null, NamedAuthorId = lets ? null : author };
    }

    /// <summary>The one door out knows no plain http, and hardly a page is left that has no https.</summary>
    private Uri Asked(Uri uri) =>
        uri.Scheme == Uri.UriSchemeHttp && uri.IsDefaultPort ? new UriBuilder(uri) { Scheme = http.SchemeFor(uri.IdnHost), Port = -1 }.Uri : uri;

    private async Task<SafeResponse?> Get(Uri uri, string accept, int maxBytes, CancellationToken cancel)
    {
        try
        {
            return await http.Send(SafeRequest.Get(uri) with { Accept = accept, MaxBytes = maxBytes, CutBody = true, TotalTimeout = Patience, Demand = Demand }, cancel);
        }
        catch (SafeHttpException)
        {
            return null;
        }
    }

    private void Demand(Uri uri)
    {
        if (database.Read(c => DomainRefusal.Of(c, uri.AbsoluteUri)) is { } reason) throw new SafeHttpException(SafeHttpReason.RedirectRefused, reason);
    }

    private static bool IsHtml(string? contentType) => contentType?.Split(';')[0].Trim().ToLowerInvariant() is "text/html" or "application/xhtml+xml";

    /// <summary>The account that a page names as its author, and whether that lets pages of this host name it (<c>attributionDomains</c>).</summary>
    private async Task<(long? Account, bool Lets)> AuthorOf(string? creator, Uri page, CancellationToken cancel)
    {
        if (!Handle.TryParse(creator, out var handle)) return default;
        try
        {
            var account = await accounts.Resolve(handle.ToString(), cancel);
            return (account.Id, account.AttributionDomains.Any(domain => Covers(domain, page.IdnHost)));
        }
        catch (ActionException)
        {
            return default;
        }
    }

    /// <summary>A domain and all below it.</summary>
    private static bool Covers(string domain, string host) =>
        host.Equals(domain, StringComparison.OrdinalIgnoreCase) || host.EndsWith("." + domain, StringComparison.OrdinalIgnoreCase);
}
