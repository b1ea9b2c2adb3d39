using Calf.Store;

namespace Calf.Interactions;

/// <summary>Who favourited what. Keeps the count on the status.</summary>
public static class FavouriteStore
{
    /// <summary>False if it was there already.</summary>
    public static bool Add(Connection c, long statusId, long accountId, string uri, DateTimeOffset now)
    {
        var added = c.Execute($"""
            INSERT OR IGNORE INTO favourites (status_id, account_id, uri, created_at) VALUES ({statusId}, {accountId}, {uri}, {now})
            """) > 0;
        if (added) c.Execute($"UPDATE statuses SET favourites_count = favourites_count + 1 WHERE id = {statusId}");
        return added;
    }

    public static bool Remove(Connection c, long statusId, long accountId)
    {
        var removed = c.Execute($"DELETE FROM favourites WHERE status_id = {statusId} AND account_id = {accountId}") > 0;
        if (removed) c.Execute($"UPDATE statuses SET favourites_count = max(0, favourites_count - 1) WHERE id = {statusId}");
        return removed;
    }

    /// <summary>Another activity of the account stands for its favourite from now on.</summary>
    public static void Rename(Connection c, long statusId, long accountId, string uri) =>
        c.Execute($"UPDATE favourites SET uri = {uri} WHERE status_id = {statusId} AND account_id = {accountId}");

    /// <summary>The id of the Like activity; null if there is none.</summary>
    public static string? UriOf(Connection c, long statusId, long accountId) =>
        c.Find($"SELECT uri FROM favourites WHERE status_id = {statusId} AND account_id = {accountId}", r => r.Text());

    /// <summary>What a Like activity with this id by this account favourited.</summary>
    public static long? StatusOf(Connection c, string uri, long accountId) =>
        c.FindValue($"SELECT status_id FROM favourites WHERE uri = {uri} AND account_id = {accountId}", r => r.Long());

    /// <param name="shown">A condition on the account, from <see cref="Moderation.Hidden"/>.</param>
    public static List<long> AccountsOf(Connection c, long statusId, Paging page, Sql shown) =>
        page.NewestFirst(c.Query($"SELECT account_id FROM favourites WHERE status_id = {statusId} AND {shown} AND {page.On("account_id")}", r => r.Long()));

    public static List<long> StatusesOf(Connection c, long accountId, Paging page) =>
        page.NewestFirst(c.Query($"SELECT status_id FROM favourites WHERE account_id = {accountId} AND {page.On("status_id")}", r => r.Long()));
}
