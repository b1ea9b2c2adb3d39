using Calf.Statuses;

namespace Calf.Mastodon.Entities;

/// <summary>Makes poll entities. A poll has the id of its status.</summary>
internal static class PollRendering
{
    /// <param name="own">What the owner did; null for a stranger.</param>
    public static PollEntity Render(Status s, Poll poll, IReadOnlyList<EmojiEntity> emojis, OwnRelations? own, DateTimeOffset now)
    {
        var shown = poll.ShowsTotals(now);
        return new PollEntity(
            EntityText.Of(s.Id), poll.ExpiresAt, poll.HasEnded(now), poll.Multiple, poll.Options.Sum(o => o.Votes), poll.VotersCount,
            [.. poll.Options.Select(o => new PollOptionEntity(o.Title, shown ? o.Votes : null))], emojis)
        {
            // Nobody votes in a poll of their own, so apps are told not to offer it.
            Voted = own is null ? null : s.AccountId == own.OwnerId || own.Choices.Contains(s.Id),
            OwnVotes = own is null ? null : [.. own.Choices[s.Id]],
        };
    }

    public static StatusEditPollEntity? Options(IReadOnlyList<PollOption>? options) =>
        options is null ? null : new([.. options.Select(o => new StatusEditOptionEntity(o.Title))]);
}
