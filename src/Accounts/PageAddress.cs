namespace Calf.Accounts;

/// <summary>The address of a page for people, which a document may claim of any host.</summary>
public static class PageAddress
{
    /// <summary>As many things that claim one page are looked at.</summary>
    public const int MaxClaims = 20;

    /// <summary>
    /// Whether the page is on the host of the id. Of another host it is shown as a link, but nothing is found by it: or anybody could put
    /// themselves under somebody else's address.
    /// </summary>
    public static bool IsOwn(string url, string uri) =>
        Uri.TryCreate(url, UriKind.Absolute, out var page) && Uri.TryCreate(uri, UriKind.Absolute, out var id)
        && page.Scheme == id.Scheme && page.IdnHost == id.IdnHost && page.Port == id.Port;
}
