namespace Calf.Security;

/// <summary>What a signature may claim. Times are Mastodon's (wire 17).</summary>
internal static class SignatureLimits
{
    public static readonly TimeSpan ClockSkew = TimeSpan.FromHours(1);
    public static readonly TimeSpan DefaultLife = TimeSpan.FromMinutes(5);
    public static readonly TimeSpan LongestLife = TimeSpan.FromHours(12);

    /// <summary>A proof travels with its document, which can be forwarded days later. Ids of applied activities are remembered for longer, so
    /// that nobody can apply one twice.</summary>
    public static readonly TimeSpan LongestProofLife = TimeSpan.FromDays(10);

    public const int MaxComponents = 64;
    public const int MaxKeyIdLength = 2048;

    /// <summary>In characters of base64; an RSA key of 8192 bits makes 1368.</summary>
    public const int MaxSignatureLength = 2048;

    public const int MinRsaBits = 1024;
    public const int MaxRsaBits = 8192;

    /// <summary>A huge public exponent would make each verification as slow as a signature.</summary>
    public const int MaxRsaExponentBytes = 4;

    public const int MaxPemLength = 8192;
    public const int MaxMultikeyLength = 2048;
}
