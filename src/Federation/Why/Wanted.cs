using System.Globalization;
using Calf.Accounts;
using Calf.ActivityPub;
using Calf.Statuses;
using Calf.Store;

namespace Calf.Federation.Why;

/// <summary>What somebody typed to ask for a post or a person: an address or a handle.</summary>
/// <param name="Addresses">
/// As it was typed, and the ids that servers are known to give to what has such a page. None for a handle.
/// </param>
/// <param name="Author">The handle, or the one that the address seems to tell of.</param>
internal sealed record Wanted(string Text, IReadOnlyList<string> Addresses, Handle? Author)
{
    /// <summary>Null for what is neither.</summary>
    public static Wanted? Read(string text)
    {
        text = text.Trim();
        if (text.Contains("://", StringComparison.Ordinal))
        {
            if (!Origin.TryParse(text, out var uri)) return null;
            if (uri.Fragment.Length > 0) text = text[..text.IndexOf('#', StringComparison.Ordinal)];
            var steps = uri.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries);
            var name = steps is [['@', .. { Length: > 0 } shown], ..] ? shown : steps is ["users", var user, ..] ? user : null;
            var root = uri.GetLeftPart(UriPartial.Authority);
            return new Wanted(text, [.. new[] { text, IdOf(root, steps) }.OfType<string>().Distinct()], name is null ? null : new Handle(name, Origin.HostOf(uri)));
        }
        return Handle.TryParse(text, out var handle) ? new Wanted(text, [], handle) : null;
    }

    public string? Host => Addresses is [var address, ..] ? Origin.HostOf(address) : Author?.Domain;

    /// <summary>The post that is here. A page of the owner's own app ends with the id.</summary>
    public Status? Status(Connection c, Site site)
    {
        if (Addresses.Select(address => StatusStore.FindByAddress(c, address)).FirstOrDefault(found => found is not null) is { } known) return known;
        return Addresses is [var own, ..] && site.IsOwn(own) && long.TryParse(own[(own.LastIndexOf('/') + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            && own.Contains("/posts/", StringComparison.Ordinal) ? StatusStore.Find(c, id) : null;
    }

    /// <summary>The account that is asked for itself.</summary>
    public Account? Account(Connection c, Site site) => Addresses.Count == 0
        ? AuthorIn(c, site)
        : Addresses.Select(address => AccountStore.FindByAddress(c, address)).FirstOrDefault(found => found is not null);

    /// <summary>Who seems to have written it, as far as they are known.</summary>
    public Account? AuthorIn(Connection c, Site site) => Author is { } author
        ? AccountStore.FindByHandle(c, author.User, author.Domain == site.Domain ? "" : author.Domain)
            ?? (Addresses is [var address, ..] ? AccountStore.FindByUri(c, $"{new Uri(address).GetLeftPart(UriPartial.Authority)}/users/{author.User}") : null)
        : null;

    /// <summary>The id that Mastodon, GoToSocial and Calf give to what has such a page, or whose activity this is.</summary>
    private static string? IdOf(string root, string[] steps) => steps switch
    {
        [['@', .. var name]] => $"{root}/users/{name}",
        [['@', .. var name], var id] => $"{root}/users/{name}/statuses/{id}",
        [['@', .. var name], "statuses", var id] => $"{root}/users/{name}/statuses/{id}",
        ["users", var name, "statuses", var id, "activity"] => $"{root}/users/{name}/statuses/{id}",
        _ => null,
    };
}
