using System.Globalization;
using System.Runtime.InteropServices;
using Calf.Bench;

// Measures the published Calf on this machine. Usage: see run.sh.
if (args.Length < 2)
{
    Console.Error.WriteLine("Calf.Bench CALF BARE [RESULTS.md] [POSTS]: the two published files, where to write the table, and how many posts the large home timeline has.");
    return 2;
}
var posts = args.Length > 3 ? int.Parse(args[3], CultureInfo.InvariantCulture) : 1_000_000;
var folder = Directory.CreateTempSubdirectory("calf-bench-").FullName;
try
{
    var table = new Table();
    var measuring = new Measuring(Path.GetFullPath(args[0]), Path.GetFullPath(args[1]), folder, Ports.First, table);
    measuring.StartAndIdle();
    measuring.Reading();
    await measuring.Receiving();
    await measuring.Delivering();
    await measuring.Home(10_000, posts);
    if (args.Length > 2) File.WriteAllText(args[2], $"# Benchmark results\n\n{Machine.Line(args[0])}\n\n{table.Markdown}");
    return 0;
}
catch (BenchException failure)
{
    Console.Error.WriteLine($"bench: {failure.Message} The last lines of the programs:");
    foreach (var line in Running.LastLines) Console.Error.WriteLine(line);
    return 1;
}
finally
{
    Directory.Delete(folder, recursive: true);
}

internal static class Ports
{
    /// <summary>Calf listens here, the bare endpoint on the next.</summary>
    public const int First = 18710;
}

internal static class Machine
{
    public static string Line(string binary)
    {
        var cpu = File.ReadLines("/proc/cpuinfo").FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() ?? "unknown";
        var memory = File.ReadLines("/proc/meminfo").First().Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
        var version = Running.Run(binary, "", "--version").Trim();
        return string.Create(CultureInfo.InvariantCulture,
            $"{TimeProvider.System.GetUtcNow():yyyy-MM-dd HH:mm} UTC, {version}, {Environment.ProcessorCount} cores ({cpu}), {long.Parse(memory, CultureInfo.InvariantCulture) / 1_000_000} GB, {RuntimeInformation.OSDescription}. Made by `tests/bench/run.sh`; driver and stub run on the same cores.");
    }
}
