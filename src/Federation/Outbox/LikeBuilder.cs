using Calf.Federation.Documents;

namespace Calf.Federation.Outbox;

internal static class LikeBuilder
{
    public static ActivityDocument Build(string id, string actorUri, string statusUri, string authorUri) => new()
    {
        Context = LinkedDataContext.Plain,
        Id = id,
        Type = "Like",
        Actor = actorUri,
        To = [authorUri],
        Object = statusUri,
    };
}
