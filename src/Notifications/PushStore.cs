using Calf.Store;

namespace Calf.Notifications;

/// <summary>Whose a subscription is, which goes with it: an app's token or the session of a signed-in browser.</summary>
public sealed record PushHolder(long? TokenId, long? SessionId);

/// <summary>An app or a browser that wants to be told by a push service. There is one for each holder.</summary>
/// <param name="AccessToken">Sent along, since apps know by it for which of their accounts a push is; empty for a browser.</param>
/// <param name="Standard">As RFC 8291 has it; else as its draft had it.</param>
/// <param name="Alerts">The types that it wants.</param>
/// <param name="Policy">A word of <see cref="PushPolicies"/>.</param>
public sealed record PushSubscription(
    long Id, PushHolder Holder, string AccessToken, string Endpoint, byte[] Key, byte[] Auth, bool Standard, IReadOnlyList<string> Alerts, string Policy)
{
    /// <summary>Of the titles: a code of <see cref="PageLanguages"/>.</summary>
    public string Language { get; init; } = PageLanguages.English;
}

/// <summary>Whose doings are pushed.</summary>
public static class PushPolicies
{
    public const string Everybody = "all";
    public const string Followed = "followed";
    public const string Follower = "follower";
    public const string Nobody = "none";

    public static readonly IReadOnlyList<string> All = [Everybody, Followed, Follower, Nobody];
}

/// <summary>A notification that is to be pushed.</summary>
public sealed record QueuedPush(long Id, long SubscriptionId, long NotificationId, int Tries);

/// <summary>Who wants to be pushed, and what is still to be.</summary>
public static class PushStore
{
    private const string Columns = "id, token_id, session_id, access_token, endpoint, p256dh, auth, standard, alerts, policy, language";

    public static PushSubscription? Find(Connection c, PushHolder holder) =>
        c.Find($"SELECT {Columns:raw} FROM push_subscriptions WHERE token_id = {holder.TokenId} OR session_id = {holder.SessionId}", Read);

    public static Dictionary<long, PushSubscription> FindMany(Connection c, IEnumerable<long> ids) =>
        c.Query($"SELECT {Columns:raw} FROM push_subscriptions WHERE id IN {ids}", Read).ToDictionary(s => s.Id);

    /// <summary>Replaces what the holder had, and what was still to be pushed there.</summary>
    public static void Save(Connection c, PushSubscription s)
    {
        if (Find(c, s.Holder) is { } before) Remove(c, before.Id);
        c.Execute($"""
            INSERT INTO push_subscriptions ({Columns:raw})
            VALUES ({s.Id}, {s.Holder.TokenId}, {s.Holder.SessionId}, {s.AccessToken}, {s.Endpoint}, {s.Key}, {s.Auth}, {s.Standard}, {string.Join(',', s.Alerts)}, {s.Policy}, {s.Language})
            """);
    }

    /// <summary>What it wants, whose, and in which language.</summary>
    public static void Change(Connection c, PushSubscription s) =>
        c.Execute($"UPDATE push_subscriptions SET alerts = {string.Join(',', s.Alerts)}, policy = {s.Policy}, language = {s.Language} WHERE id = {s.Id}");

    public static void Remove(Connection c, long id) => c.Execute($"DELETE FROM push_subscriptions WHERE id = {id}");

    /// <summary>Queues a notification for everybody who wants it.</summary>
    public static void Queue(Connection c, long notificationId, string type, long fromAccountId, DateTimeOffset now) => c.Execute($"""
        INSERT INTO pushes (subscription_id, notification_id, due_at)
        SELECT s.id, {notificationId}, {now} FROM push_subscriptions s
        WHERE instr(',' || s.alerts || ',', {"," + type + ","}) > 0 AND (
          s.policy = {PushPolicies.Everybody}
          OR (s.policy = {PushPolicies.Followed} AND EXISTS (SELECT 1 FROM follows f
                WHERE f.account_id = (SELECT id FROM accounts WHERE domain = '') AND f.target_id = {fromAccountId} AND f.accepted = 1))
          OR (s.policy = {PushPolicies.Follower} AND EXISTS (SELECT 1 FROM follows f
                WHERE f.target_id = (SELECT id FROM accounts WHERE domain = '') AND f.account_id = {fromAccountId} AND f.accepted = 1)))
        """);

    public static List<QueuedPush> Due(Connection c, DateTimeOffset now, int limit) => c.Query(
        $"SELECT id, subscription_id, notification_id, tries FROM pushes WHERE due_at <= {now} ORDER BY due_at LIMIT {(long)limit}",
        r => new QueuedPush(r.Long(), r.Long(), r.Long(), r.Int()));

    public static long CountWaiting(Connection c) => c.Count($"SELECT count(*) FROM pushes");

    public static void Done(Connection c, long pushId) => c.Execute($"DELETE FROM pushes WHERE id = {pushId}");

    public static void Delay(Connection c, long pushId, DateTimeOffset until) => c.Execute($"UPDATE pushes SET due_at = {until}, tries = tries + 1 WHERE id = {pushId}");

    private static PushSubscription Read(Row r) => new(
        r.Long(), new PushHolder(r.LongOrNull(), r.LongOrNull()), r.Text(), r.Text(), r.Bytes(), r.Bytes(), r.Bool(), r.Text().Split(',', StringSplitOptions.RemoveEmptyEntries), r.Text())
    { Language = r.Text() };
}
