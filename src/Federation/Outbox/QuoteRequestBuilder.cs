using Calf.Federation.Documents;

namespace Calf.Federation.Outbox;

/// <summary>Asks the author of a post for the consent to quote it, and answers such a request (FEP-044f).</summary>
internal static class QuoteRequestBuilder
{
    /// <param name="note">The quoting post, whole, so that its reader can see what they agree to.</param>
    public static ActivityDocument Build(string id, NoteDocument note, string quotedUri, string quotedAuthorUri) => new()
    {
        Context = LinkedDataContext.QuoteRequest,
        Id = id,
        Type = "QuoteRequest",
        Actor = note.AttributedTo,
        To = [quotedAuthorUri],
        Object = quotedUri,
        Instrument = DocumentOrUri.From(note with { Context = null }),
    };

    /// <param name="stampUri">Where the owner's consent is served.</param>
    public static ActivityDocument Accept(string ownerUri, string requestId, string quoterUri, string quotedUri, string quotingUri, string stampUri) =>
        Answer("Accept", ownerUri, requestId, quoterUri, quotedUri, quotingUri) with { Result = stampUri };

    public static ActivityDocument Reject(string ownerUri, string requestId, string quoterUri, string quotedUri, string quotingUri) =>
        Answer("Reject", ownerUri, requestId, quoterUri, quotedUri, quotingUri);

    /// <summary>Says that a consent that was given holds no longer.</summary>
    public static ActivityDocument Revoke(string ownerUri, string stampUri) => new()
    {
        Context = LinkedDataContext.Plain,
        Id = $"{stampUri}#delete",
        Type = "Delete",
        Actor = ownerUri,
        To = [Audience.Everybody],
        Object = stampUri,
    };

    private static ActivityDocument Answer(string type, string ownerUri, string requestId, string quoterUri, string quotedUri, string quotingUri) => new()
    {
        Context = LinkedDataContext.QuoteRequest,
        Id = ActivityId.New(ownerUri, type == "Accept" ? "accepts" : "rejects"),
        Type = type,
        Actor = ownerUri,
        To = [quoterUri],
        Object = new ActivityDocument { Id = requestId, Type = "QuoteRequest", Actor = quoterUri, Object = quotedUri, Instrument = quotingUri },
    };
}
