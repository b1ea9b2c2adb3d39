using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Calf.Bench;

/// <summary>A program under test: started as a user starts it, stopped with SIGTERM.</summary>
internal sealed class Running : IDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);

    private const int KeptLines = 30;

    private readonly Process process;
    private volatile bool stopping;

    public Running(string file, int port, params string[] arguments)
    {
        Port = port;
        var clock = Stopwatch.StartNew();
        process = Start(file, arguments);
        process.EnableRaisingEvents = true;
        process.Exited += (_, _) =>
        {
            if (!stopping) Console.Error.WriteLine($"bench: {file} ended by itself.");
        };
        // Read always, so that it never waits for us.
        process.OutputDataReceived += (_, line) => Remember(line.Data);
        process.ErrorDataReceived += (_, line) => Remember(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        while (!Answers())
        {
            if (process.HasExited || clock.Elapsed > StartLimit) throw new BenchException($"{file} did not start.");
            Thread.Sleep(1);
        }
        StartedIn = clock.Elapsed;
    }

    public int Port { get; }

    /// <summary>From the start of the process to the first answer.</summary>
    public TimeSpan StartedIn { get; }

    /// <summary>The last lines that any of the programs wrote, for when something goes wrong.</summary>
    public static ConcurrentQueue<string> LastLines { get; } = new();

    /// <summary>Resident memory in megabytes (of 10^6 bytes).</summary>
    public double Memory => InStatus("VmRSS:");

    /// <summary>The most that <see cref="Memory"/> was since the start, or since <see cref="ForgetPeak"/>.</summary>
    public double PeakMemory => InStatus("VmHWM:");

    /// <summary>See proc_pid_clear_refs(5).</summary>
    public void ForgetPeak() => File.WriteAllText($"/proc/{process.Id}/clear_refs", "5");

    /// <summary>Runs to the end; what it printed.</summary>
    public static string Run(string file, string input, params string[] arguments)
    {
        using var process = Start(file, arguments);
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new BenchException($"{file} {string.Join(' ', arguments)}: {error.Result}");
        return output;
    }

    private double InStatus(string name)
    {
        var line = File.ReadLines($"/proc/{process.Id}/status").First(l => l.StartsWith(name, StringComparison.Ordinal));
        return long.Parse(line[name.Length..^"kB".Length].Trim(), CultureInfo.InvariantCulture) * 1024 / 1e6;
    }

    private static void Remember(string? line)
    {
        if (string.IsNullOrEmpty(line)) return;
        LastLines.Enqueue(line);
        if (LastLines.Count > KeptLines) LastLines.TryDequeue(out _);
    }

    private bool Answers()
    {
        try
        {
            using var connection = new RawConnection(Port);
            return connection.Fetch("/").Status > 0;
        }
        catch (System.Net.Sockets.SocketException)
        {
            return false;
        }
    }

    private static Process Start(string file, string[] arguments)
    {
        var info = new ProcessStartInfo(file)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in arguments) info.ArgumentList.Add(argument);
        return Process.Start(info) ?? throw new BenchException($"{file} could not be started.");
    }

    public void Dispose()
    {
        stopping = true;
        if (!process.HasExited)
        {
            using var stop = Process.Start("kill", process.Id.ToString());
            if (!process.WaitForExit(10_000)) process.Kill();
        }
        process.Dispose();
    }
}
