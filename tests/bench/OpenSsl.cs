using System.Globalization;

namespace Calf.Bench;

/// <summary>What the machine can sign at most, by the program that everybody knows.</summary>
internal static class OpenSsl
{
    public static double SignsPerSecond()
    {
        var output = Running.Run("openssl", "", "speed", "-seconds", "5", "-multi", Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture), "rsa2048");
        var line = output.Split('\n').Last(l => l.Contains("2048 bits", StringComparison.Ordinal));
        // rsa 2048 bits 0.000291s 0.000019s   3438.0  52595.7
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[5], CultureInfo.InvariantCulture);
    }
}
