using Calf.Accounts;
using Calf.Media;
using Calf.Statuses;
using Calf.Store;

namespace Calf.Web;

/// <summary>A quoted post with its author.</summary>
public sealed record QuotedPost(Status Status, Account Author);

/// <summary>What a post answers, where anybody may read that. <paramref name="Handle"/>: of its author; null where that is the answer's own author.</summary>
public sealed record AnsweredPost(string Url, string? Handle);

/// <summary>What a page shows of a post besides its text.</summary>
/// <param name="Card">Null beside files or a quoted post, which are shown instead.</param>
public sealed record StatusBody(IReadOnlyList<Attachment> Media, Poll? Poll, QuotedPost? Quoted, Card? Card)
{
    /// <summary>Hashtags without their sign.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    public AnsweredPost? Answers { get; init; }

    public IReadOnlyList<CustomEmoji> Emojis { get; init; } = [];

    /// <summary>For a whole page at once.</summary>
    public static Dictionary<long, StatusBody> Load(Connection c, IReadOnlyCollection<Status> statuses, RemoteMediaUrls urls)
    {
        List<long> ids = [.. statuses.Select(s => s.Id).Distinct()];
        var media = StatusParts.Attachments(c, ids);
        var polls = PollStore.FindMany(c, ids);
        var quoted = QuotedBy(c, ids, urls);
        var cards = CardStore.FindMany(c, ids);
        var tags = StatusParts.Tags(c, ids);
        var answered = AnsweredBy(c, statuses);
        var emojis = statuses.DistinctBy(s => s.Id).ToDictionary(s => s.Id, s => urls.Shown(s.Emojis));
        return ids.ToDictionary(id => id, id => new StatusBody([.. media[id].Select(urls.Shown)], polls.GetValueOrDefault(id), quoted.GetValueOrDefault(id),
            media.Contains(id) || quoted.ContainsKey(id) || cards.GetValueOrDefault(id) is not { } card ? null : card with { ImageUrl = urls.Of(card.ImageUrl, RemoteShape.Preview) })
        {
            Tags = [.. tags[id]],
            Answers = answered.GetValueOrDefault(id),
            Emojis = emojis[id],
        });
    }

    private static Dictionary<long, AnsweredPost> AnsweredBy(Connection c, IReadOnlyCollection<Status> statuses)
    {
        var answers = statuses.Where(s => s.InReplyToId is not null).DistinctBy(s => s.Id).ToList();
        if (answers.Count == 0) return [];
        var posts = StatusStore.FindMany(c, answers.Select(s => s.InReplyToId!.Value).Distinct()).Where(p => StatusAccess.MayRead(c, p.Value, null)).ToDictionary();
        var authors = AccountStore.FindMany(c, posts.Values.Select(s => s.AccountId).Distinct());
        return answers.Where(s => posts.ContainsKey(s.InReplyToId!.Value)).ToDictionary(s => s.Id, s => posts[s.InReplyToId!.Value] is var post && post.AccountId == s.AccountId
            ? new AnsweredPost(post.Url, null)
            : new AnsweredPost(post.Url, authors[post.AccountId].Acct));
    }

    /// <summary>What anybody may see, and what its author agreed to.</summary>
    private static Dictionary<long, QuotedPost> QuotedBy(Connection c, List<long> ids, RemoteMediaUrls urls)
    {
        var quotes = QuoteStore.FindMany(c, ids).Values.Where(q => q is { State: QuoteState.Accepted, QuotedId: not null }).ToList();
        if (quotes.Count == 0) return [];
        var posts = StatusStore.FindMany(c, quotes.Select(q => q.QuotedId!.Value)).Where(p => StatusAccess.MayRead(c, p.Value, null)).ToDictionary();
        var authors = AccountStore.FindMany(c, posts.Values.Select(s => s.AccountId).Distinct());
        return quotes.Where(q => posts.ContainsKey(q.QuotedId!.Value))
            .ToDictionary(q => q.StatusId, q => Quoted(posts[q.QuotedId!.Value]));
        QuotedPost Quoted(Status post) => new(post with { Emojis = urls.Shown(post.Emojis) }, urls.Shown(authors[post.AccountId]));
    }
}
