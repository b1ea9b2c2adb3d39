using Calf.Federation.Documents;

namespace Calf.Federation.Outbox;

internal static class BlockBuilder
{
    public static ActivityDocument Build(string id, string actorUri, string blockedUri) => new()
    {
        Context = LinkedDataContext.Plain,
        Id = id,
        Type = "Block",
        Actor = actorUri,
        To = [blockedUri],
        Object = blockedUri,
    };
}
