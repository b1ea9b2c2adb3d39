namespace Calf.Moderation;

/// <summary>What is done about a domain. The numbers are stored.</summary>
public enum DomainSeverity
{
    /// <summary>Nothing; as a rule for one domain it is an exception from a wider rule or a list.</summary>
    None = 0,

    /// <summary>Not in the public timelines, and no notifications from accounts that the owner does not follow.</summary>
    Silence = 1,

    /// <summary>Nothing in, nothing out, nothing shown.</summary>
    Block = 2,
}

/// <summary>The rule for a domain and those below it.</summary>
/// <param name="Domain">Lower case and punycode, with its port where there is one.</param>
/// <param name="RejectMedia">Pictures, avatars and emoji from there are neither kept nor shown.</param>
/// <param name="ByHand">False: it comes from a subscribed list, which may change and lift it.</param>
public sealed record DomainBlock(
    long Id, string Domain, DomainSeverity Severity, bool RejectMedia = false, bool RejectReports = false, string? PublicComment = null,
    string? PrivateComment = null, bool Obfuscate = false, bool ByHand = true)
{
    public required DateTimeOffset CreatedAt { get; init; }
}
