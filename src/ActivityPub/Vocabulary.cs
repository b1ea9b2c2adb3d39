namespace Calf.ActivityPub;

/// <summary>Names of the wire, spelled once.</summary>
public static class Vocabulary
{
    public const string ActivityStreams = "https://www.w3.org/ns/activitystreams";
    public const string Security = "https://w3id.org/security/v1";
    public const string Public = ActivityStreams + "#Public";

    /// <summary>What Calf answers and posts with (wire 35); charset is not named.</summary>
    public const string ActivityJson = "application/activity+json";

    public const string LdJson = "application/ld+json; profile=\"" + ActivityStreams + "\"";

    /// <summary>The Accept header of a fetch (wire 33).</summary>
    public const string Accept = LdJson + ", " + ActivityJson;

    public static bool IsActor(string type) => type is "Person" or "Service" or "Application" or "Group" or "Organization";

    /// <summary>Types that become a status (wire 75).</summary>
    public static bool IsStatus(string type) => type is "Note" or "Question" || IsTitled(type);

    /// <summary>Types shown as title, summary and link.</summary>
    public static bool IsTitled(string type) => type is "Article" or "Page" or "Image" or "Audio" or "Video" or "Event" || IsOfBook(type);

    /// <summary>What BookWyrm says of books among its own; to others it sends Notes and Articles.</summary>
    public static bool IsOfBook(string type) => type is "Review" or "Rating" or "Quotation" or "Comment";

    public static bool IsCollection(string type) =>
        type is "Collection" or "OrderedCollection" or "CollectionPage" or "OrderedCollectionPage";

    /// <summary>Whether a Content-Type header says ActivityPub: activity+json, or ld+json with the AS profile (wire 34).</summary>
    public static bool IsActivityPub(string? contentType)
    {
        if (!System.Net.Http.Headers.MediaTypeHeaderValue.TryParse(contentType, out var type)) return false;
        if (string.Equals(type.MediaType, ActivityJson, StringComparison.OrdinalIgnoreCase)) return true;
        return string.Equals(type.MediaType, "application/ld+json", StringComparison.OrdinalIgnoreCase)
            && type.Parameters.Any(p => string.Equals(p.Name, "profile", StringComparison.OrdinalIgnoreCase)
                && (p.Value ?? "").Trim('"').Split(' ').Contains(ActivityStreams));
    }
}
