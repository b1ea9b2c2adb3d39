using System.Globalization;

namespace Calf.Security;

/// <summary>Numbers as ECMAScript writes them (ECMA-262, Number::toString; RFC 8785, section 3.2.2.3).</summary>
internal static class CanonicalNumber
{
    /// <param name="number">Finite.</param>
    public static string Text(double number)
    {
        if (number == 0) return "0"; // Minus zero too.
        if (number < 0) return "-" + Text(-number);

        // .NET finds the same shortest digits; only where it puts the point differs.
        var shortest = number.ToString("R", CultureInfo.InvariantCulture);
        var e = shortest.IndexOf('E', StringComparison.Ordinal);
        var mantissa = e < 0 ? shortest : shortest[..e];
        var point = mantissa.IndexOf('.', StringComparison.Ordinal) is >= 0 and var at ? at : mantissa.Length;
        if (e >= 0) point += int.Parse(shortest.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var all = mantissa.Replace(".", "", StringComparison.Ordinal);
        var digits = all.TrimStart('0');
        point -= all.Length - digits.Length;
        digits = digits.TrimEnd('0');

        if (point is > 21 or <= -6) return Scientific(digits, point - 1);
        if (point <= 0) return "0." + new string('0', -point) + digits;
        return digits.Length <= point ? digits + new string('0', point - digits.Length) : $"{digits[..point]}.{digits[point..]}";
    }

    private static string Scientific(string digits, int exponent)
    {
        var sign = exponent < 0 ? "-" : "+";
        var tail = digits.Length > 1 ? "." + digits[1..] : "";
        return string.Create(CultureInfo.InvariantCulture, $"{digits[0]}{tail}e{sign}{Math.Abs(exponent)}");
    }
}
