using Calf.Store;

namespace Calf.Federation.Gaps;

/// <summary>A server of which not everything could be had. <paramref name="Accounts"/>: how many of those the owner follows are there.</summary>
/// <param name="Answered">It gave an answer, though not what was asked for.</param>
public sealed record GapServer(string Host, int Accounts, bool Answered, string Reason);

/// <summary>What came of a gap, so far or at last.</summary>
/// <param name="Accounts">Looked at.</param>
/// <param name="Waiting">Of these, still to be read.</param>
/// <param name="Recovered">Those of whom posts came.</param>
/// <param name="Cut">Those of whom there was more than is fetched.</param>
/// <param name="Missed">Boosts of posts that could not be had.</param>
public sealed record GapReport(Gap Gap, int Accounts, int Waiting, int Recovered, int Posts, int Cut, int Missed, IReadOnlyList<GapServer> Servers)
{
    /// <summary>One sentence of it, without a full stop.</summary>
    public string Sentence
    {
        get
        {
            var silent = Servers.Count(s => !s.Answered);
            var refusing = Servers.Count - silent;
            return $"offline {Span(Gap.To - Gap.From)}: {Many(Posts, "post")} from {Many(Recovered, "account")} recovered"
                + (Gap.FinishedAt is null ? " so far" : "")
                + (silent > 0 ? $", {Many(silent, "server")} did not answer" : "")
                + (refusing > 0 ? $", {Many(refusing, "server")} showed nothing" : "")
                + (Cut > 0 ? $", {Many(Cut, "account")} wrote more than is fetched" : "");
        }
    }

    public static List<GapReport> Latest(Connection c, int limit) => Of(c, GapStore.Latest(c, limit));

    public static GapReport Of(Connection c, Gap gap) => Of(c, [gap])[0];

    private static List<GapReport> Of(Connection c, List<Gap> gaps)
    {
        List<long> ids = [.. gaps.Select(gap => gap.Id)];
        var reports = gaps.ToDictionary(gap => gap.Id, gap => new GapReport(gap, 0, 0, 0, 0, 0, 0, []));
        c.Query($"""
            SELECT gap_id, count(*), sum(state = 0), sum(posts > 0), sum(posts), sum(state = 4), sum(missed) FROM gap_walks WHERE gap_id IN {ids} GROUP BY gap_id
            """, r => new GapReport(reports[r.Long()].Gap, r.Int(), r.Int(), r.Int(), r.Int(), r.Int(), r.Int(), [])).ForEach(report => reports[report.Gap.Id] = report);
        var servers = c.Query($"""
            SELECT gap_id, host, count(*), state = 3, max(coalesce(reason, '')) FROM gap_walks WHERE gap_id IN {ids} AND state IN (2, 3) GROUP BY gap_id, host, state ORDER BY host
            """, r => (Gap: r.Long(), Server: new GapServer(r.Text(), r.Int(), r.Bool(), r.Text()))).ToLookup(row => row.Gap, row => row.Server);
        return gaps.ConvertAll(gap => reports[gap.Id] with { Servers = [.. servers[gap.Id]] });
    }

    public static long Total(Connection c, long gapId) => c.Count($"SELECT sum(posts) FROM gap_walks WHERE gap_id = {gapId}");

    /// <summary>In the unit in which one would say it, rounded down.</summary>
    public static string Span(TimeSpan span) => span.TotalHours switch
    {
        < 1 => $"{(long)span.TotalMinutes} min",
        < 48 => $"{(long)span.TotalHours} h",
        _ => $"{(long)span.TotalDays} days",
    };

    private static string Many(int n, string what) => $"{n} {what}{(n == 1 ? "" : "s")}";
}
