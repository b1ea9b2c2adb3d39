using System.Security.Cryptography;
using System.Text;
using Calf.Moderation;

namespace Calf.Mastodon.Entities;

/// <summary>https://docs.joinmastodon.org/entities/Admin_DomainBlock/</summary>
/// <param name="Digest">SHA-256 of the domain in hexadecimal.</param>
/// <param name="Severity"><c>noop</c>, <c>silence</c> or <c>suspend</c>, which is Calf's block.</param>
public sealed record AdminDomainBlockEntity(
    string Id, string Domain, string Digest, DateTimeOffset CreatedAt, string Severity, bool RejectMedia, bool RejectReports,
    string? PrivateComment, string? PublicComment, bool Obfuscate)
{
    public static AdminDomainBlockEntity Of(DomainBlock b) => new(
        EntityText.Of(b.Id), b.Domain, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(b.Domain))), b.CreatedAt,
        DomainSeverityWords.Of(b.Severity), b.RejectMedia, b.RejectReports, b.PrivateComment, b.PublicComment, b.Obfuscate);
}
