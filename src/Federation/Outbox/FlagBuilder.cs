using Calf.Federation.Documents;

namespace Calf.Federation.Outbox;

internal static class FlagBuilder
{
    public static FlagDocument Build(string id, string instanceActor, string targetUri, IEnumerable<string> about, string comment) => new()
    {
        Context = LinkedDataContext.Plain,
        Id = id,
        Type = "Flag",
        Actor = instanceActor,
        To = [targetUri],
        Content = comment,
        Object = [targetUri, .. about],
    };
}
