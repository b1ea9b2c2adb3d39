using System.Text.Json.Serialization;
using Calf.Media;

namespace Calf.Operations;

/// <summary>How a Calf is doing, as <c>calf status --json</c> prints it. Sizes are bytes.</summary>
internal sealed record StatusReport
{
    public required string Version { get; init; }

    /// <summary>The process number of the running server.</summary>
    public int? Server { get; init; }

    /// <summary>The handle; null before the account has been made.</summary>
    public string? Account { get; init; }

    public long Followers { get; init; }

    public long Following { get; init; }

    public long FollowRequests { get; init; }

    public long Statuses { get; init; }

    public required QueueReport Queue { get; init; }

    public required DiskUse Sizes { get; init; }

    /// <summary>Null when the settings name none.</summary>
    public BucketReport? Bucket { get; init; }

    /// <summary>Bytes a day, over the last month, of database and media; null before the second day.</summary>
    public double? Growth { get; init; }

    /// <summary>How many days the disk lasts so; null when that cannot be said, or it does not fill.</summary>
    public double? DaysLeft { get; init; }

    /// <summary>What Calf could use and does not find on this machine, in words.</summary>
    public required IReadOnlyList<string> Missing { get; init; }

    /// <summary>When another server last sent something that was taken.</summary>
    public DateTimeOffset? LastInbound { get; init; }

    /// <summary>When this server was last away and what of that time was recovered, in one sentence; null when it was not.</summary>
    public string? LastGap { get; init; }
}

/// <param name="Received">Activities of others that are not applied yet.</param>
/// <param name="Waiting">Deliveries still to be made.</param>
/// <param name="Delivered">Deliveries made, as far back as the ledger goes.</param>
/// <param name="Refused">Deliveries given up, as far back as the ledger goes.</param>
/// <param name="ParkedHosts">Servers that have not answered for so long that only a probe goes out.</param>
internal sealed record QueueReport(long Received, long Waiting, long Delivered, long Refused, long ParkedHosts);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(StatusReport))]
internal sealed partial class StatusReportJson : JsonSerializerContext;
