using System.Text.Json;
using System.Text.Json.Serialization;
using Calf.Statuses;

namespace Calf.Federation.Outbox;

/// <summary>How a post for later is kept.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(NewStatus))]
internal sealed partial class ScheduledDraft : JsonSerializerContext
{
    public static string Write(NewStatus draft) => JsonSerializer.Serialize(draft, Default.NewStatus);

    public static NewStatus Read(ScheduledStatus scheduled) => JsonSerializer.Deserialize(scheduled.Draft, Default.NewStatus)!;
}
