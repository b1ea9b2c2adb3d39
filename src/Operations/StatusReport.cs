using System.Text.Json.Serialization;

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

    public required SizeReport Sizes { get; init; }

    /// <summary>When another server last sent something that was taken.</summary>
    public DateTimeOffset? LastInbound { get; init; }
}

/// <param name="Received">Activities of others that are not applied yet.</param>
/// <param name="Waiting">Deliveries still to be made.</param>
/// <param name="Delivered">Deliveries made, as far back as the ledger goes.</param>
/// <param name="Refused">Deliveries given up, as far back as the ledger goes.</param>
/// <param name="ParkedHosts">Servers that have not answered for so long that only a probe goes out.</param>
internal sealed record QueueReport(long Received, long Waiting, long Delivered, long Refused, long ParkedHosts);

/// <param name="Database">The file and its write-ahead log.</param>
/// <param name="Media">The folder media.</param>
/// <param name="Cache">Files of other servers, which can be fetched again.</param>
/// <param name="CacheBudget">What those may come to.</param>
/// <param name="EarlierVersions">Copies that were made before the database was upgraded, and what a restore put aside.</param>
internal sealed record SizeReport(long Database, long Media, long Cache, long CacheBudget, long EarlierVersions);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(StatusReport))]
internal sealed partial class StatusReportJson : JsonSerializerContext;
