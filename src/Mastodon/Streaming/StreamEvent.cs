namespace Calf.Mastodon.Streaming;

/// <summary>Something that listeners are told.</summary>
/// <param name="Streams">Where it belongs; none for a heartbeat.</param>
/// <param name="Type">Mastodon's word, such as <c>update</c>; empty for a heartbeat.</param>
/// <param name="Payload">JSON, or a bare id; null for an event that has none.</param>
public sealed record StreamEvent(IReadOnlyCollection<StreamName> Streams, string Type, string? Payload)
{
    public static StreamEvent Heartbeat { get; } = new([], "", "");

    public bool IsHeartbeat => Type.Length == 0;

    /// <summary>A token needs this as well; null for none.</summary>
    public string? Scope { get; init; }

    /// <summary>It also belongs to all streams of these kinds.</summary>
    public Func<StreamName, bool>? Kinds { get; init; }

    public bool BelongsTo(StreamName stream) => Streams.Contains(stream) || Kinds?.Invoke(stream) == true;
}
