using Calf.Store;

namespace Calf.Notifications;

/// <summary>Which notifications are wanted. No <paramref name="Types"/> means all types.</summary>
/// <param name="AccountId">Only from this account; then also what waits in the requests tray, as at Mastodon.</param>
/// <param name="WithFiltered">Also what waits in the requests tray.</param>
public sealed record NotificationFilter(IReadOnlyCollection<string> Types, IReadOnlyCollection<string> Except, long? AccountId = null, bool WithFiltered = false)
{
    public static readonly NotificationFilter All = new([], []);

    internal Sql Condition => Sql.Of($"""
        ({Types.Count == 0} OR type IN {Types}) AND type NOT IN {Except}
        AND ({AccountId is null} OR account_id = {AccountId}) AND ({WithFiltered || AccountId is not null} OR filtered = 0)
        """);

    /// <summary>The statement for a page, which reads no more for a rare type or account than there is of it.</summary>
    internal Sql Rows(string columns, Paging page)
    {
        IReadOnlyList<string> types = [.. NotificationTypes.All.Where(type => (Types.Count == 0 || Types.Contains(type)) && !Except.Contains(type))];
        var rows = Sql.Of($"SELECT {columns:raw} FROM notifications WHERE {(WithFiltered || AccountId is not null ? "1 = 1" : "filtered = 0"):raw}");
        // The plus signs keep SQLite from walking all notifications by id for the few of one account.
        if (AccountId is { } account) return Sql.Of($"{rows} AND account_id = {account} AND type IN {types} AND {page.On("+id")}");
        if (types.Count == NotificationTypes.All.Count || types.Count == 0) return Sql.Of($"{rows} AND {types.Count > 0} AND {page.On("id")}");
        // Each type by its index, which SQLite merges.
        var each = types.Select(type => Sql.Of($"{rows} AND type = {type} AND {page.Within("id")}"));
        return Sql.Of($"{each.Aggregate((all, next) => Sql.Of($"{all} UNION ALL {next}"))} {page.Order("id")}");
    }
}
