namespace Calf.Mastodon.Streaming;

/// <summary>Something that listeners are told.</summary>
/// <param name="Streams">Where it belongs; null is every stream.</param>
/// <param name="Type">Mastodon's word, such as <c>update</c>; empty for a heartbeat.</param>
/// <param name="Payload">JSON, or a bare id; null for an event that has none.</param>
public sealed record StreamEvent(IReadOnlyCollection<StreamName>? Streams, string Type, string? Payload)
{
    public static StreamEvent Heartbeat { get; } = new(null, "", "");

    public bool IsHeartbeat => Type.Length == 0;
}
