namespace Calf.Moderation;

/// <summary>Mastodon's words for <see cref="DomainSeverity"/>, in its API and in block lists.</summary>
public static class DomainSeverityWords
{
    public static string Of(DomainSeverity severity) => severity switch
    {
        DomainSeverity.Block => "suspend",
        DomainSeverity.Silence => "silence",
        _ => "noop",
    };

    /// <summary>Null for a word that is none of them.</summary>
    public static DomainSeverity? Read(string? word) => word?.Trim().ToLowerInvariant() switch
    {
        "suspend" or "block" => DomainSeverity.Block,
        "silence" or "limit" => DomainSeverity.Silence,
        "noop" or "none" => DomainSeverity.None,
        _ => null,
    };
}
