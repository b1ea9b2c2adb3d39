using Calf.Statuses;

namespace Calf.Federation.Outbox;

/// <summary>A poll as the owner asks it.</summary>
/// <param name="ExpiresIn">From when it is sent.</param>
/// <param name="HideTotals">Nobody sees counts before the end.</param>
public sealed record NewPoll(IReadOnlyList<string> Options, TimeSpan? ExpiresIn, bool Multiple = false, bool HideTotals = false)
{
    public const int MaxOptions = 4;
    public const int MaxOptionCharacters = 50;
    public static readonly TimeSpan MinDuration = TimeSpan.FromMinutes(5);

    /// <summary>A month by Mastodon's measure.</summary>
    public static readonly TimeSpan MaxDuration = TimeSpan.FromSeconds(2_629_746);

    /// <exception cref="ActionException">422: too few, too many, too long or equal options, or too short or long a time.</exception>
    public Poll Begin(DateTimeOffset now)
    {
        List<string> titles = [.. Options.Select(o => o.Trim()).Where(o => o.Length > 0)];
        var wrong =
            titles.Count < 2 ? Words.T("Choices must have more than one item")
            : titles.Count > MaxOptions ? Words.T("Choices can't contain more than {most} items", ("most", Words.Digits(MaxOptions)))
            : titles.Any(t => StatusLength.Of(t) > MaxOptionCharacters) ? Words.T("Choices cannot be longer than {most} characters each", ("most", Words.Digits(MaxOptionCharacters)))
            : titles.Distinct().Count() < titles.Count ? Words.T("Choices contain duplicate items")
            : ExpiresIn is null ? Words.T("Deadline can't be blank")
            : ExpiresIn > MaxDuration ? Words.T("Deadline is too far into the future")
            : ExpiresIn < MinDuration ? Words.T("Deadline is too soon")
            : "";
        if (wrong.Length > 0) throw ActionException.Invalid(Validation.Failed(wrong));
        return new Poll([.. titles.Select(t => new PollOption(t, 0))], Multiple, now + ExpiresIn, ClosedAt: null, VotersCount: 0, HideTotals);
    }
}
