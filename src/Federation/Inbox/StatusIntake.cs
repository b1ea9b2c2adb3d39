using System.Text.Json;
using Calf.Accounts;
using Calf.ActivityPub;
using Calf.Events;
using Calf.Federation.Cards;
using Calf.Federation.Conversations;
using Calf.Follows;
using Calf.Moderation;
using Calf.Notifications;
using Calf.Statuses;
using Calf.Store;
using Calf.Timelines;

namespace Calf.Federation.Inbox;

/// <summary>Stores posts from elsewhere and puts them where they belong: home, notifications, the streams.</summary>
public sealed class StatusIntake(Owner owner, EventHub events, Notifying notifying, QuoteIntake quotes, Site site, TimeProvider time)
{
    /// <summary>Until an answer to the owner may have got answers of its own.</summary>
    private static readonly TimeSpan UntilAnswered = TimeSpan.FromMinutes(15);

    /// <summary>
    /// Whether a post that nobody asked for is taken: its author is followed, it mentions, answers or quotes the owner, or it answers
    /// somebody followed (wire 94) or in a thread that the owner follows.
    /// </summary>
    public bool Concerns(Connection c, RemoteObject remote, Account author, bool personal) =>
        personal
        || FollowStore.IsFollowing(c, owner.Id, author.Id)
        || remote.Audience.Includes(owner.Required.Uri)
        || remote.Tags.Mentions.Any(m => m.Uri == owner.Required.Uri)
        || (remote.Quote is { } quotedUri && StatusStore.FindByUri(c, quotedUri)?.AccountId == owner.Id)
        || (remote.InReplyTo is { } parentUri && StatusStore.FindByUri(c, parentUri) is { } parent
            && (parent.AccountId == owner.Id || FollowStore.IsFollowing(c, owner.Id, parent.AccountId) || ThreadFollowStore.Since(c, parent) is not null));

    /// <summary>Stores the post unless it is here already or was deleted before. Null when it was deleted.</summary>
    /// <param name="told">Whether the owner hears of it; false for what was only fetched to be looked at.</param>
    /// <param name="personal">It came to the owner's own inbox, which makes them a silent recipient (wire 95).</param>
    public Status? Store(Connection c, PreparedStatus prepared, Account author, bool told, bool personal)
    {
        var remote = prepared.Remote;
        if (StatusStore.FindByUri(c, remote.Uri) is { } known) return known;
        if (Tombstones.Find(c, remote.Uri) is not null) return null;
        if (DomainMarks.RejectsMedia(c, author.Id)) (prepared, remote) = prepared.WithoutMedia();
        var created = TimeOf(remote.Published, time.GetUtcNow());
        var status = StatusStore.Add(c, new Status
        {
            Id = Ids.At(created),
            Uri = remote.Uri,
            Url = remote.Url ?? remote.Uri,
            AccountId = author.Id,
            Type = remote.Type,
            Title = prepared.Title,
            Content = prepared.Content,
            SpoilerText = prepared.SpoilerText,
            Sensitive = remote.Sensitive || prepared.SpoilerText.Length > 0,
            Visibility = VisibilityOf(remote.Audience, author),
            Language = remote.Language,
            CreatedAt = created,
            StoredAt = time.GetUtcNow(),
            EditedAt = remote.Updated > created ? remote.Updated : null,
            InReplyToUri = remote.InReplyTo,
            Conversation = remote.Conversation ?? remote.Context,
            QuoteUri = remote.Quote,
            Emojis = EmojisOf(remote),
        });
        RemoteEmojiStore.Learn(c, author.Domain, status.Emojis, time.GetUtcNow());
        var mentions = MentionedAccounts(c, remote);
        if (personal && mentions.All(m => m.AccountId != owner.Id)) mentions.Add((owner.Id, true));
        AddParts(c, status, prepared, mentions);
        quotes.Take(c, status.Id, remote, author);
        if (!told)
        {
            TellFollowedThread(c, status, told);
            return status;
        }
        Place(c, status);
        // Answers to the owner come by themselves; answers to those do not.
        if (status.InReplyToAccountId == owner.Id) ThreadLookStore.Want(c, status, time.GetUtcNow() + UntilAnswered, time.GetUtcNow());
        if (!Tell(c, status, mentions.Contains((owner.Id, false)), mentions.Exists(m => m.AccountId == owner.Id), isNews: true)) TellFollowedThread(c, status, told);
        return status;
    }

