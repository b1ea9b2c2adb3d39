using Calf.Federation.Documents;

namespace Calf.Federation.Outbox;

/// <summary>Accepts a follower. The Follow stands inside with its id, as others match by either (wire 87).</summary>
internal static class AcceptBuilder
{
    public static ActivityDocument Build(string ownerUri, string followId, string followerUri) => new()
    {
        Context = LinkedDataContext.Plain,
        Id = ActivityId.New(ownerUri, "accepts"),
        Type = "Accept",
        Actor = ownerUri,
        To = [followerUri],
        Object = FollowBuilder.Build(followId, followerUri, ownerUri) with { Context = null },
    };
}
