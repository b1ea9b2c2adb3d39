using Calf.Store;

namespace Calf.Interactions;

/// <summary>Which of some statuses the owner favourited, boosted, bookmarked and pinned.</summary>
public sealed record OwnMarks(HashSet<long> Favourited, HashSet<long> Boosted, HashSet<long> Bookmarked, HashSet<long> Pinned)
{
    /// <summary>Asks one statement for all four: each page of statuses needs them.</summary>
    public static OwnMarks Among(Connection c, long ownerId, IReadOnlyCollection<long> statusIds)
    {
        var marks = c.Query($"""
            SELECT 0, status_id FROM favourites WHERE account_id = {ownerId} AND status_id IN {statusIds}
            UNION ALL SELECT 1, boost_of_id FROM statuses WHERE account_id = {ownerId} AND boost_of_id IN {statusIds}
            UNION ALL SELECT 2, status_id FROM bookmarks WHERE status_id IN {statusIds}
            UNION ALL SELECT 3, status_id FROM pins WHERE status_id IN {statusIds}
            """, r => (Kind: r.Long(), StatusId: r.Long())).ToLookup(mark => mark.Kind, mark => mark.StatusId);
        return new([.. marks[0]], [.. marks[1]], [.. marks[2]], [.. marks[3]]);
    }
}
