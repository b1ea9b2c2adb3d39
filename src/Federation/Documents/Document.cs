using System.Text.Json;
using System.Text.Json.Serialization;

namespace Calf.Federation.Documents;

/// <summary>An ActivityStreams object that we send. Only the outermost one has a <see cref="Context"/>.</summary>
public abstract record Document
{
    [JsonPropertyName("@context")]
    [JsonPropertyOrder(-3)]
    public LinkedDataContext? Context { get; init; }

    [JsonPropertyOrder(-2)]
    public required string Id { get; init; }

    [JsonPropertyOrder(-1)]
    public required string Type { get; init; }
}

/// <summary>What stands where a deleted object was (wire 45, 98).</summary>
public sealed record Tombstone : Document
{
    public DateTimeOffset? Deleted { get; init; }
}

/// <summary>An object by its URI or embedded; a string and a document both convert to it.</summary>
[JsonConverter(typeof(Writing))]
public sealed class DocumentOrUri
{
    private readonly string? uri;
    private readonly Document? embedded;

    private DocumentOrUri(string? uri, Document? embedded) => (this.uri, this.embedded) = (uri, embedded);

    public string Id => embedded?.Id ?? uri!;

    public Document? Embedded => embedded;

    public static DocumentOrUri From(string uri) => new(uri, null);

    public static DocumentOrUri From(Document document) => new(null, document);

    public static implicit operator DocumentOrUri(string uri) => From(uri);

    public static implicit operator DocumentOrUri(Document document) => From(document);

    internal sealed class Writing : JsonConverter<DocumentOrUri>
    {
        public override DocumentOrUri Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException("These documents are only written.");

        public override void Write(Utf8JsonWriter writer, DocumentOrUri value, JsonSerializerOptions options)
        {
            if (value.embedded is { } document) JsonSerializer.Serialize(writer, document, options.GetTypeInfo(document.GetType()));
            else writer.WriteStringValue(value.uri);
        }
    }
}
