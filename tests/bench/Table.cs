using System.Globalization;
using System.Text;

namespace Calf.Bench;

/// <summary>The results, printed as they come and kept as Markdown.</summary>
internal sealed class Table
{
    private readonly StringBuilder rows = new("| | | | to reach |\n|---|---:|---|---|\n");

    public void Add(string what, string value, string unit, string target)
    {
        Console.WriteLine($"{what,-52} {value,12} {unit,-16} {target}");
        rows.Append(CultureInfo.InvariantCulture, $"| {what} | {value} | {unit} | {target} |\n");
    }

    public static string Number(double value, string format = "N0") => value.ToString(format, CultureInfo.InvariantCulture);

    public string Markdown => rows.ToString();
}
