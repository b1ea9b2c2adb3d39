namespace Calf.Statuses;

/// <summary>The question of a status and its counts.</summary>
/// <param name="ClosedAt">When its author closed it; a poll can also have ended by its time alone.</param>
/// <param name="VotersCount">Persons, where the poll's server counts them.</param>
/// <param name="HideTotals">The author shows no counts before the end.</param>
public sealed record Poll(
    IReadOnlyList<PollOption> Options, bool Multiple, DateTimeOffset? ExpiresAt, DateTimeOffset? ClosedAt, long? VotersCount, bool HideTotals = false)
{
    public bool HasEnded(DateTimeOffset now) => ClosedAt is not null || ExpiresAt <= now;

    public bool ShowsTotals(DateTimeOffset now) => !HideTotals || HasEnded(now);

    /// <summary>Whether votes in the one mean the same in the other.</summary>
    public bool AsksTheSame(Poll other) => Multiple == other.Multiple && Options.Select(o => o.Title).SequenceEqual(other.Options.Select(o => o.Title));

    /// <summary>The position of an option by its title; -1 when there is none.</summary>
    public int IndexOf(string title)
    {
        for (var i = 0; i < Options.Count; i++)
            if (Options[i].Title == title) return i;
        return -1;
    }
}

public sealed record PollOption(string Title, long Votes);

/// <param name="Choice">Position in the options, from 0.</param>
/// <param name="Uri">The id of the vote's Note.</param>
public sealed record PollVote(long StatusId, long AccountId, int Choice, string Uri, DateTimeOffset CreatedAt);
