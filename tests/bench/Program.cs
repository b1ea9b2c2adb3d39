using System.Globalization;
using System.Runtime.InteropServices;
using Calf.Bench;

// Measures the published Calf on this machine. Usage: see run.sh.
if (args.Length < 2)
{
    Console.Error.WriteLine("Calf.Bench CALF BARE [RESULTS.md] [POSTS] [PARTS]: the two published files, where to write the table (empty: nowhere), how many posts the larger server has, and which parts to measure (start,read,receive,mix,flood,verify,deliver,streams,threads,pages,media,housekeeping; all when not said).");
    return 2;
}
var posts = args.Length > 3 ? int.Parse(args[3], CultureInfo.InvariantCulture) : 1_000_000;
var folder = Directory.CreateTempSubdirectory("calf-bench-").FullName;
try
{
    var table = new Table();
    var bed = new Bed(Path.GetFullPath(args[0]), Path.GetFullPath(args[1]), folder, Ports.First, table);
    var calf = bed.Subject("data");
    calf.SetUp();
    var measuring = new Measuring(bed, calf);
    var parts = new (string Name, Func<Task> Measure)[]
    {
        ("start", () => Task.Run(measuring.StartAndIdle)),
        ("read", () => Task.Run(measuring.Reading)),
        ("receive", new Receiving(bed, calf).Measure),
        ("mix", new Mixture(bed, calf).Measure),
        ("flood", () => Task.Run(new Flood(bed, calf).Measure)),
        ("verify", () => Task.Run(new Verifying(bed).Measure)),
        ("deliver", new Delivering(bed, calf).Measure),
        ("streams", () => Task.Run(new Listening(bed, calf).Measure)),
        ("threads", new Completing(bed, calf).Measure),
        ("pages", () => new Browsing(bed).Measure(10_000, posts)),
        ("media", () => Task.Run(new Picturing(bed).Measure)),
        ("housekeeping", () => new Keeping(bed).Measure(posts)),
    };
    var chosen = args.Length > 4 ? args[4].Split(',') : [.. parts.Select(p => p.Name)];
    if (chosen.Except(parts.Select(p => p.Name)).FirstOrDefault() is { } wrong) throw new BenchException($"There is no part {wrong}.");
    foreach (var (name, measure) in parts)
        if (chosen.Contains(name))
            await measure();
    if (args.Length > 2 && args[2].Length > 0) File.WriteAllText(args[2], $"# Benchmark results\n\n{Machine.Line(args[0])}\n\n{table.Markdown}");
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
    /// <summary>Calf listens here, the bare endpoint on the next. CALF_BENCH_PORT says another.</summary>
    public static int First { get; } = int.Parse(Environment.GetEnvironmentVariable("CALF_BENCH_PORT") ?? "18710", CultureInfo.InvariantCulture);
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
