using Calf.Accounts;
using Calf.ActivityPub;
using Calf.Follows;
using Calf.Store;

namespace Calf.Federation.Inbox;

/// <summary>Which of the owner's follows an Accept or a Reject speaks of: by the Follow's id, else by its two ends (wire 87).</summary>
internal static class AnsweredFollow
{
    public static Follow? Find(Connection c, IncomingActivity answer, Account owner)
    {
        if (AccountStore.FindByUri(c, answer.Actor) is not { } followed) return null;
        if (FollowStore.Find(c, owner.Id, followed.Id) is not { } follow) return null;
        var inner = answer.Object;
        var byEnds = inner.IsType("Follow") && inner.Id("actor") == owner.Uri && inner.Id("object") == followed.Uri;
        return byEnds || follow.Uri == answer.ObjectId ? follow : null;
    }
}
