namespace Calf.Federation;

/// <summary>What hangs under the ActivityPub id of our actor or of one of its posts.</summary>
public static class OwnUris
{
    public static string Inbox(string actor) => $"{actor}/inbox";

    public static string Outbox(string actor) => $"{actor}/outbox";

    public static string Followers(string actor) => $"{actor}/followers";

    /// <summary>The followers on the server that asks (FEP-8fcf).</summary>
    public static string FollowersSynchronization(string actor) => $"{actor}/followers_synchronization";

    public static string Following(string actor) => $"{actor}/following";

    public static string Featured(string actor) => $"{actor}/collections/featured";

    public static string FeaturedTags(string actor) => $"{actor}/collections/tags";

    /// <summary>The Create or Announce of a post or boost.</summary>
    public static string Activity(string status) => $"{status}/activity";

    public static string Replies(string status) => $"{status}/replies";

    public static string Likes(string status) => $"{status}/likes";

    public static string Shares(string status) => $"{status}/shares";

    /// <summary>The thread that begins with the post (FEP-7888).</summary>
    public static string Thread(string status) => $"{status}/context";

    /// <summary>The consent to a quote of the owner's post.</summary>
    /// <param name="quotingId">Our id of the quoting post.</param>
    public static string Stamp(string actor, long quotingId) => $"{actor}/quote_authorizations/{quotingId}";

    /// <summary>Accounts that the owner recommends (FEP-7aa9).</summary>
    public static string FeaturedCollection(string actor, long id) => $"{actor}/featured_collections/{id}";

    /// <summary>All of them.</summary>
    public static string FeaturedCollections(string actor) => $"{actor}/featured_collections";

    /// <summary>An account in one of them.</summary>
    public static string FeaturedItem(string actor, long id) => $"{actor}/featured_items/{id}";

    /// <summary>The consent of the owner to be in a collection.</summary>
    /// <param name="itemId">Our id of the owner's place in it.</param>
    public static string FeatureAuthorization(string actor, long itemId) => $"{actor}/feature_authorizations/{itemId}";

    public static string MainKey(string actor) => $"{actor}#main-key";

    public static string Ed25519Key(string actor) => $"{actor}#ed25519-key";
}
