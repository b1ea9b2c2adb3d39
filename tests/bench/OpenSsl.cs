using System.Globalization;

namespace Calf.Bench;

/// <summary>What the machine can sign and verify at most, by the program that everybody knows.</summary>
internal static class OpenSsl
{
    private const string Seconds = "5";

    /// <param name="algorithm"><c>rsa2048</c> or <c>ed25519</c>.</param>
    /// <returns>Of all the processes together.</returns>
    public static (double Signs, double Verifies) Speed(string algorithm, int processes)
    {
        var output = Running.Run("openssl", "", "speed", "-seconds", Seconds, "-multi", processes.ToString(CultureInfo.InvariantCulture), algorithm);
        var bits = algorithm == "ed25519" ? "253 bits" : "2048 bits";
        // rsa 2048 bits 0.000291s 0.000019s   3438.0  52595.7
        var words = output.Split('\n').Last(l => l.Contains(bits, StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return (double.Parse(words[^2], CultureInfo.InvariantCulture), double.Parse(words[^1], CultureInfo.InvariantCulture));
    }
}
