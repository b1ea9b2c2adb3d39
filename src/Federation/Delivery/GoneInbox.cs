using Calf.Store;

namespace Calf.Federation.Delivery;

/// <summary>What a 410 means depends on whose inbox it is (wire 112).</summary>
internal static class GoneInbox
{
    /// <summary>Looks through all accounts: for a reader, not for the writer thread.</summary>
    public static DeliveryOutcome Explain(Connection c, string inbox, DeliveryOutcome gone)
    {
        if (c.Exists($"SELECT 1 FROM accounts WHERE shared_inbox = {inbox}")) return gone with { Kind = OutcomeKind.HostGone };
        var accounts = c.Query($"SELECT id FROM accounts WHERE inbox = {inbox} AND domain != '' LIMIT 2", r => r.Long());
        return accounts.Count == 1 ? gone with { GoneAccount = accounts[0] } : gone;
    }
}
