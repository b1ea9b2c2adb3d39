using System.Globalization;
using System.Runtime.InteropServices;

namespace Calf.Operations;

/// <summary>
/// Lets go of the pages of files, this program's own above all, that something needed once: the start touches most of the file and
/// the kernel maps sixteen pages for each that is touched. What is needed again comes back from the page cache, without a read from the disk.
/// </summary>
internal static partial class FilePages
{
    private const int DontNeed = 4;

    /// <summary>Start and length of what can be let go of. Empty where there is no /proc.</summary>
    public static List<(nint Start, nuint Length)> Find() =>
        OperatingSystem.IsLinux() && File.Exists("/proc/self/smaps") ? Find(File.ReadLines("/proc/self/smaps")) : [];

    public static void LetGo(List<(nint Start, nuint Length)> ranges)
    {
        foreach (var (start, length) in ranges) _ = Advise(start, length, DontNeed);
    }

    /// <param name="smaps">As proc_pid_smaps(5) describes.</param>
    internal static List<(nint Start, nuint Length)> Find(IEnumerable<string> smaps)
    {
        List<(nint, nuint)> found = [];
        (nint, nuint)? candidate = null;
        foreach (var line in smaps)
            if (Header(line, out var range)) candidate = range;
            // Pages that differ from the file, such as the relocated ones, exist nowhere else: they must stay.
            else if (line.StartsWith("Anonymous:", StringComparison.Ordinal) && candidate is { } one && line.EndsWith(" 0 kB", StringComparison.Ordinal)) found.Add(one);
        return found;
    }

    /// <summary>True for the first line of a mapping. The range is null unless it is of a file and cannot be written to.</summary>
    private static bool Header(string line, out (nint, nuint)? range)
    {
        range = null;
        var fields = line.Split(' ', 6, StringSplitOptions.RemoveEmptyEntries);
        var dash = fields[0].IndexOf('-', StringComparison.Ordinal);
        if (dash < 0 || fields.Length < 5) return false;
        if (fields[1].Contains('w', StringComparison.Ordinal) || fields[4] == "0") return true;
        var start = nint.Parse(fields[0].AsSpan(0, dash), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        var end = nint.Parse(fields[0].AsSpan(dash + 1), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        range = (start, (nuint)(end - start));
        return true;
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Advise(nint start, nuint length, int advice);
}
