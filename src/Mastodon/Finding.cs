using Calf.AccountCollections;
using Calf.Accounts;
using Calf.Federation;
using Calf.Search;
using Calf.Statuses;
using Calf.Store;

namespace Calf.Mastodon;

/// <summary>Finds what a <see cref="SearchWish"/> asks for.</summary>
public sealed class Finding(Database database, Lookup lookup, Owner owner, Site site, RemoteCollections collections, TimeProvider time)
{
    /// <summary>The least that strangers must type before accounts are looked for.</summary>
    private const int LeastCharacters = 3;

    /// <summary>What the text stands for as a whole. Also sees to it that what was stored a moment ago can be found.</summary>
    public async Task<Found> Prepare(ApiRequest request, SearchWish wish)
    {
        // A stranger makes this server neither write nor ask others.
        if (!request.ByOwner) return new Found();
        var found = await lookup.Find(wish.Text, wish.Resolve, request.Aborted);
        await Searching.CatchUp(database);
        return found;
    }

    /// <summary>Found by their address only, as at Mastodon.</summary>
    public async Task<AccountCollection?> Collection(ApiRequest request, SearchWish wish, Found found)
    {
        if (!request.ByOwner || !wish.Wants("collections") || !Lookup.IsAddress(wish.Text) || wish.Offset > 0 || found != new Found()) return null;
        return database.Read(c => CollectionLookup.Find(c, owner.Required, wish.Text)) ?? (wish.Resolve ? await collections.Fetch(wish.Text, request.Aborted) : null);
    }

    public static List<long> Accounts(Connection c, SearchWish wish, Found found, bool byOwner)
    {
        if (wish.IsAnswered(found)) return wish.Offset == 0 && found.AccountId is { } exact ? [exact] : [];
        if (!byOwner && wish.Text.Length < LeastCharacters) return [];
        var reader = !byOwner ? AccountReader.Stranger : wish.FollowingOnly ? AccountReader.FollowedOnly : AccountReader.Owner;
        var ids = AccountSearch.Find(c, wish.Text, reader, wish.Limit, wish.Offset);
        return [.. (found.AccountId is { } known && !wish.FollowingOnly && wish.Offset == 0 ? ids.Prepend(known) : ids).Distinct().Take(wish.Limit)];
    }

    /// <summary>For the owner alone.</summary>
    /// <exception cref="ApiException">404: there is no such <c>account_id</c>.</exception>
    public List<Status> Statuses(Connection c, ApiRequest request, SearchWish wish, Found found)
    {
        var ids = wish.IsAnswered(found) ? wish.Offset == 0 && found.StatusId is { } id ? [id] : [] : Matching(c, request, wish);
        var statuses = StatusStore.FindInOrder(c, ids);
        // What is indexed may have become none of the owner's business since, as after an unfollowing.
        return [.. statuses.Where(ThreadAccess.To(c, owner.Id, statuses).Shows)];
    }

    private List<long> Matching(Connection c, ApiRequest request, SearchWish wish)
    {
        var author = request.IdIn("account_id");
        if (author is { } id && AccountStore.Find(c, id) is null) throw ApiException.NotFound();
        var query = StatusQuery.Of(c, wish.Text, owner.Id, site.Domain, author);
        return StatusSearch.Find(c, query, request.Page(), wish.Offset, time.GetUtcNow());
    }
}
