using System.Buffers;

namespace Calf.ActivityPub;

/// <summary>A name on the fediverse: <c>user@domain</c>. The domain is lower case and punycode, with its port where there is one.</summary>
public readonly record struct Handle(string User, string Domain)
{
    private const int MaxLength = 320;

    /// <summary>What would turn a domain into more than a host of a URL.</summary>
    private static readonly SearchValues<char> NotInDomains = SearchValues.Create("/\\?#@ \t\r\n");

    /// <summary>Reads <c>@user@domain</c>, <c>user@domain</c> and <c>acct:user@domain</c>; a name in Unicode becomes punycode.</summary>
    public static bool TryParse(string? text, out Handle handle)
    {
        handle = default;
        var rest = (text ?? "").Trim();
        if (rest.StartsWith("acct:", StringComparison.OrdinalIgnoreCase)) rest = rest[5..];
        rest = rest.TrimStart('@', '!');
        var at = rest.IndexOf('@', StringComparison.Ordinal);
        if (at <= 0 || rest.Length > MaxLength || !rest[..at].All(IsUserCharacter)) return false;
        if (DomainOf(rest[(at + 1)..]) is not { } domain) return false;
        handle = new(rest[..at], domain);
        return true;
    }

    /// <summary>Host and port in the one form that is stored and compared; null for what is no host name.</summary>
    public static string? DomainOf(string? text)
    {
        if (string.IsNullOrEmpty(text) || text.Length > MaxLength || Origin.NormalName(text) is not { } name || name.AsSpan().ContainsAny(NotInDomains)) return null;
        // The scheme decides which port goes unsaid.
        return Origin.TryParse("https://" + name, out var uri) && uri.PathAndQuery == "/" ? Origin.HostOf(uri) : null;
    }

    public bool Equals(Handle other) =>
        string.Equals(User, other.User, StringComparison.OrdinalIgnoreCase) && string.Equals(Domain, other.Domain, StringComparison.Ordinal);

    public override int GetHashCode() => HashCode.Combine(StringComparer.OrdinalIgnoreCase.GetHashCode(User ?? ""), Domain);

    public override string ToString() => $"{User}@{Domain}";

    private static bool IsUserCharacter(char c) => char.IsLetterOrDigit(c) || c is '_' or '-' or '.' or '~' or '!' or '+' or '%';
}
