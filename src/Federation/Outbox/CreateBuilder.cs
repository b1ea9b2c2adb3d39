using Calf.Federation.Documents;

namespace Calf.Federation.Outbox;

internal static class CreateBuilder
{
    public static ActivityDocument Build(NoteDocument note) => new()
    {
        Context = note.Context,
        Id = OwnUris.Activity(note.Id),
        Type = "Create",
        Actor = note.AttributedTo,
        Published = note.Published,
        To = note.To,
        Cc = note.Cc,
        Audience = note.Audience,
        Object = note with { Context = null },
    };
}
