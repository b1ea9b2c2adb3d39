using Calf.ActivityPub;
using Calf.Follows;
using Calf.Store;

namespace Calf.Federation.Discovery;

/// <summary>The owner chooses where followed hashtags are looked for, and how much may come of it.</summary>
public sealed class TagSources(Database database, Site site, TimeProvider time)
{
    /// <summary>Each is asked for each followed hashtag four times an hour.</summary>
    public const int Max = 10;

    /// <summary>Adds a server; does nothing when it is there.</summary>
    /// <param name="text">Its domain, or an address on it.</param>
    /// <exception cref="ActionException">422: it is no other server, or there are enough.</exception>
    public Task Add(string text)
    {
        var host = Origin.HostOf(text.Trim()) ?? Handle.DomainOf(text.Trim());
        if (host is null || !(host.Contains('.', StringComparison.Ordinal) || Site.IsLocalName(host)))
            throw ActionException.Invalid(Validation.Failed(Words.T("Server is not a domain name such as mastodon.example")));
        if (host == site.Domain || host == site.WebDomain) throw ActionException.Invalid(Validation.Failed(Words.T("What is on your own server is here already")));
        return database.Write(c =>
        {
            if (DomainRefusal.Of(c, $"https://{host}/") is { } refusal) throw ActionException.Invalid(Validation.Failed(refusal));
            if (TagSourceStore.All(c) is var all && all.Count >= Max && all.TrueForAll(s => s.Host != host))
                throw ActionException.Invalid(Validation.Failed(Words.T("At most {most} servers can be asked for hashtags. Take one off first.", ("most", Words.Digits(Max)))));
            TagSourceStore.Add(c, host, time.GetUtcNow());
        });
    }

    /// <exception cref="ActionException">404: it is not on the list.</exception>
    public Task Remove(string host) => database.Write(c =>
    {
        if (!TagSourceStore.Remove(c, host)) throw ActionException.NotFound();
    });

    /// <param name="posts">How many posts a day may come from relays and hashtags; 0 for none.</param>
    /// <exception cref="ActionException">422: less than none or too many.</exception>
    public Task SetMost(long posts) => posts is >= 0 and <= DiscoveredStore.HighestMost
        ? database.Write(c => DiscoveredStore.SetMost(c, (int)posts))
        : throw ActionException.Invalid(Validation.Failed(Words.T("Posts per day must be between 0 and {most}", ("most", Words.Digits(DiscoveredStore.HighestMost)))));
}
