using System.Net;
using System.Net.Sockets;

namespace Calf.Security;

/// <summary>
/// Opens sockets for <see cref="SafeHttp"/>. The name is resolved here and the connection goes to the very address that was
/// checked, so that a name which changes its answer between check and use gains nothing (wire 114).
/// </summary>
internal sealed class SafeConnect(SafeHttpOptions options)
{
    /// <summary>With more than one address left, a dead first one may not use up the whole connect time.</summary>
    private static readonly TimeSpan PerAddress = SafeHttp.ConnectTimeout / 2;

    public SocketsHttpHandler CreateHandler() => new()
    {
        ConnectCallback = async (context, ct) => await Connect(context.DnsEndPoint, ct),
        ConnectTimeout = SafeHttp.ConnectTimeout,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        // A proxy would resolve names itself, behind the address check.
        UseProxy = false,
        UseCookies = false,
        MaxConnectionsPerServer = options.ConnectionsPerHost,
        MaxResponseHeadersLength = SafeHttp.MaxHeaderKilobytes,
        MaxResponseDrainSize = SafeHttp.MaxBodyBytes,
        ResponseDrainTimeout = TimeSpan.FromSeconds(1),
        PooledConnectionLifetime = SafeHttp.ConnectionLifetime,
        PooledConnectionIdleTimeout = SafeHttp.IdleConnectionLifetime,
        ActivityHeadersPropagator = null,
    };

    /// <summary>Refuses a URL whose host is an address that may not be reached; a name passes and is judged when it connects.</summary>
    public void CheckLiteral(Uri uri)
    {
        if (IPAddress.TryParse(uri.IdnHost, out var address)) Check(uri.IdnHost, address);
    }

    private async ValueTask<Stream> Connect(DnsEndPoint target, CancellationToken ct)
    {
        var addresses = await Resolve(target.Host, ct);
        SocketException? last = null;
        foreach (var address in addresses)
        {
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
                if (addresses.Count > 1) limit.CancelAfter(PerAddress);
                await socket.ConnectAsync(new IPEndPoint(address, target.Port), limit.Token);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (SocketException e)
            {
                socket.Dispose();
                last = e;
            }
            catch (OperationCanceledException) when (!ct.IsCancellationRequested)
            {
                socket.Dispose();
                last = new SocketException((int)SocketError.TimedOut);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }
        throw new SafeHttpException(SafeHttpReason.ConnectFailed, $"{target.Host} does not accept connections: {last?.Message}", last);
    }

    private async Task<List<IPAddress>> Resolve(string host, CancellationToken ct)
    {
        if (IPAddress.TryParse(host, out var literal))
        {
            Check(host, literal);
            return [literal];
        }
        IPAddress[] found;
        try
        {
            found = await options.Resolve(host, ct);
        }
        catch (SocketException e)
        {
            throw new SafeHttpException(SafeHttpReason.NameNotFound, $"The name {host} cannot be resolved: {e.Message}", e);
        }
        if (found.Length == 0) throw new SafeHttpException(SafeHttpReason.NameNotFound, $"The name {host} has no address.");
        var usable = found.Where(a => options.Allows(SpecialAddresses.KindOf(a))).ToList();
        if (usable.Count == 0) Check(host, found[0]);
        return usable;
    }

    private void Check(string host, IPAddress address)
    {
        if (SpecialAddresses.Find(address) is { } range && !options.Allows(range.Kind))
            throw new SafeHttpException(SafeHttpReason.AddressRefused, $"{host} is at {address}, a {range.Name} address, and is not contacted.");
    }
}
