namespace Calf.Security;

/// <summary>Whether a signature is of now (wire 17).</summary>
internal static class SignatureWindow
{
    /// <param name="expiresIsSigned">An expiry that anyone could have written may shorten the life, never lengthen it.</param>
    /// <returns>What is wrong, or null.</returns>
    public static string? Problem(long created, long? expires, bool expiresIsSigned, DateTimeOffset now)
    {
        var seconds = now.ToUnixTimeSeconds();
        var skew = (long)SignatureLimits.ClockSkew.TotalSeconds;
        if (created > seconds + skew)
            return "The signature was made in the future: compare the clocks.";

        var longest = expiresIsSigned ? SignatureLimits.LongestLife : SignatureLimits.DefaultLife;
        var end = created + (long)longest.TotalSeconds;
        if (expires is { } said) end = Math.Min(said, end);
        else end = created + (long)SignatureLimits.DefaultLife.TotalSeconds;

        return seconds > end + skew ? "The signature is too old: compare the clocks, or sign again for each attempt." : null;
    }
}