    /// <summary>Tells the owner of a stored post that names them, or that they asked to be told of, and puts a direct one into its conversation.</summary>
    /// <param name="addressed">It is for the owner, named or not.</param>
    /// <param name="isNews">It is young enough to be told of only because its author is somebody of whom the owner wants to hear.</param>
    /// <returns>Whether there was a reason to tell.</returns>
    public bool Tell(Connection c, Status status, bool named, bool addressed, bool isNews)
    {
        if (status.Visibility == Visibility.Direct && addressed) ConversationStore.Add(c, status, owner.Id, events);
        var awaited = isNews && status.InReplyToId is null && FollowStore.Find(c, owner.Id, status.AccountId) is { Notify: true, Accepted: true };
        if (named || awaited) notifying.Tell(c, named ? NotificationTypes.Mention : NotificationTypes.Status, status.AccountId, status.Id);
        return named || awaited;
    }

    /// <summary>
    /// A new reply in a thread that the owner follows is told as <c>status</c>, Mastodon's word for a post that one asked to hear of. What
    /// was only fetched is told too, since most replies to others come no other way, but not what was there before the thread was followed.
    /// </summary>
    private void TellFollowedThread(Connection c, Status status, bool told)
    {
        if (status.InReplyToUri is null || ThreadFollowStore.Since(c, status) is not { } since || (!told && status.CreatedAt <= since)) return;
        if (MuteStore.Find(c, status.AccountId, time.GetUtcNow()) is not null || !StatusAccess.MayRead(c, status, owner.Id)) return;
        notifying.Tell(c, NotificationTypes.Status, status.AccountId, status.Id);
    }

    /// <summary>
    /// Replaces the text and parts of a stored post. Only what its author changed counts as an edit; new votes do not, whatever the
    /// date beside them (wire 101).
    /// </summary>
    public void Revise(Connection c, Status known, PreparedStatus prepared)
    {
        if (DomainMarks.RejectsMedia(c, known.AccountId)) prepared = prepared.WithoutMedia().Prepared;
        var asksAnew = prepared.Poll is { } asked && PollStore.Find(c, known.Id)?.AsksTheSame(asked) == false;
        if (prepared.Remote.Updated is { } updated && updated > (known.EditedAt ?? known.CreatedAt) && (asksAnew || Differs(c, known, prepared)))
            Rewrite(c, known, prepared, updated);
        else
            Refresh(c, known, prepared);
        if (prepared.Poll is { } poll) RevisePoll(c, known.Id, poll, asksAnew);
        var author = AccountStore.Find(c, known.AccountId)!;
        RemoteEmojiStore.Learn(c, author.Domain, EmojisOf(prepared.Remote), time.GetUtcNow());
        quotes.Revise(c, known.Id, prepared.Remote, author);
    }

    private static bool Differs(Connection c, Status known, PreparedStatus prepared) =>
        known.Content != prepared.Content || known.Title != prepared.Title || known.SpoilerText != prepared.SpoilerText
        || known.Sensitive != (prepared.Remote.Sensitive || prepared.SpoilerText.Length > 0)
        || (prepared.Remote.Language is { } language && language != known.Language)
        || !StatusParts.Attachments(c, [known.Id])[known.Id].Select(Authored).SequenceEqual(prepared.Attachments.Select(Authored));

    /// <summary>What the author says of a file.</summary>
    private static (string Url, string Description, double? X, double? Y) Authored(Attachment a) => (a.Url, a.Description, a.FocusX, a.FocusY);

    /// <summary>What the author's server changes by itself, such as a preview that took a while or the picture of an emoji, is no edit.</summary>
    private void Refresh(Connection c, Status known, PreparedStatus prepared)
    {
        var before = StatusParts.Attachments(c, [known.Id])[known.Id].ToList();
        var files = before.Select(Authored).SequenceEqual(prepared.Attachments.Select(Authored))
            ? prepared.Attachments.Select((a, i) => a with { Id = before[i].Id }).ToList() : before;
        var emojis = EmojisOf(prepared.Remote);
        if (files.SequenceEqual(before) && emojis.SequenceEqual(known.Emojis)) return;
        StatusParts.ClearAttachments(c, known.Id);
        StatusParts.AddAttachments(c, known.Id, files);
        StatusStore.SetEmojis(c, known.Id, emojis);
        c.AfterCommit(() => events.Publish(new StatusEdited(known.Id)));
    }

