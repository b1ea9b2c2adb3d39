using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Calf.Moderation;

namespace Calf.Mastodon.Entities;

/// <summary>A week of https://docs.joinmastodon.org/methods/instance/#activity: numbers as text, the week as unix seconds.</summary>
public sealed record InstanceWeek(string Week, string Statuses, string Logins, string Registrations)
{
    public static InstanceWeek Of(DateTimeOffset start, long statuses, bool wasHere, bool joined) =>
        new(start.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), EntityText.Of(statuses), wasHere ? "1" : "0", joined ? "1" : "0");
}

/// <summary>https://docs.joinmastodon.org/entities/ExtendedDescription/ and https://docs.joinmastodon.org/entities/PrivacyPolicy/</summary>
/// <param name="Content">HTML.</param>
public sealed record InstanceTextEntity(DateTimeOffset UpdatedAt, string Content);

/// <summary>https://docs.joinmastodon.org/entities/DomainBlock/</summary>
public sealed record DomainBlockEntity(string Domain, string Digest, string Severity, string? Comment)
{
    /// <param name="inFull">For the owner; others read an obfuscated domain with stars in its middle.</param>
    public static DomainBlockEntity Of(DomainBlock b, bool inFull) => new(
        b.Obfuscate && !inFull ? Obfuscated(b.Domain) : b.Domain,
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(b.Domain))), DomainSeverityWords.Of(b.Severity), b.PublicComment);

    /// <summary>The middle as stars, a quarter at each end and the dots kept, as Mastodon does it.</summary>
    private static string Obfuscated(string domain)
    {
        var shown = domain.Length / 4;
        return string.Concat(domain.Select((letter, at) => letter != '.' && at > shown && at < domain.Length - shown ? '*' : letter));
    }
}

/// <summary>https://oembed.com, as Mastodon fills it.</summary>
public sealed record OEmbedEntity(
    string Type, string Version, string Title, string AuthorName, string AuthorUrl, string ProviderName, string ProviderUrl, int CacheAge,
    string Html, int Width, int? Height);

/// <summary>https://docs.joinmastodon.org/methods/annual_reports/: lists that belong together.</summary>
public sealed record AnnualReportsEntity
{
    public IReadOnlyList<string> AnnualReports => [];

    public IReadOnlyList<AccountEntity> Accounts => [];

    public IReadOnlyList<StatusEntity> Statuses => [];
}

/// <param name="State"><c>available</c>, <c>generating</c>, <c>eligible</c> or <c>ineligible</c>.</param>
public sealed record AnnualReportStateEntity(string State);
