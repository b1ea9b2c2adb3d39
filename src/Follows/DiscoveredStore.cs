using System.Globalization;
using Calf.Store;

namespace Calf.Follows;

/// <summary>
/// How many posts a day come here only because a relay or a hashtag's timeline brought them: from nobody whom the owner follows, and not to
/// the owner.
/// </summary>
public static class DiscoveredStore
{
    /// <summary>A day, until the owner says otherwise.</summary>
    public const int UsualMost = 1000;

    public const int HighestMost = 100_000;

    /// <summary>Why one more is not taken.</summary>
    public const string Enough = "As many posts as you allow for a day have come from relays and hashtags.";

    private const string Key = "discovered_per_day";

    /// <summary>How many may come a day.</summary>
    public static int Most(Connection c) => Meta.Get(c, Key) is { } most ? int.Parse(most, CultureInfo.InvariantCulture) : UsualMost;

    public static void SetMost(Connection c, int most) => Meta.Set(c, Key, most.ToString(CultureInfo.InvariantCulture));

    /// <summary>How many came today (UTC).</summary>
    public static int Today(Connection c, DateTimeOffset now) => (int)c.Count($"SELECT posts FROM discovered_days WHERE day = {DayOf(now)}");

    /// <summary>Counts one more; false when there have been enough today.</summary>
    public static bool Take(Connection c, DateTimeOffset now)
    {
        var (day, most) = (DayOf(now), Most(c));
        if (most == 0) return false;
        c.Execute($"DELETE FROM discovered_days WHERE day < {day}");
        return c.Execute($"INSERT INTO discovered_days (day, posts) VALUES ({day}, 1) ON CONFLICT DO UPDATE SET posts = posts + 1 WHERE posts < {(long)most}") > 0;
    }

    private static long DayOf(DateTimeOffset now) => (long)(now - DateTimeOffset.UnixEpoch).TotalDays;
}
