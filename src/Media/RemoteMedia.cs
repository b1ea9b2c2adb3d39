using System.Security.Cryptography;
using System.Text;

namespace Calf.Media;

/// <summary>A file to show, open; whoever gets it closes it.</summary>
/// <param name="Tag">Stands for the content.</param>
public sealed record OpenedMedia(Stream Stream, MediaType Type, string Tag);

/// <summary>Files of other servers for viewers here: from the cache, else fetched once for all who wait.</summary>
public sealed class RemoteMedia(RemoteCache cache, RemoteFetching fetching, IHostApplicationLifetime life)
{
    private readonly Dictionary<string, Flight> flights = [];

    /// <exception cref="RemoteMediaException">It cannot be shown.</exception>
    public async Task<OpenedMedia> Open(string url, RemoteShape shape, CancellationToken cancel)
    {
        var uri = new Uri(url);
        fetching.Demand(uri);
        var key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{shape.Word()}\n{url}")));
        if (Cached(key) is { } known) return known;
        var flight = Join(key, uri, shape);
        try
        {
            await Task.WhenAny(flight.Landed, flight.Arrival.Begun).WaitAsync(cancel);
            if (!flight.Landed.IsCompleted && flight.Arrival.Read() is { } along) return new OpenedMedia(along, await flight.Arrival.Begun, key);
            var (type, kept) = await flight.Landed.WaitAsync(cancel);
            return (kept ? Cached(key) : new OpenedMedia(flight.Arrival.Read()!, type, key))
                ?? throw new RemoteMediaException(StatusCodes.Status503ServiceUnavailable, "The cache is too small for what is shown at once.", TimeSpan.Zero);
        }
        finally
        {
            Leave(key, flight);
        }
    }

    private OpenedMedia? Cached(string key)
    {
        if (cache.Find(key) is not { } file) return null;
        if (file.Extension is null) throw new RemoteMediaException(file.Status, file.Reason, TimeSpan.Zero);
        return cache.Open(file) is { } stream ? new OpenedMedia(stream, MediaType.OfExtension(file.Extension)!, key) : null;
    }

    private Flight Join(string key, Uri uri, RemoteShape shape)
    {
        lock (flights)
        {
            if (!flights.TryGetValue(key, out var flight))
            {
                flights[key] = flight = new Flight(cache.Receive());
                flight.Landed = Fly(key, uri, shape, flight);
            }
            flight.Users++;
            return flight;
        }
    }

    /// <summary>Goes on when its viewers go away: the next one wants it too.</summary>
    private async Task<(MediaType Type, bool Kept)> Fly(string key, Uri uri, RemoteShape shape, Flight flight)
    {
        // Not under the lock that it is called in.
        await Task.Yield();
        try
        {
            var type = await fetching.Fetch(uri, shape, flight.Arrival, life.ApplicationStopping);
            return (type, await cache.Keep(key, flight.Arrival, type));
        }
        catch (RemoteMediaException e) when (e.Wait > TimeSpan.Zero)
        {
            await cache.Refuse(key, e.Status, e.Message, e.Wait);
            throw;
        }
        finally
        {
            Leave(key, flight);
        }
    }

    /// <summary>With the last user goes the file, if it was not kept; though not under the hands of who has it open.</summary>
    private void Leave(string key, Flight flight)
    {
        lock (flights)
        {
            if (--flight.Users > 0) return;
            flights.Remove(key);
            flight.Arrival.Dispose();
        }
    }

    /// <summary>A file that is being fetched, for all who wait for it.</summary>
    private sealed class Flight(Arrival arrival)
    {
        public Arrival Arrival => arrival;

        public Task<(MediaType Type, bool Kept)> Landed { get; set; } = null!;

        /// <summary>The fetching itself and its viewers.</summary>
        public int Users { get; set; } = 1;
    }
}
