using System.Text.Json;
using Calf.ActivityPub;
using Calf.Interactions;
using Calf.Statuses;
using Calf.Store;

namespace Calf.Federation.Inbox;

/// <summary>Takes back a Like or an EmojiReact, by its id or, when that is not known, by what it was about (wire 89, 97).</summary>
internal static class UndoneLike
{
    /// <summary>The status that it was about; null when there was nothing to take back.</summary>
    /// <param name="inner">The undone activity as far as it came.</param>
    public static long? Remove(Connection c, long accountId, string id, JsonElement inner)
    {
        if (ReactionStore.Find(c, id, accountId) is { } reaction)
        {
            ReactionStore.Remove(c, reaction);
            if (FavouriteStore.UriOf(c, reaction.StatusId, accountId) == id) PassOn(c, accountId, reaction.StatusId);
            return reaction.StatusId;
        }
        if (FavouriteStore.StatusOf(c, id, accountId) is { } liked) return PassOn(c, accountId, liked);
        if (StatusStore.FindByUri(c, inner.Id("object") ?? "") is not { } status) return null;

        var named = RemoteReaction.Read(inner)?.Name;
        foreach (var one in ReactionStore.By(c, accountId, status.Id))
            if (named is null || one.Name == named)
                ReactionStore.Remove(c, one);
        return PassOn(c, accountId, status.Id);
    }

    /// <summary>Removes the favourite, unless another reaction of the account keeps it: then that one's id stands for it.</summary>
    private static long? PassOn(Connection c, long accountId, long statusId)
    {
        if (ReactionStore.By(c, accountId, statusId) is [var other, ..])
        {
            FavouriteStore.Rename(c, statusId, accountId, other.Uri);
            return statusId;
        }
        return FavouriteStore.Remove(c, statusId, accountId) ? statusId : null;
    }
}
