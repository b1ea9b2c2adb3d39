using Calf.Federation.Documents;

namespace Calf.Federation.Outbox;

/// <summary>Tells of the owner's collections of accounts, asks to put somebody into one, and answers that question (FEP-7aa9).</summary>
internal static class FeatureBuilder
{
    public static ActivityDocument Add(string ownerUri, FeaturedCollectionDocument collection) =>
        Change("Add", "adds", ownerUri, DocumentOrUri.From(collection with { Context = null }), OwnUris.FeaturedCollections(ownerUri));

    public static ActivityDocument Remove(string ownerUri, string collectionUri) =>
        Change("Remove", "removes", ownerUri, collectionUri, OwnUris.FeaturedCollections(ownerUri));

    public static ActivityDocument AddItem(string ownerUri, FeaturedItemDocument item, string collectionUri) =>
        Change("Add", "adds", ownerUri, DocumentOrUri.From(item with { Context = null }), collectionUri);

    public static ActivityDocument RemoveItem(string ownerUri, string itemUri, string collectionUri) => Change("Remove", "removes", ownerUri, itemUri, collectionUri);

    public static ActivityDocument Update(string ownerUri, FeaturedCollectionDocument collection) => new()
    {
        Context = LinkedDataContext.FeaturedCollection,
        Id = $"{collection.Id}#updates/{collection.Updated.ToUnixTimeMilliseconds()}",
        Type = "Update",
        Actor = ownerUri,
        To = [Audience.Everybody],
        Object = DocumentOrUri.From(collection with { Context = null }),
    };

    public static ActivityDocument Request(string ownerUri, string id, string accountUri, string collectionUri) => new()
    {
        Context = LinkedDataContext.FeaturedCollection,
        Id = id,
        Type = "FeatureRequest",
        Actor = ownerUri,
        To = [accountUri],
        Object = accountUri,
        Instrument = collectionUri,
    };

    /// <param name="stampUri">Where the owner's consent is served; null refuses.</param>
    public static ActivityDocument Answer(string ownerUri, string requestId, string askerUri, string? stampUri) => new()
    {
        Context = LinkedDataContext.Plain,
        Id = ActivityId.New(ownerUri, stampUri is null ? "rejects" : "accepts"),
        Type = stampUri is null ? "Reject" : "Accept",
        Actor = ownerUri,
        To = [askerUri],
        Object = requestId,
        Result = stampUri,
    };

    private static ActivityDocument Change(string type, string kind, string ownerUri, DocumentOrUri what, string target) => new()
    {
        Context = LinkedDataContext.FeaturedCollection,
        Id = ActivityId.New(ownerUri, kind),
        Type = type,
        Actor = ownerUri,
        To = [Audience.Everybody],
        Object = what,
        Target = target,
    };
}
