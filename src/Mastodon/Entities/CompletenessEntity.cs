using Calf.Federation;
using Calf.Federation.Conversations;

namespace Calf.Mastodon.Entities;

/// <summary>How much of a thread is here: Calf's own.</summary>
/// <param name="Here">Replies in the whole thread that are shown.</param>
/// <param name="Announced">Replies that its servers told of.</param>
/// <param name="Missing">The others, by reason.</param>
/// <param name="Beginning">The post that the first one here answers; null when the thread begins here.</param>
/// <param name="Posts">Each missing reply that is known by its address.</param>
/// <param name="Servers">Those that did not say what answers there are.</param>
/// <param name="Looking">Whether it is being looked for more at this moment.</param>
public sealed record CompletenessEntity(
    int Here, long Announced, IReadOnlyList<MissingCountEntity> Missing, MissingPostEntity? Beginning, IReadOnlyList<MissingPostEntity> Posts,
    IReadOnlyList<SilentServerEntity> Servers, bool Looking, DateTimeOffset? LookedAt, DateTimeOffset? NextLookAt)
{
    public static CompletenessEntity Of(Completeness c, DateTimeOffset now) => new(
        c.Here, c.Announced, [.. Counts(c).Where(m => m.Count > 0)],
        c.Missing.FirstOrDefault(m => m.Above) is { } above ? MissingPostEntity.Of(above) : null,
        [.. c.Missing.Where(m => !m.Above).Select(MissingPostEntity.Of)],
        [.. c.Silent.Select(s => new SilentServerEntity(s.Host, AbsenceWords.Of(s.Absence), s.Reason, s.Posts))],
        c.Look?.IsRunning(now) ?? false, c.Look?.EndedAt, c.Look?.DueAt);

    private static IEnumerable<MissingCountEntity> Counts(Completeness c)
    {
        long Named(Absence absence) => c.Missing.Count(m => !m.Above && m.Absence == absence);
        yield return new(AbsenceWords.Of(Absence.Deleted), Named(Absence.Deleted));
        yield return new(AbsenceWords.Of(Absence.NotPublic), Named(Absence.NotPublic) + c.ForFew);
        yield return new("unlisted", c.Unlisted);
        yield return new(AbsenceWords.Of(Absence.Refused), Named(Absence.Refused));
        yield return new(AbsenceWords.Of(Absence.Blocked), Named(Absence.Blocked) + c.Hidden);
        yield return new(AbsenceWords.Of(Absence.Unreachable), Named(Absence.Unreachable));
        yield return new(AbsenceWords.Of(Absence.Unreadable), Named(Absence.Unreadable));
        yield return new("over_cap", c.Beyond);
        yield return new(AbsenceWords.Of(Absence.Waiting), Named(Absence.Waiting));
    }
}

/// <param name="Reason">deleted, not_public, unlisted (counted by its server and not shown), refused, blocked, unreachable, unreadable, over_cap or waiting.</param>
public sealed record MissingCountEntity(string Reason, long Count);

/// <param name="Detail">What happened, as a sentence.</param>
public sealed record MissingPostEntity(string Uri, string Host, string Reason, string Detail, DateTimeOffset? NextTryAt)
{
    public static MissingPostEntity Of(MissingPost m) =>
        new(m.Uri, m.Host, AbsenceWords.Of(m.Absence), m.Reason, m.DueAt);
}

public sealed record SilentServerEntity(string Host, string Reason, string Detail, int Posts);

public static class AbsenceWords
{
    public static string Of(Absence absence) => absence switch
    {
        Absence.Waiting => "waiting",
        Absence.Deleted => "deleted",
        Absence.Refused => "refused",
        Absence.NotPublic => "not_public",
        Absence.Unreachable => "unreachable",
        Absence.Blocked => "blocked",
        _ => "unreadable",
    };
}

/// <summary>Whether a look for more is still under way (https://docs.joinmastodon.org/entities/AsyncRefresh/).</summary>
/// <param name="Status"><c>running</c> or <c>finished</c>.</param>
public sealed record AsyncRefreshEntity(string Id, string Status, int ResultCount);

public sealed record AsyncRefreshAnswer(AsyncRefreshEntity AsyncRefresh);
