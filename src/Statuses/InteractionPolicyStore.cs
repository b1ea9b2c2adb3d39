using Calf.Store;

namespace Calf.Statuses;

/// <summary>The policies of those posts whose authors stated any.</summary>
public static class InteractionPolicyStore
{
    private const string Columns =
        "status_id, quote_automatic, quote_manual, reply_automatic, reply_manual, like_automatic, like_manual, boost_automatic, boost_manual";

    public static void Save(Connection c, long statusId, InteractionPolicy? policy)
    {
        if (policy is not { } p) c.Execute($"DELETE FROM interaction_policies WHERE status_id = {statusId}");
        else c.Execute($"""
            INSERT OR REPLACE INTO interaction_policies ({Columns:raw}) VALUES ({statusId},
              {(long?)p.Quote?.Automatic}, {(long?)p.Quote?.Manual}, {(long?)p.Reply?.Automatic}, {(long?)p.Reply?.Manual},
              {(long?)p.Like?.Automatic}, {(long?)p.Like?.Manual}, {(long?)p.Boost?.Automatic}, {(long?)p.Boost?.Manual})
            """);
    }

    public static InteractionPolicy? Find(Connection c, long statusId) => FindMany(c, [statusId]).GetValueOrDefault(statusId);

    public static Dictionary<long, InteractionPolicy> FindMany(Connection c, IEnumerable<long> statusIds) =>
        c.Query($"SELECT {Columns:raw} FROM interaction_policies WHERE status_id IN {statusIds}",
            r => (Id: r.Long(), Policy: new InteractionPolicy(Sub(r), Sub(r), Sub(r), Sub(r)))).ToDictionary(p => p.Id, p => p.Policy);

    private static SubPolicy? Sub(Row r)
    {
        var (automatic, manual) = (r.IntOrNull(), r.IntOrNull());
        return automatic is { } a ? new SubPolicy((PolicyGroups)a, (PolicyGroups)(manual ?? 0)) : null;
    }
}
