using Calf.Store;

namespace Calf.Media;

/// <summary>What was measured on earlier days, and how fast it grows.</summary>
public static class DiskDayStore
{
    /// <summary>Growth is the mean of so many days.</summary>
    public const int Looked = 30;

    /// <summary>A year and a day.</summary>
    private const int Kept = 366;

    public static bool Has(Connection c, DateOnly day) => c.Exists($"SELECT 1 FROM disk_days WHERE day = {NumberOf(day)}");

    public static void Note(Connection c, DiskDay day)
    {
        c.Execute($"INSERT OR REPLACE INTO disk_days (day, database, media, cache) VALUES ({NumberOf(day.Day)}, {day.Database}, {day.Media}, {day.Cache})");
        c.Execute($"DELETE FROM disk_days WHERE day < {NumberOf(day.Day) - Kept}");
    }

    /// <summary>
    /// Bytes a day of database and media, which nothing bounds; null before the second day. The cache has its budget.
    /// </summary>
    public static double? Growth(Connection c, DateOnly today)
    {
        var days = c.Query($"SELECT day, database + media FROM disk_days WHERE day > {NumberOf(today) - Looked} ORDER BY day", r => (Day: r.Long(), Bytes: r.Long()));
        return days.Count < 2 ? null : (double)(days[^1].Bytes - days[0].Bytes) / (days[^1].Day - days[0].Day);
    }

    private static long NumberOf(DateOnly day) => day.DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;
}
