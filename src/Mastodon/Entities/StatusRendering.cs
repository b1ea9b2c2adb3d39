using Calf.Accounts;
using Calf.Interactions;
using Calf.Media;
using Calf.Statuses;
using Calf.Store;

namespace Calf.Mastodon.Entities;

/// <summary>Makes status entities, a page at a time.</summary>
public sealed class StatusRendering(Site site, Owner owner, AccountRendering accounts, AttachmentRendering attachments, RemoteMediaUrls urls, TimeProvider time)
{
    /// <param name="byOwner">The owner reads, and is told what they did with each status.</param>
    public StatusEntity Render(Connection c, Status status, bool byOwner) => Render(c, [status], byOwner)[0];

    /// <summary>In the order of the statuses.</summary>
    public List<StatusEntity> Render(Connection c, IReadOnlyCollection<Status> statuses, bool byOwner)
    {
        var relations = StatusRelations.Of(c, statuses, accounts, byOwner ? owner.Id : null, time.GetUtcNow());
        return [.. statuses.Select(status => Render(status, relations))];
    }

    /// <summary>In the order of the ids; statuses that are gone are left out.</summary>
    public List<StatusEntity> RenderIds(Connection c, IReadOnlyList<long> ids, bool byOwner) =>
        Render(c, StatusStore.FindInOrder(c, ids), byOwner);

    /// <summary>The earlier versions and the present one, oldest first.</summary>
    public List<StatusEditEntity> History(Connection c, Status status)
    {
        var relations = StatusRelations.Of(c, [status], accounts, ownerId: null, time.GetUtcNow());
        var now = new StatusEdit(status.EditedAt ?? status.CreatedAt, status.Content, status.SpoilerText, status.Sensitive, PollStore.Find(c, status.Id)?.Options);
        var media = StatusParts.Attachments(c, [status.Id])[status.Id].Select(attachments.Render).ToList();
        return [.. StatusStore.History(c, status.Id).Append(now).Select(edit => new StatusEditEntity(
            edit.Content, edit.SpoilerText, edit.Sensitive, edit.CreatedAt, relations.Accounts[status.AccountId], edit.Attachments is { } files ? [.. files.Select(attachments.Render)] : media,
            accounts.Emojis(status.Emojis)) { Poll = PollRendering.Options(edit.PollOptions) })];
    }

    /// <param name="isQuoted">Of what it quotes in turn only the id is told.</param>
    private StatusEntity Render(Status s, StatusRelations relations, bool isQuoted = false)
    {
        var boosted = s.BoostOfId is { } id ? relations.Boosted.GetValueOrDefault(id) : null;
        // What a person does with a boost they do with the post, so its marks are those of the post.
        var acted = boosted?.Id ?? s.Id;
        var own = relations.Own;
        return new StatusEntity
        {
            Id = EntityText.Of(s.Id),
            CreatedAt = s.CreatedAt,
            InReplyToId = EntityText.Of(s.InReplyToId),
            InReplyToAccountId = EntityText.Of(s.InReplyToAccountId),
            Sensitive = s.Sensitive,
            SpoilerText = s.SpoilerText,
            Visibility = EntityText.Of(s.Visibility),
            Language = s.Language,
            Uri = s.Uri,
            Url = s.Url,
            RepliesCount = s.RepliesCount,
            ReblogsCount = s.BoostsCount,
            FavouritesCount = s.FavouritesCount,
            QuotesCount = relations.Policies.Counts.GetValueOrDefault(s.Id),
            EditedAt = s.EditedAt,
            Content = s.Content,
            Reblog = boosted is null ? null : Render(boosted, relations),
            Application = s.AppId is { } app && relations.Apps.GetValueOrDefault(app) is { } known ? new(known.Name, known.Website) : null,
            Account = relations.Accounts[s.AccountId],
            MediaAttachments = [.. relations.Attachments[s.Id].Select(attachments.Render)],
            Mentions = [.. Mentions(s, relations)],
            Tags = [.. relations.Tags[s.Id].Select(name => new StatusTagEntity(name, site.TagUrl(name)))],
            Emojis = accounts.Emojis(s.Emojis),
            Card = CardEntity.Of(relations.Cards.GetValueOrDefault(s.Id), urls, relations.Accounts, own?.OwnerId),
            Poll = relations.Polls.GetValueOrDefault(s.Id) is { } poll ? PollRendering.Render(s, poll, accounts.Emojis(s.Emojis), own, time.GetUtcNow()) : null,
            Quote = relations.Quotes.Of(s) is { } quote ? Quote(quote, relations, isQuoted) : null,
            QuoteApproval = QuoteRendering.Approval(s, relations.Policies, own?.OwnerId),
            Favourited = own?.Marks.Favourited.Contains(acted),
            Reblogged = own?.Marks.Boosted.Contains(acted),
            Bookmarked = own?.Marks.Bookmarked.Contains(acted),
            EmojiReactions = own is null ? null : Reactions(own.Reactions[s.Id]),
            Muted = own?.Muted.Contains(acted),
            ThreadFollowed = own?.ThreadsFollowed.Contains(acted) == true ? true : null,
            Filtered = own is null ? null : relations.Filters!.Of(s, boosted ?? s, relations),
            Pinned = own is not null && s.AccountId == own.OwnerId && !s.IsBoost && s.Visibility != Visibility.Direct ? own.Marks.Pinned.Contains(s.Id) : null,
        };
    }

    private QuoteEntity Quote(Quote quote, StatusRelations relations, bool isQuoted)
    {
        var (state, quoted) = (relations.Quotes.StateOf(quote), relations.Quotes.Quoted(quote));
        return isQuoted
            ? new ShallowQuoteEntity(state, EntityText.Of(quoted?.Id))
            : new WholeQuoteEntity(state, quoted is null ? null : Render(quoted, relations, isQuoted: true));
    }

    private List<EmojiReactionEntity>? Reactions(IEnumerable<Reaction> reactions)
    {
        List<EmojiReactionEntity> grouped = [.. reactions.GroupBy(r => (r.Name, r.Url)).Select(g => new EmojiReactionEntity(
            g.Key.Name, g.Count(), Me: false, urls.Of(g.Key.Url, RemoteShape.Emoji), urls.Of(g.Key.Url, RemoteShape.EmojiStill), [.. g.Select(r => EntityText.Of(r.AccountId))]))];
        return grouped.Count > 0 ? grouped : null;
    }

    private static IEnumerable<MentionEntity> Mentions(Status s, StatusRelations relations) =>
        from mention in relations.Mentions[s.Id]
        where !mention.Silent
        let account = relations.Accounts.GetValueOrDefault(mention.AccountId)
        where account is not null
        select new MentionEntity(account.Id, account.Username, account.Url, account.Acct);
}
