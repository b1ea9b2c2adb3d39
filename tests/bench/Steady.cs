using System.Diagnostics;

namespace Calf.Bench;

/// <summary>
/// So many requests a second, one after another out of a list, whether the server keeps up or not. A request that had to wait since
/// the one before it was not answered counts from when it should have been sent.
/// </summary>
internal sealed class Steady : IDisposable
{
    private readonly int port, rate;
    private readonly IReadOnlyList<byte[]> requests;
    private readonly List<Thread> threads;
    private readonly Lock changing = new();
    private List<double>[]? times;
    private volatile bool stop;
    private volatile Exception? failure;

    public Steady(int port, IReadOnlyList<byte[]> requests, int rate)
    {
        (this.port, this.requests, this.rate) = (port, requests, rate);
        threads = [.. Enumerable.Range(0, Load.Connections).Select(n => new Thread(() => Send(n)))];
        threads.ForEach(thread => thread.Start());
    }

    /// <summary>Milliseconds, sorted, of each of the requests while something is done.</summary>
    public double[][] During(Action work)
    {
        var collected = requests.Select(_ => new List<double>()).ToArray();
        lock (changing) times = collected;
        work();
        lock (changing) times = null;
        if (failure is not null) throw new BenchException($"A request failed: {failure.Message}");
        return [.. collected.Select(list => list.Order().ToArray())];
    }

    private void Send(int first)
    {
        try
        {
            using var connection = new RawConnection(port);
            var clock = Stopwatch.StartNew();
            for (var n = first; !stop; n += Load.Connections)
            {
                var due = TimeSpan.FromSeconds((double)n / rate);
                var began = due;
                if (due > clock.Elapsed)
                {
                    Thread.Sleep(due - clock.Elapsed);
                    // The system wakes a sleeper late, which is no fault of the server's.
                    began = clock.Elapsed;
                }
                if (connection.Send(requests[n % requests.Count]) is not 200 and var status) throw new BenchException($"it answered {status}");
                var took = (clock.Elapsed - began).TotalMilliseconds;
                lock (changing) times?[n % requests.Count].Add(took);
            }
        }
#pragma warning disable CA1031 // It is thrown again by During.
        catch (Exception error)
#pragma warning restore CA1031
        {
            failure = error;
        }
    }

    public void Dispose()
    {
        stop = true;
        threads.ForEach(thread => thread.Join());
    }
}
