using Calf.Federation.Documents;

namespace Calf.Federation.Outbox;

/// <summary>One choice in a poll: a Note that has a name and nothing to read, to the poll's author only (wire 100).</summary>
internal static class VoteBuilder
{
    public static ActivityDocument Build(string uri, string voter, string option, string pollUri, string author) => new()
    {
        Context = LinkedDataContext.Plain,
        Id = $"{uri}/activity",
        Type = "Create",
        Actor = voter,
        To = [author],
        Object = new VoteDocument { Id = uri, Type = "Note", Name = option, AttributedTo = voter, InReplyTo = pollUri, To = [author] },
    };
}
