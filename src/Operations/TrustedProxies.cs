using System.Net;
using Microsoft.AspNetCore.HttpOverrides;

namespace Calf.Operations;

/// <summary>
/// Whose X-Forwarded-For and X-Forwarded-Proto are believed: from anybody else they would let a stranger choose the address by
/// which attempts are counted. Never X-Forwarded-Host, since the names of this server come from the settings.
/// </summary>
public static class TrustedProxies
{
    public static ForwardedHeadersOptions Options(Settings settings)
    {
        // Loopback is in the lists to begin with.
        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
            // As far back as the proxies named go, not one hop only.
            ForwardLimit = null,
        };
        foreach (var proxy in settings.TrustedProxies)
            if (IPAddress.TryParse(proxy, out var address)) options.KnownProxies.Add(address);
            else options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(proxy));
        return options;
    }
}
