using Calf.Federation.Documents;

namespace Calf.Federation.Outbox;

/// <summary>Says that a post or the profile changed. Each change has its own id.</summary>
internal static class UpdateBuilder
{
    public static ActivityDocument Build(NoteDocument note) => Build(note, note.Updated ?? note.Published);

    /// <param name="at">When it changed; new counts of a poll are no edit and have no <c>updated</c>.</param>
    public static ActivityDocument Build(NoteDocument note, DateTimeOffset at) => new()
    {
        Context = note.Context,
        Id = $"{note.Id}#updates/{at.ToUnixTimeMilliseconds()}",
        Type = "Update",
        Actor = note.AttributedTo,
        Published = at,
        To = note.To,
        Cc = note.Cc,
        Audience = note.Audience,
        Object = note with { Context = null },
    };

    public static ActivityDocument Build(ActorDocument actor) => new()
    {
        Context = actor.Context,
        Id = ActivityId.New(actor.Id, "updates"),
        Type = "Update",
        Actor = actor.Id,
        To = [Audience.Everybody],
        Cc = [OwnUris.Followers(actor.Id)],
        Object = actor with { Context = null },
    };
}
