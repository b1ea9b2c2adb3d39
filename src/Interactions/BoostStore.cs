using Calf.Store;

namespace Calf.Interactions;

/// <summary>Questions about boosts; the boosts themselves are statuses with <c>boost_of_id</c>.</summary>
public static class BoostStore
{
    public static HashSet<long> Among(Connection c, long accountId, IEnumerable<long> statusIds) =>
        [.. c.Query($"SELECT boost_of_id FROM statuses WHERE account_id = {accountId} AND boost_of_id IN {statusIds}", r => r.Long())];

    /// <param name="shown">A condition on the account, from <see cref="Moderation.Hidden"/>.</param>
    public static List<long> AccountsOf(Connection c, long statusId, Paging page, Sql shown) =>
        page.NewestFirst(c.Query($"SELECT account_id FROM statuses WHERE boost_of_id = {statusId} AND {shown} AND {page.On("account_id")}", r => r.Long()));
}
