using System.Diagnostics;

namespace Calf.Bench;

/// <summary>Drives a server with several connections at once, each with its own thread.</summary>
internal static class Load
{
    public const int Connections = 8;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(5);

    /// <summary>The same request again and again; answers a second. Any other status than 200 ends the run.</summary>
    public static double Repeat(int port, byte[] request)
    {
        Count(WarmUp);
        return Count(Measured) / Measured.TotalSeconds;

        long Count(TimeSpan time)
        {
            var total = 0L;
            OnThreads(port, (connection, _) =>
            {
                var clock = Stopwatch.StartNew();
                var done = 0L;
                for (; clock.Elapsed < time; done++) Expect(200, connection.Send(request));
                Interlocked.Add(ref total, done);
            });
            return total;
        }
    }

    /// <summary>Every request once; how long it took.</summary>
    public static TimeSpan Each(int port, IReadOnlyList<byte[]> requests, int status, int connections = Connections)
    {
        var next = -1;
        var clock = Stopwatch.StartNew();
        OnThreads(port, (connection, _) =>
        {
            for (int n; (n = Interlocked.Increment(ref next)) < requests.Count;) Expect(status, connection.Send(requests[n]));
        }, connections);
        return clock.Elapsed;
    }

    /// <summary>One after another on one connection; milliseconds, sorted.</summary>
    public static double[] Latencies(int port, byte[] request, int count)
    {
        using var connection = new RawConnection(port);
        var times = new double[count];
        for (var n = -20; n < count; n++)
        {
            var began = Stopwatch.GetTimestamp();
            Expect(200, connection.Send(request));
            if (n >= 0) times[n] = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        }
        Array.Sort(times);
        return times;
    }

    private static void OnThreads(int port, Action<RawConnection, int> work, int connections = Connections)
    {
        Exception? failure = null;
        var threads = Enumerable.Range(0, connections).Select(n => new Thread(() =>
        {
            try
            {
                using var connection = new RawConnection(port);
                work(connection, n);
            }
#pragma warning disable CA1031 // It is thrown again below, on the thread that waits.
            catch (Exception error)
#pragma warning restore CA1031
            {
                failure = error;
            }
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        if (failure is not null) throw new BenchException($"Driving port {port} failed: {failure.Message}");
    }

    private static void Expect(int wanted, int got)
    {
        if (got != wanted) throw new BenchException($"answered {got} instead of {wanted}");
    }
}

/// <summary>The measuring itself failed.</summary>
internal sealed class BenchException(string message) : Exception(message);
