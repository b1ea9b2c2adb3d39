using Calf.Federation.Documents;

namespace Calf.Federation.Outbox;

/// <summary>Refuses a request to follow, or ends a follow that was accepted before.</summary>
internal static class RejectBuilder
{
    public static ActivityDocument Build(string ownerUri, string followId, string followerUri) =>
        AcceptBuilder.Build(ownerUri, followId, followerUri) with { Id = ActivityId.New(ownerUri, "rejects"), Type = "Reject" };
}
