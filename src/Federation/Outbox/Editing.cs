using Calf.Accounts;
using Calf.Events;
using Calf.Federation.Cards;
using Calf.Federation.Documents;
using Calf.Media;
using Calf.Statuses;
using Calf.Store;

namespace Calf.Federation.Outbox;

/// <summary>What a post is to become. <paramref name="Text"/> is Markdown. Without a poll it has none any more, as at Mastodon.</summary>
public sealed record StatusChange(string Text, string SpoilerText = "", bool Sensitive = false, string? Language = null, NewPoll? Poll = null)
{
    /// <summary>The files that it is to have, in their order; null leaves them as they are.</summary>
    public IReadOnlyList<long>? MediaIds { get; init; }

    /// <summary>Other words and focal points for files that it has.</summary>
    public IReadOnlyList<AttachmentChange> Attachments { get; init; } = [];
}

/// <summary>The owner edits a post; the earlier version goes to its history.</summary>
public sealed class Editing(Database database, Owner owner, Site site, Writing writing, Sending sending, EventHub events)
{
    /// <exception cref="ActionException">The post is not the owner's, or the new text is empty or too long.</exception>
    public async Task<Status> Edit(long statusId, StatusChange change, CancellationToken cancel = default)
    {
        var (mayBeEmpty, source) = database.Read(c =>
        {
            Readable.RequireOwn(c, statusId, owner.Id);
            var files = change.MediaIds ?? Attaching.IdsOf(c, statusId);
            var quotes = QuoteStore.Find(c, statusId) is not null;
            return (files.Count > 0 || quotes, Writing.Filled(c, change.Text, change.SpoilerText, files, quotes));
        });
        change = change with { Text = source };
        var text = await writing.Render(change.Text, change.SpoilerText, mayBeEmpty, cancel);
        return await database.Write(c => Apply(c, statusId, change, text));
    }

    private Status Apply(Connection c, long statusId, StatusChange change, RenderedText text)
    {
        var before = Readable.RequireOwn(c, statusId, owner.Id);
        if (before.IsBoost) throw ActionException.Invalid(Words.T("A boost has no text to edit."));
        var filesBefore = Attaching.IdsOf(c, statusId);
        var files = Attaching.Require(c, change.MediaIds ?? filesBefore, filesBefore, writing.MaxAttachments, withPoll: change.Poll is not null);
        var poll = change.Poll?.Begin(writing.Now);
        var status = before with
        {
            Type = poll is null ? "Note" : "Question",
            Content = NewQuote.WithLink(text.Html, QuoteStore.Find(c, statusId)?.QuotedId is { } quoted ? StatusStore.Find(c, quoted) : null),
            Source = change.Text,
            SpoilerText = change.SpoilerText,
            Sensitive = change.Sensitive || change.SpoilerText.Length > 0,
            Language = change.Language ?? before.Language,
            Emojis = OwnEmojiStore.In(c, site, [change.Text, change.SpoilerText, .. change.Poll?.Options ?? []]),
            EditedAt = Later(writing.Now, before.EditedAt ?? before.CreatedAt),
        };
        var changed = Attaching.Change(c, files, change.Attachments);
        if (IsTheSame(c, before, status, poll) && changed.SequenceEqual(files) && files.Select(f => f.Id).SequenceEqual(filesBefore)) return before;
        // Those who were mentioned before have the post too, and must hear that it changed.
        var mentionsBefore = StatusParts.Mentions(c, [statusId]);
        var mentionedBefore = mentionsBefore.Select(m => m.AccountId).ToList();
        StatusStore.Edit(c, status);
        Attaching.Set(c, site, statusId, changed, filesBefore, writing.Now);
        ChangePoll(c, statusId, poll);
        StatusParts.ClearMentionsAndTags(c, status.Id);
        StatusParts.AddMentions(c, status.Id, text.Mentioned.Select(a => (a.Id, false)));
        StatusParts.AddMentions(c, status.Id, mentionsBefore.Where(m => m.Silent).Select(m => (m.AccountId, true)));
        StatusParts.AddTags(c, status.Id, text.Hashtags);
        PostCard.Set(c, site, status, sent: null, changed.Count > 0, own: true, writing.Now);
        var recipients = AccountStore.FindMany(c, mentionedBefore.Concat(QuoteStore.Quoters(c, statusId)).Distinct()).Values.Concat(text.Mentioned).DistinctBy(a => a.Id);
        var update = UpdateBuilder.Build(NoteBuilder.Load(c, site, owner.Required, status));
        if (status.Visibility == Visibility.Direct) sending.To(c, recipients, update, status.Id);
        else sending.ToFollowersAnd(c, recipients, update, status.Id, relayed: status.Visibility == Visibility.Public);
        c.AfterCommit(() => events.Publish(new StatusEdited(status.Id)));
        return status;
    }

    /// <summary>Nothing that could be edited differs. A poll that is sent again begins anew.</summary>
    private static bool IsTheSame(Connection c, Status before, Status after, Poll? poll) =>
        poll is null && PollStore.Find(c, before.Id) is null
        && (before.Source, before.SpoilerText, before.Sensitive, before.Language) == (after.Source, after.SpoilerText, after.Sensitive, after.Language);

    /// <summary>Votes stay only when the poll still asks the same.</summary>
    private static void ChangePoll(Connection c, long statusId, Poll? poll)
    {
        if (poll is null)
        {
            PollStore.Remove(c, statusId);
            return;
        }
        var before = PollStore.Find(c, statusId);
        // An app sends the poll again with each edit of the text: that opens no poll anew that has ended.
        if (before is { ClosedAt: not null } && before.AsksTheSame(poll)) return;
        if (before?.AsksTheSame(poll) != true) PollVoteStore.Clear(c, statusId);
        PollStore.Set(c, statusId, PollVoteStore.Count(c, statusId, poll));
        PollStore.TellEnd(c, statusId, poll.ExpiresAt);
    }

    /// <summary>Two edits in one millisecond still follow each other, for others and in the history.</summary>
    private static DateTimeOffset Later(DateTimeOffset now, DateTimeOffset before) => now > before ? now : before.AddMilliseconds(1);
}
