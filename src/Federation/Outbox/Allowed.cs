using Calf.Follows;
using Calf.Statuses;
using Calf.Store;

namespace Calf.Federation.Outbox;

/// <summary>
/// What the author of a post allows the owner to do with it (wire 107). Asked beforehand, since the author's server would drop it in
/// silence; what is to be approved by hand goes out.
/// </summary>
internal static class Allowed
{
    public static QuotePermission ToQuote(Connection c, Status status, long ownerId) =>
        Permissions.Of(InteractionPolicyStore.Find(c, status.Id)?.Quote, StandingTo(c, status.AccountId, ownerId));

    /// <exception cref="ActionException">422: the author does not allow it.</exception>
    public static void Reply(Connection c, Status status, long ownerId)
    {
        // Whoever is spoken to may answer, whatever the policy says.
        if (!StatusParts.IsMentioned(c, status.Id, ownerId)) Require(c, status, ownerId, p => p.Reply, Words.T("The author of this post does not allow you to answer it."));
    }

    /// <exception cref="ActionException">422: the author does not allow it.</exception>
    public static void Favourite(Connection c, Status status, long ownerId) => Require(c, status, ownerId, p => p.Like, Words.T("The author of this post does not allow you to favourite it."));

    /// <exception cref="ActionException">422: the author does not allow it.</exception>
    public static void Boost(Connection c, Status status, long ownerId) => Require(c, status, ownerId, p => p.Boost, Words.T("The author of this post does not allow you to boost it."));

    /// <summary>Other than for quotes, who says nothing allows it.</summary>
    private static void Require(Connection c, Status status, long ownerId, Func<InteractionPolicy, SubPolicy?> part, string refusal)
    {
        if (status.AccountId == ownerId || InteractionPolicyStore.Find(c, status.Id) is not { } policy || part(policy) is not { } rule) return;
        if (Permissions.Of(rule, StandingTo(c, status.AccountId, ownerId)) == QuotePermission.Denied)
            throw ActionException.Invalid(Validation.Failed(refusal));
    }

    private static Standing StandingTo(Connection c, long authorId, long ownerId) =>
        new(FollowStore.IsFollowing(c, ownerId, authorId), FollowStore.IsFollowing(c, authorId, ownerId));
}
