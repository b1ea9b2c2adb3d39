using System.Text;
using Calf.AccountCollections;
using Calf.Accounts;
using Calf.ActivityPub;
using Calf.Security;
using Calf.Store;

namespace Calf.Federation.FollowLists;

/// <summary>
/// Reads a list of people at its address: a collection of accounts (FEP-7aa9, the starter packs of the fediverse), any other collection of
/// actors, or text.
/// </summary>
public sealed class FollowListFetching(Database database, DocumentFetcher fetcher, RemoteCollections collections, Owner owner, SafeHttp http)
{
    /// <summary>Pages of a collection.</summary>
    private const int MaxPages = 20;

    /// <exception cref="ActionException">422: it cannot be had, or is no list.</exception>
    public async Task<(string Title, FollowListReading Reading)> Fetch(string url, CancellationToken cancel)
    {
        var address = url.Trim();
        if ((database.Read(c => CollectionLookup.Find(c, owner.Required, address)) ?? await collections.Fetch(address, cancel)) is { } collection)
            return (collection.Name, database.Read(c => Of(c, collection)));
        if (await Actors(address, cancel) is { Count: > 0 } actors) return ("", new FollowListReading([.. actors.Select(ListedFollow.Of)], []));
        var answer = await ListDownload.Get(http, address, etag: null, cancel);
        return ("", FollowListFile.Read(Encoding.UTF8.GetString(answer.Body)));
    }

    private static FollowListReading Of(Connection c, AccountCollection collection)
    {
        var items = CollectionItemStore.Of(c, [collection.Id], pending: false)[collection.Id];
        var accounts = AccountStore.FindMany(c, items.Select(item => item.AccountId));
        return accounts.Count > 0
            ? new FollowListReading([.. items.Where(item => accounts.ContainsKey(item.AccountId)).Select(item => ListedFollow.Of(accounts[item.AccountId].Uri))], [])
            : throw ActionException.Invalid(Words.T("Nobody on “{name}” has agreed to be there, or their servers do not answer.", ("name", collection.Name)));
    }

    private async Task<List<string>> Actors(string address, CancellationToken cancel)
    {
        var found = new List<string>();
        var next = address;
        for (var n = 0; n < MaxPages && next is not null && found.Count < FollowListFile.MaxPeople; n++)
        {
            var page = await fetcher.FetchPage(next, new FetchBudget(2), cancel);
            found.AddRange(page.Items.Select(item => item.AsId()).Where(uri => Origin.TryParse(uri, out _)).Select(uri => uri!));
            next = page.Next;
        }
        return [.. found.Distinct(StringComparer.Ordinal).Take(FollowListFile.MaxPeople)];
    }
}
