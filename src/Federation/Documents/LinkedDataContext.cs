using System.Text.Json;
using System.Text.Json.Serialization;

namespace Calf.Federation.Documents;

/// <summary>
/// The <c>@context</c> of a document: the ActivityStreams IRI literally, and a definition of every extension term that the document
/// uses (wire 46). There are few, since each is sent with each activity.
/// </summary>
[JsonConverter(typeof(Writing))]
public sealed class LinkedDataContext
{
    public const string ActivityStreams = "https://www.w3.org/ns/activitystreams";

    private const string NoteTerms =
        """
        {"Hashtag":"as:Hashtag","sensitive":"as:sensitive","ostatus":"http://ostatus.org#","conversation":"ostatus:conversation","toot":"http://joinmastodon.org/ns#","Emoji":"toot:Emoji","votersCount":"toot:votersCount","blurhash":"toot:blurhash","focalPoint":{"@id":"toot:focalPoint","@container":"@list"},"quote":{"@id":"https://w3id.org/fep/044f#quote","@type":"@id"},"quoteUri":"http://fedibird.com/ns#quoteUri","quoteUrl":"as:quoteUrl","_misskey_quote":"https://misskey-hub.net/ns#_misskey_quote","quoteAuthorization":{"@id":"https://w3id.org/fep/044f#quoteAuthorization","@type":"@id"},"gts":"https://gotosocial.org/ns#","approvedBy":{"@id":"gts:approvedBy","@type":"@id"},"interactionPolicy":{"@id":"gts:interactionPolicy","@type":"@id"},"canQuote":{"@id":"gts:canQuote","@type":"@id"},"canReply":{"@id":"gts:canReply","@type":"@id"},"canLike":{"@id":"gts:canLike","@type":"@id"},"canAnnounce":{"@id":"gts:canAnnounce","@type":"@id"},"automaticApproval":{"@id":"gts:automaticApproval","@type":"@id"},"always":{"@id":"gts:always","@type":"@id"}}
        """;

    private const string RequestTerm = """{"QuoteRequest":"https://w3id.org/fep/044f#QuoteRequest"}""";

    private const string StampTerms =
        """
        {"QuoteAuthorization":"https://w3id.org/fep/044f#QuoteAuthorization","gts":"https://gotosocial.org/ns#","interactingObject":{"@id":"gts:interactingObject","@type":"@id"},"interactionTarget":{"@id":"gts:interactionTarget","@type":"@id"}}
        """;

    private const string FeaturedTerms =
        """
        {"Hashtag":"as:Hashtag","sensitive":"as:sensitive","toot":"http://joinmastodon.org/ns#","discoverable":"toot:discoverable","FeaturedCollection":"https://w3id.org/fep/7aa9#FeaturedCollection","FeaturedItem":"https://w3id.org/fep/7aa9#FeaturedItem","FeatureRequest":"https://w3id.org/fep/7aa9#FeatureRequest","topic":{"@id":"https://w3id.org/fep/7aa9#topic","@type":"@id"},"featuredObject":{"@id":"https://w3id.org/fep/7aa9#featuredObject","@type":"@id"},"featureAuthorization":{"@id":"https://w3id.org/fep/7aa9#featureAuthorization","@type":"@id"}}
        """;

    private const string FeatureStampTerms =
        """
        {"FeatureAuthorization":"https://w3id.org/fep/7aa9#FeatureAuthorization","gts":"https://gotosocial.org/ns#","interactingObject":{"@id":"gts:interactingObject","@type":"@id"},"interactionTarget":{"@id":"gts:interactionTarget","@type":"@id"}}
        """;

