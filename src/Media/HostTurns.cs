namespace Calf.Media;

/// <summary>Lets few requests at once go to one server, few to all together, and none to one that asked for rest.</summary>
public sealed class HostTurns(TimeProvider time) : IDisposable
{
    public const int PerHost = 3, Together = 8;

    private const int MostHosts = 10_000;

    private readonly SemaphoreSlim all = new(Together, Together);
    private readonly Dictionary<string, (SemaphoreSlim Turn, int Users)> hosts = [];
    private readonly Dictionary<string, DateTimeOffset> resting = [];

    /// <exception cref="RemoteMediaException">The server asked for rest.</exception>
    public async Task<IDisposable> Take(string host, CancellationToken cancel)
    {
        SemaphoreSlim turn;
        lock (hosts)
        {
            if (resting.TryGetValue(host, out var until))
            {
                var left = until - time.GetUtcNow();
                if (left > TimeSpan.Zero) throw new RemoteMediaException(StatusCodes.Status503ServiceUnavailable, $"{host} asks to come back later.", left);
                resting.Remove(host);
            }
            var (known, users) = hosts.GetValueOrDefault(host, (new SemaphoreSlim(PerHost, PerHost), 0));
            hosts[host] = (turn = known, users + 1);
        }
        try
        {
            await turn.WaitAsync(cancel);
            try
            {
                await all.WaitAsync(cancel);
            }
            catch
            {
                turn.Release();
                throw;
            }
        }
        catch
        {
            Leave(host);
            throw;
        }
        return new Taken(() =>
        {
            all.Release();
            turn.Release();
            Leave(host);
        });
    }

    public void Rest(string host, TimeSpan wait)
    {
        lock (hosts)
        {
            if (resting.Count >= MostHosts) resting.Clear();
            resting[host] = time.GetUtcNow() + wait;
        }
    }

    private void Leave(string host)
    {
        lock (hosts)
        {
            var (turn, users) = hosts[host];
            if (users == 1) hosts.Remove(host);
            else hosts[host] = (turn, users - 1);
        }
    }

    public void Dispose() => all.Dispose();

    private sealed class Taken(Action release) : IDisposable
    {
        public void Dispose() => release();
    }
}
