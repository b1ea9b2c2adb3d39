namespace Calf.Moderation;

/// <summary>A list of domains that somebody publishes and the owner subscribes to.</summary>
/// <param name="Error">Why the last look at it failed; what it said before stays in force.</param>
public sealed record Blocklist(long Id, string Url, string? Etag, DateTimeOffset CreatedAt, DateTimeOffset CheckedAt, string? Error);

/// <summary>What a list says of a domain.</summary>
/// <param name="Domain">Lower case and punycode.</param>
/// <param name="Held">It came after the owner saw the list and would end follows, so it only silences until the owner says yes.</param>
public sealed record BlocklistEntry(
    string Domain, DomainSeverity Severity, bool RejectMedia = false, bool RejectReports = false, string? PublicComment = null,
    bool Obfuscate = false, bool Held = false)
{
    /// <summary>The rule that it makes.</summary>
    public DomainBlock ToRule(long id, DateTimeOffset now, bool byHand) => new(
        id, Domain, Held && Severity == DomainSeverity.Block ? DomainSeverity.Silence : Severity, RejectMedia, RejectReports, PublicComment,
        null, Obfuscate, byHand)
    { CreatedAt = now };
}
