using System.Globalization;
using Calf.AccountCollections;
using Calf.Accounts;
using Calf.Store;

namespace Calf.Federation;

/// <summary>Finds collections that are here by what other servers call them.</summary>
public static class CollectionLookup
{
    /// <summary>The collection with this id on the wire; null when it is not here.</summary>
    public static AccountCollection? Find(Connection c, Account owner, string uri)
    {
        var own = OwnUris.FeaturedCollections(owner.Uri) + "/";
        if (!uri.StartsWith(own, StringComparison.Ordinal)) return AccountCollectionStore.FindByUri(c, uri);
        return long.TryParse(uri.AsSpan(own.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var id) && AccountCollectionStore.Find(c, id) is { IsOwn: true } mine ? mine : null;
    }

    public static string UriOf(AccountCollection collection, Account owner) => collection.Uri ?? OwnUris.FeaturedCollection(owner.Uri, collection.Id);
}
