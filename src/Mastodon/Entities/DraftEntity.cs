using System.Text.Json;
using System.Text.Json.Serialization;
using Calf.Statuses;

namespace Calf.Mastodon.Entities;

/// <param name="Draft">A JSON object, written out as it came.</param>
public sealed record DraftEntity(string Name, [property: JsonConverter(typeof(RawJson))] string Draft, DateTimeOffset UpdatedAt)
{
    public static DraftEntity Of(Draft draft) => new(draft.Name, draft.Json, draft.UpdatedAt);
}

/// <summary>Text that is JSON already.</summary>
internal sealed class RawJson : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteRawValue(value, skipInputValidation: true);
}
