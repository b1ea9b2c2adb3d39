using Calf.Accounts;
using Calf.Store;

namespace Calf.Federation.FollowLists;

/// <summary>The owner looks at a list of people, and follows all of it or some.</summary>
public sealed class FollowListing(Database database, FollowListFetching fetching, Owner owner, Site site, TimeProvider time)
{
    /// <summary>What following a list would do. Nobody is followed, and those on a list in text are not asked for.</summary>
    /// <exception cref="ActionException">422: the list cannot be had, or is none.</exception>
    public async Task<FollowListPreview> Preview(string? url, string text, CancellationToken cancel)
    {
        var (title, reading) = url is null ? ("", FollowListFile.Read(text)) : await fetching.Fetch(url, cancel);
        return database.Read(c => FollowListPreview.Of(c, title, reading, owner.Required, site));
    }

    /// <summary>Follows everybody on a list whom the owner does not follow yet, one after another: <see cref="FollowListWorker"/>.</summary>
    /// <exception cref="ActionException">422: it is no list.</exception>
    public Task Follow(string text)
    {
        var reading = FollowListFile.Read(text);
        return database.Write(c => FollowListStore.Add(c, FollowListPreview.Of(c, "", reading, owner.Required, site).People
            .Where(p => p.State == PreviewState.New).Select(p => p.Listed), time.GetUtcNow()));
    }

    /// <summary>Those that wait are not followed.</summary>
    public Task Stop() => database.Write(FollowListStore.Clear);
}
