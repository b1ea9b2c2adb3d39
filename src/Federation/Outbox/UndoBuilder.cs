using Calf.Federation.Documents;

namespace Calf.Federation.Outbox;

/// <summary>Takes an activity back. It stands inside whole: a bare id is not understood everywhere (wire 89).</summary>
internal static class UndoBuilder
{
    public static ActivityDocument Build(ActivityDocument undone) => new()
    {
        Context = undone.Context,
        Id = ActivityId.New(undone.Actor, "undos"),
        Type = "Undo",
        Actor = undone.Actor,
        To = undone.To,
        Cc = undone.Cc,
        Object = undone with { Context = null },
    };
}
