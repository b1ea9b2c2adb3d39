using Calf.Store;

namespace Calf.Follows;

public enum RelayState
{
    Asked = 0,
    Accepted = 1,
    Refused = 2,
}

/// <summary>A server that passes public posts around among its subscribers.</summary>
/// <param name="Url">As the owner gave it: an inbox in Mastodon's way, an actor in LitePub's.</param>
/// <param name="ActorUri">In Mastodon's way null until it has accepted.</param>
/// <param name="FollowUri">The id of our Follow, which its answer names.</param>
public sealed record Relay(string Url, string Inbox, string? ActorUri, bool LitePub, string FollowUri, RelayState State, DateTimeOffset CreatedAt);

public static class RelayStore
{
    private const string Columns = "url, inbox, actor_uri, litepub, follow_uri, state, created_at";

    public static void Save(Connection c, Relay r) => c.Execute($"""
        INSERT OR REPLACE INTO relays ({Columns:raw})
        VALUES ({r.Url}, {r.Inbox}, {r.ActorUri}, {r.LitePub}, {r.FollowUri}, {(long)r.State}, {r.CreatedAt})
        """);

    public static void Remove(Connection c, string url) => c.Execute($"DELETE FROM relays WHERE url = {url}");

    public static Relay? Find(Connection c, string url) => c.Find($"SELECT {Columns:raw} FROM relays WHERE url = {url}", Read);

    /// <summary>The relay whose subscription began with this Follow.</summary>
    public static Relay? FindByFollow(Connection c, string followUri) => c.Find($"SELECT {Columns:raw} FROM relays WHERE follow_uri = {followUri}", Read);

    public static Relay? FindByActor(Connection c, string actorUri) => c.Find($"SELECT {Columns:raw} FROM relays WHERE actor_uri = {actorUri}", Read);

    /// <summary>Whether what this actor brings was asked for.</summary>
    public static bool IsSubscribed(Connection c, string actorUri) => FindByActor(c, actorUri) is { State: RelayState.Accepted };

    public static List<Relay> All(Connection c) => c.Query($"SELECT {Columns:raw} FROM relays ORDER BY created_at, url", Read);

    private static Relay Read(Row r) => new(r.Text(), r.Text(), r.TextOrNull(), r.Bool(), r.Text(), (RelayState)r.Int(), r.Time());
}
