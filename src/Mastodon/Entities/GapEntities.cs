using Calf.Federation.Gaps;

namespace Calf.Mastodon.Entities;

/// <summary>A time in which this server was away. The numbers are those of <see cref="GapReport"/>; they grow until it is finished.</summary>
/// <param name="Text">The same in one sentence, such as <c>offline 9 h: 143 posts from 61 accounts recovered, 2 servers did not answer</c>.</param>
public sealed record GapEntity(
    string Id, DateTimeOffset FromAt, DateTimeOffset ToAt, DateTimeOffset? FinishedAt, int Accounts, int Waiting, int Recovered, int Posts, int Cut, int Missed,
    IReadOnlyList<GapServerEntity> Servers, string Text)
{
    public static GapEntity Of(GapReport r) => new(
        EntityText.Of(r.Gap.Id), r.Gap.From, r.Gap.To, r.Gap.FinishedAt, r.Accounts, r.Waiting, r.Recovered, r.Posts, r.Cut, r.Missed,
        [.. r.Servers.Select(s => new GapServerEntity(s.Host, s.Accounts, s.Answered, s.Reason))], r.Sentence);
}

/// <param name="Answered">False: no answer came, however often it was asked.</param>
public sealed record GapServerEntity(string Host, int Accounts, bool Answered, string Reason);
