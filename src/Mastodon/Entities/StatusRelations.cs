using Calf.Accounts;
using Calf.Follows;
using Calf.Interactions;
using Calf.Moderation;
using Calf.Statuses;
using Calf.Store;

namespace Calf.Mastodon.Entities;

/// <summary>Everything that entities of some statuses need, asked at once: the number of statements does not depend on how many there are.</summary>
internal sealed class StatusRelations
{
    public required Dictionary<long, Status> Boosted { get; init; }

    public required Dictionary<long, AccountEntity> Accounts { get; init; }

    public required ILookup<long, Mention> Mentions { get; init; }

    public required ILookup<long, string> Tags { get; init; }

    public required ILookup<long, Attachment> Attachments { get; init; }

    public required Dictionary<long, Poll> Polls { get; init; }

    public required Dictionary<long, Card> Cards { get; init; }

    public required Dictionary<long, ClientApp> Apps { get; init; }

    public required QuoteRelations Quotes { get; init; }

    public required QuotePolicies Policies { get; init; }

    /// <summary>The owner's filters; null for a stranger.</summary>
    public required FilterMatches? Filters { get; init; }

    /// <summary>What the owner did with them; null for a stranger.</summary>
    public required OwnRelations? Own { get; init; }

    /// <param name="ownerId">Null when a stranger reads.</param>
    public static StatusRelations Of(Connection c, IReadOnlyCollection<Status> statuses, AccountRendering rendering, long? ownerId, DateTimeOffset now)
    {
        var boosted = StatusStore.FindMany(c, statuses.Select(s => s.BoostOfId).OfType<long>());
        List<Status> asked = [.. statuses, .. boosted.Values];
        var quotes = QuoteRelations.In(c, asked, ownerId, now);
        List<Status> all = [.. asked, .. quotes.Shown];
        List<long> ids = [.. all.Select(s => s.Id).Distinct()];
        var mentions = StatusParts.Mentions(c, ids);
        var cards = CardStore.FindMany(c, ids);
        var accounts = AccountStore.FindMany(c, all.Select(s => s.AccountId)
            .Concat(mentions.Select(m => m.AccountId)).Concat(cards.Values.Select(card => card.AuthorId).OfType<long>()).Distinct());
        return new StatusRelations
        {
            Boosted = boosted,
            Accounts = rendering.Render(c, accounts.Values, ownerId is not null).Zip(accounts.Keys).ToDictionary(pair => pair.Second, pair => pair.First),
            Mentions = mentions.ToLookup(m => m.StatusId),
            Tags = StatusParts.Tags(c, ids),
            Attachments = StatusParts.Attachments(c, ids),
            Cards = cards,
            Polls = PollStore.FindMany(c, ids),
            Apps = AppStore.FindMany(c, all.Select(s => s.AppId).OfType<long>().Distinct()),
            Quotes = quotes,
            Policies = QuotePolicies.Of(c, all, ownerId),
            Filters = ownerId is null ? null : FilterMatches.Of(c, ids, now),
            Own = ownerId is { } owner ? OwnRelations.Of(c, owner, ids) : null,
        };
    }
}

/// <summary>
/// What the owner did with some statuses, which of them are in threads that they muted or follow, what others reacted with, and what the
/// owner chose in polls.
/// </summary>
internal sealed record OwnRelations(
    long OwnerId, OwnMarks Marks, HashSet<long> Muted, HashSet<long> ThreadsFollowed, ILookup<long, Reaction> Reactions, ILookup<long, int> Choices)
{
    public static OwnRelations Of(Connection c, long owner, IReadOnlyCollection<long> ids) =>
        new(owner, OwnMarks.Among(c, owner, ids), ConversationMutes.Among(c, ids), ThreadFollowStore.Among(c, ids), ReactionStore.Of(c, ids), PollVoteStore.Choices(c, owner, ids));
}
