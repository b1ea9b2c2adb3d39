using Calf.Federation.Documents;

namespace Calf.Federation.Outbox;

/// <summary>Says that a post is gone; a Tombstone stands where it was (wire 98).</summary>
internal static class DeleteBuilder
{
    public static ActivityDocument Build(string statusUri, string actorUri) => new()
    {
        Context = LinkedDataContext.Plain,
        Id = $"{statusUri}#delete",
        Type = "Delete",
        Actor = actorUri,
        To = [Audience.Everybody],
        Object = new Tombstone { Id = statusUri, Type = "Tombstone" },
    };
}
