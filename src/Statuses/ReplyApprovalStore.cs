using Calf.Store;

namespace Calf.Statuses;

/// <summary>Approvals of the owner's answers by those who were answered (GoToSocial's <c>approvedBy</c>).</summary>
public static class ReplyApprovalStore
{
    /// <summary>False when it was known.</summary>
    public static bool Save(Connection c, long statusId, string uri) => c.Execute($"""
        INSERT INTO reply_approvals (status_id, uri) VALUES ({statusId}, {uri})
        ON CONFLICT (status_id) DO UPDATE SET uri = excluded.uri WHERE uri != excluded.uri
        """) > 0;

    public static Dictionary<long, string> FindMany(Connection c, IEnumerable<long> statusIds) =>
        c.Query($"SELECT status_id, uri FROM reply_approvals WHERE status_id IN {statusIds}", r => (Id: r.Long(), Uri: r.Text())).ToDictionary(a => a.Id, a => a.Uri);
}
