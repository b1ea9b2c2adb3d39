using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Calf.Media;

/// <summary>Runs a program on a file of a stranger: without a shell, below the server in rank, for a limited time.</summary>
internal static class ToolRun
{
    /// <summary>The most that is taken of what it prints.</summary>
    private const int MaxOutput = 256 * 1024;

    /// <summary>So much of its complaints goes to the log.</summary>
    private const int MaxComplaint = 400;

    /// <summary>Half of the worst: where memory runs out, Linux ends this process and not the server.</summary>
    private const string FirstToGo = "500";

    /// <summary>What it printed.</summary>
    /// <exception cref="ToolException">It could not be started, failed, or took too long. None of its processes is left.</exception>
    public static async Task<string> Run(string program, IEnumerable<string> arguments, TimeSpan limit, TimeProvider time, CancellationToken cancel)
    {
        using var ended = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ended.Token, cancel);
        using var process = Start(program, arguments);
        // With its end its pipes end, which reading them waits for whatever it is told.
        await using var killing = either.Token.UnsafeRegister(_ => process.Kill(entireProcessTree: true), null);
        process.StandardInput.Close();
        var output = Read(process.StandardOutput, MaxOutput);
        var complaint = Read(process.StandardError, MaxComplaint);
        await Task.WhenAll(output, complaint);
        // Before it is gone it may still write into a file that is then taken away.
        await process.WaitForExitAsync(CancellationToken.None);
        cancel.ThrowIfCancellationRequested();
        if (ended.IsCancellationRequested) throw new ToolException($"{Path.GetFileName(program)} took longer than {limit.TotalMinutes} minutes.", tookTooLong: true);
        if (process.ExitCode == 0) return await output;
        throw new ToolException($"{Path.GetFileName(program)} ended with {process.ExitCode}: {(await complaint).ReplaceLineEndings(" ").Trim()}");
    }

    private static Process Start(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        // Our own settings may have secrets in them, and theirs would have it write reports.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("CALF_", StringComparison.Ordinal) || name == "FFREPORT").ToList()) start.Environment.Remove(name);
        try
        {
            var process = Process.Start(start)!;
            Lower(process);
            return process;
        }
        catch (Win32Exception e)
        {
            throw new ToolException($"{program} cannot be started: {e.Message}");
        }
    }

    private static void Lower(Process process)
    {
        try
        {
            process.PriorityClass = ProcessPriorityClass.BelowNormal;
            if (OperatingSystem.IsLinux()) File.WriteAllText($"/proc/{process.Id}/oom_score_adj", FirstToGo);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or IOException or UnauthorizedAccessException)
        {
            // It has ended already, or the system does not let us.
        }
    }

    /// <summary>Its beginning; the rest is read and dropped, since the program would wait for it.</summary>
    private static async Task<string> Read(StreamReader reader, int most)
    {
        var text = new StringBuilder();
        var buffer = new char[4096];
        for (int read; (read = await reader.ReadAsync(buffer)) > 0;) text.Append(buffer, 0, Math.Min(read, most - text.Length));
        return text.ToString();
    }
}

/// <summary>A program did not do what it should; the message is for the log.</summary>
public sealed class ToolException(string message, bool tookTooLong = false) : Exception(message)
{
    public bool TookTooLong => tookTooLong;
}