    private const string ActorTerms =
        """
        {"manuallyApprovesFollowers":"as:manuallyApprovesFollowers","alsoKnownAs":{"@id":"as:alsoKnownAs","@type":"@id"},"movedTo":{"@id":"as:movedTo","@type":"@id"},"Hashtag":"as:Hashtag","toot":"http://joinmastodon.org/ns#","Emoji":"toot:Emoji","featured":{"@id":"toot:featured","@type":"@id"},"featuredTags":{"@id":"toot:featuredTags","@type":"@id"},"discoverable":"toot:discoverable","indexable":"toot:indexable","attributionDomains":{"@id":"toot:attributionDomains","@type":"@id"},"memorial":"toot:memorial","schema":"http://schema.org#","PropertyValue":"schema:PropertyValue","value":"schema:value","wf":"https://purl.archive.org/socialweb/webfinger#","xsd":"http://www.w3.org/2001/XMLSchema#","webfinger":{"@id":"wf:webfinger","@type":"xsd:string"},"implements":{"@id":"https://w3id.org/fep/844e#implements","@type":"@id","@container":"@set"},"featuredCollections":{"@id":"https://w3id.org/fep/7aa9#featuredCollections","@type":"@id"},"gts":"https://gotosocial.org/ns#","interactionPolicy":{"@id":"gts:interactionPolicy","@type":"@id"},"canFeature":{"@id":"https://w3id.org/fep/7aa9#canFeature","@type":"@id"},"automaticApproval":{"@id":"gts:automaticApproval","@type":"@id"}}
        """;

    private readonly byte[] json;

    private LinkedDataContext(string json)
    {
        this.json = System.Text.Encoding.UTF8.GetBytes(json);
        const string First = $"\"{ActivityStreams}\"";
        const string WithProofTerms = $"{First},\"{Security.IntegrityProof.Context}\"";
        WithProof = json.Contains(Security.IntegrityProof.Context, StringComparison.Ordinal) ? this
            : new(json == First ? $"[{WithProofTerms}]" : json.Replace(First, WithProofTerms, StringComparison.Ordinal));
    }

    /// <summary>The same for a document with an integrity proof.</summary>
    public LinkedDataContext WithProof { get; }

    /// <summary>For activities whose object is a URI, and for collections of URIs.</summary>
    public static LinkedDataContext Plain { get; } = new($"\"{ActivityStreams}\"");

    /// <summary>For posts, and for activities and collections that hold posts or hashtags.</summary>
    public static LinkedDataContext Note { get; } = new($"[\"{ActivityStreams}\",{NoteTerms.Trim()}]");

    /// <summary>For requests to quote, with the quoting post in them, and for answers to these.</summary>
    public static LinkedDataContext QuoteRequest { get; } = new($"[\"{ActivityStreams}\",{NoteTerms.Trim()},{RequestTerm}]");

    /// <summary>For collections of accounts, their items, and what is said of them.</summary>
    public static LinkedDataContext FeaturedCollection { get; } = new($"[\"{ActivityStreams}\",{FeaturedTerms.Trim()}]");

    public static LinkedDataContext FeatureStamp { get; } = new($"[\"{ActivityStreams}\",{FeatureStampTerms.Trim()}]");

    public static LinkedDataContext Stamp { get; } = new($"[\"{ActivityStreams}\",{StampTerms.Trim()}]");

    /// <summary>
    /// For actors and updates of them. Without did/v1, <c>assertionMethod</c> means nothing and integrity proofs fail. The two protected
    /// contexts come before our own terms, which repeat theirs word for word.
    /// </summary>
    public static LinkedDataContext Actor { get; } = new(
        $"[\"{ActivityStreams}\",\"https://w3id.org/security/v1\",\"https://www.w3.org/ns/did/v1\",\"https://w3id.org/security/multikey/v1\",{ActorTerms.Trim()}]");

    internal sealed class Writing : JsonConverter<LinkedDataContext>
    {
        public override LinkedDataContext Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException("These documents are only written.");

        public override void Write(Utf8JsonWriter writer, LinkedDataContext value, JsonSerializerOptions options) =>
            writer.WriteRawValue(value.json, skipInputValidation: true);
    }
}
