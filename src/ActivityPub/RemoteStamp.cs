namespace Calf.ActivityPub;

/// <summary>A QuoteAuthorization: the quoted author's consent, served by the quoted author's server (FEP-044f).</summary>
public static class RemoteStamp
{
    /// <summary>
    /// Whether a fetched document is the consent to just this quote: it is what was asked for, its three links name the quoting post,
    /// the quoted post and the quoted author, and it lives with that author (wire 106).
    /// </summary>
    public static bool Proves(FetchedDocument stamp, string stampUri, string quotingUri, string quotedUri, string authorUri) =>
        stamp.Found && stamp.Uri == stampUri && stamp.Json.IsType("QuoteAuthorization")
        && Origin.Same(stampUri, authorUri) && Origin.Same(quotedUri, authorUri)
        && stamp.Json.Id("interactingObject") == quotingUri
        && stamp.Json.Id("interactionTarget") == quotedUri
        && stamp.Json.Id("attributedTo") == authorUri;
}
