using Calf.Federation.Inbox;

namespace Calf.Federation.Why;

/// <summary>Brings a post or an account here as looking it up does, without telling anybody.</summary>
public sealed class Retrieving(RemoteStatuses statuses, RemoteAccounts accounts)
{
    /// <summary>Whatever it is. What cannot be had is left out without a word: its server is asked for the reason.</summary>
    /// <param name="handleOrUrl">An address, a page for people too, or a handle.</param>
    internal async Task Fetch(string handleOrUrl, CancellationToken cancel)
    {
        try
        {
            if (handleOrUrl.Contains("://", StringComparison.Ordinal) && (await statuses.Fetch(handleOrUrl, cancel)).Status is not null) return;
            await accounts.Resolve(handleOrUrl, cancel);
        }
        catch (Exception nothing) when (nothing is ActionException or TryLaterException)
        {
            // Told by who asks.
        }
    }
}
