using Calf.ActivityPub;
using Calf.Moderation;
using Calf.Store;

namespace Calf.Federation;

/// <summary>Nothing is fetched from a blocked domain.</summary>
internal static class DomainRefusal
{
    /// <summary>Why nothing is fetched from this address; null when there is no reason.</summary>
    public static string? Of(Connection c, string address) =>
        Origin.HostOf(address) is { } host && DomainBlockStore.Covers(c, host) ? Words.T("You block the domain {host}.", ("host", host)) : null;
}
