using Calf.Federation.Documents;

namespace Calf.Federation.Outbox;

internal static class FollowBuilder
{
    public static ActivityDocument Build(string id, string actorUri, string followedUri) => new()
    {
        Context = LinkedDataContext.Plain,
        Id = id,
        Type = "Follow",
        Actor = actorUri,
        To = [followedUri],
        Object = followedUri,
    };
}
