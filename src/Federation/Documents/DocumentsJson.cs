using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Calf.Federation.Documents;

/// <summary>Writes what we send: camelCase, nulls left out, and UTF-8 as it is, so that bodies stay small.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(ActivityDocument))]
[JsonSerializable(typeof(ActorDocument))]
[JsonSerializable(typeof(NoteDocument))]
[JsonSerializable(typeof(FlagDocument))]
[JsonSerializable(typeof(VoteDocument))]
[JsonSerializable(typeof(StampDocument))]
[JsonSerializable(typeof(FeaturedCollectionDocument))]
[JsonSerializable(typeof(FeaturedItemDocument))]
[JsonSerializable(typeof(Tombstone))]
[JsonSerializable(typeof(CollectionDocument))]
[JsonSerializable(typeof(HashtagsDocument))]
public sealed partial class DocumentsJson : JsonSerializerContext
{
    /// <summary>The only instance to use: the generated Default escapes everything beyond ASCII.</summary>
    public static DocumentsJson Compact { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new TimeWriting() },
    });

    public static byte[] Bytes(Document document) =>
        JsonSerializer.SerializeToUtf8Bytes(document, Compact.Options.GetTypeInfo(document.GetType()));

    private sealed class TimeWriting : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new NotSupportedException("These documents are only written.");

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
    }
}
