using Calf.Federation.Documents;

namespace Calf.Federation.Outbox;

/// <summary>Adds a post to the featured collection of the owner, or removes it (wire 104).</summary>
internal static class PinBuilder
{
    public static ActivityDocument Add(string actorUri, string statusUri) => Build("Add", "adds", actorUri, statusUri);

    public static ActivityDocument Remove(string actorUri, string statusUri) => Build("Remove", "removes", actorUri, statusUri);

    private static ActivityDocument Build(string type, string kind, string actorUri, string statusUri) => new()
    {
        Context = LinkedDataContext.Plain,
        Id = ActivityId.New(actorUri, kind),
        Type = type,
        Actor = actorUri,
        To = [Audience.Everybody],
        Object = statusUri,
        Target = OwnUris.Featured(actorUri),
    };
}