    private void Rewrite(Connection c, Status known, PreparedStatus prepared, DateTimeOffset updated)
    {
        var remote = prepared.Remote;
        var edited = known with
        {
            Type = remote.Type,
            Title = prepared.Title,
            Content = prepared.Content,
            SpoilerText = prepared.SpoilerText,
            Sensitive = remote.Sensitive || prepared.SpoilerText.Length > 0,
            Language = remote.Language ?? known.Language,
            EditedAt = updated,
            Emojis = EmojisOf(remote),
        };
        StatusStore.Edit(c, edited);
        var silent = StatusParts.Mentions(c, [known.Id]).Where(m => m.Silent).Select(m => (m.AccountId, true)).ToList();
        StatusParts.ClearMentionsAndTags(c, known.Id);
        // What stays the same file stays the same attachment, for apps that have it open.
        var before = StatusParts.Attachments(c, [known.Id])[known.Id].DistinctBy(a => a.Url).ToDictionary(a => a.Url, a => a.Id);
        prepared = prepared with { Attachments = [.. prepared.Attachments.Select(a => before.Remove(a.Url, out var id) ? a with { Id = id } : a)] };
        StatusParts.ClearAttachments(c, known.Id);
        AddParts(c, edited with { QuoteUri = remote.Quote }, prepared, [.. MentionedAccounts(c, remote), .. silent]);
        c.AfterCommit(() => events.Publish(new StatusEdited(known.Id)));
    }

    /// <summary>New counts, another end, or another question, to which the owner's answer does not belong.</summary>
    private void RevisePoll(Connection c, long statusId, Poll poll, bool asksAnew)
    {
        if (asksAnew) PollVoteStore.Clear(c, statusId);
        PollStore.Set(c, statusId, poll);
        if (PollVoteStore.HasVoted(c, statusId, owner.Id) && !NotificationStore.Exists(c, NotificationTypes.Poll, statusId))
            PollStore.TellEnd(c, statusId, poll.ClosedAt is null ? poll.ExpiresAt + Outbox.PollWorker.LastCountsTake : time.GetUtcNow());
        c.AfterCommit(() => events.Publish(new PollChanged(statusId)));
    }

    /// <summary>Stores a boost by the Announce that tells of it; null when it is here already. Nobody is told.</summary>
    public static Status? AddBoost(Connection c, Status boosted, Account booster, JsonElement announce, DateTimeOffset arrived)
    {
        if (announce.OwnId() is not { } uri || StatusStore.FindByUri(c, uri) is not null || StatusStore.FindBoost(c, boosted.Id, booster.Id) is not null) return null;
        var when = TimeOf(announce.Date("published"), arrived);
        return StatusStore.Add(c, new Status
        {
            Id = Ids.At(when),
            Uri = uri,
            Url = boosted.Url,
            AccountId = booster.Id,
            Type = "Announce",
            Visibility = VisibilityOf(Audience.Read(announce), booster),
            CreatedAt = when,
            StoredAt = arrived,
            BoostOfId = boosted.Id,
        });
    }

    /// <summary>Puts a stored status in the home timeline if it belongs there, and says that it is here.</summary>
    public void Place(Connection c, Status status)
    {
        var home = HomeFeed.Takes(c, status.Id, owner.Id, time.GetUtcNow());
        if (home) TimelineStore.AddToHome(c, status.Id);
        c.AfterCommit(() => events.Publish(new StatusAdded(status.Id, home)));
    }

    public static Visibility VisibilityOf(Audience audience, Account author) =>
        audience.ToPublic ? Visibility.Public
        : audience.CcPublic ? Visibility.Unlisted
        : author.FollowersUri is { } followers && audience.Includes(followers) ? Visibility.Private
        : Visibility.Direct;

    /// <summary>The date that a document claims, but never one in the future; without one, the time of arrival (wire 72).</summary>
    public static DateTimeOffset TimeOf(DateTimeOffset? claimed, DateTimeOffset arrived) =>
        claimed is { } date && date < arrived && date > DateTimeOffset.UnixEpoch ? date : arrived;

    private static List<CustomEmoji> EmojisOf(RemoteObject remote) =>
        [.. remote.Tags.Emojis.Select(e => new CustomEmoji(e.Name, e.Image.Url))];

    private void AddParts(Connection c, Status status, PreparedStatus prepared, IEnumerable<(long AccountId, bool Silent)> mentions)
    {
        StatusParts.AddMentions(c, status.Id, mentions);
        StatusParts.AddTags(c, status.Id, prepared.Remote.Tags.Hashtags);
        StatusParts.AddAttachments(c, status.Id, prepared.Attachments);
        PostCard.Set(c, site, status, prepared.Card, prepared.Attachments.Count > 0, own: false, time.GetUtcNow());
        if (prepared.Poll is { } poll) PollStore.Set(c, status.Id, poll);
    }

    private static List<(long AccountId, bool Silent)> MentionedAccounts(Connection c, RemoteObject remote) =>
        [.. remote.Tags.Mentions.Select(m => AccountStore.FindByUri(c, m.Uri)).OfType<Account>().Select(a => (a.Id, false))];
}
