using System.Net;
using Calf.AccountCollections;
using Calf.Accounts;

namespace Calf.Federation.Documents;

/// <summary>Describes the owner's collections of accounts.</summary>
internal static class FeaturedCollectionBuilder
{
    /// <param name="items">Those that agreed, with their accounts.</param>
    public static FeaturedCollectionDocument Build(AccountCollection a, string ownerUri, Site site, IEnumerable<(AccountCollectionItem Item, Account Account)> items)
    {
        // Plain text here, HTML on the wire.
        var summary = WebUtility.HtmlEncode(a.Description);
        List<DocumentOrUri> members = [.. items.Select(pair => DocumentOrUri.From(Item(pair.Item, pair.Account, ownerUri) with { Context = null }))];
        return new FeaturedCollectionDocument
        {
            Context = LinkedDataContext.FeaturedCollection,
            Id = OwnUris.FeaturedCollection(ownerUri, a.Id),
            Type = "FeaturedCollection",
            AttributedTo = ownerUri,
            Name = a.Name,
            Summary = a.Language is null ? summary : null,
            SummaryMap = a.Language is { } language ? new Dictionary<string, string> { [language] = summary } : null,
            Sensitive = a.Sensitive,
            Discoverable = a.Discoverable,
            Published = a.CreatedAt,
            Updated = a.UpdatedAt,
            Topic = a.Tag is { } tag ? TagBuilder.Hashtag(tag, site) : null,
            TotalItems = members.Count,
            OrderedItems = members,
        };
    }

    public static FeaturedItemDocument Item(AccountCollectionItem item, Account account, string ownerUri) => new()
    {
        Context = LinkedDataContext.FeaturedCollection,
        Id = OwnUris.FeaturedItem(ownerUri, item.Id),
        Type = "FeaturedItem",
        FeaturedObject = account.Uri,
        FeatureAuthorization = account.IsOwner ? OwnUris.FeatureAuthorization(ownerUri, item.Id) : item.ApprovalUri,
        Published = item.CreatedAt,
    };

    /// <summary>The consent of the owner to be in a collection.</summary>
    public static StampDocument Authorization(AccountCollectionItem item, AccountCollection collection, string ownerUri) => new()
    {
        Context = LinkedDataContext.FeatureStamp,
        Id = OwnUris.FeatureAuthorization(ownerUri, item.Id),
        Type = "FeatureAuthorization",
        AttributedTo = ownerUri,
        InteractingObject = collection.Uri ?? OwnUris.FeaturedCollection(ownerUri, collection.Id),
        InteractionTarget = ownerUri,
    };

    /// <summary>Whom the owner lets put them into collections, as Mastodon derives it. Nobody is written as the owner.</summary>
    public static ActorPolicyDocument Policy(Account owner) => new(new(
        [!owner.Discoverable ? owner.Uri : owner.Locked ? OwnUris.Followers(owner.Uri) : Audience.Everybody]));
}
