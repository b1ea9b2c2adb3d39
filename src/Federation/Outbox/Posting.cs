using Calf.Accounts;
using Calf.Events;
using Calf.Federation.Cards;
using Calf.Federation.Conversations;
using Calf.Federation.Documents;
using Calf.Media;
using Calf.Statuses;
using Calf.Store;
using Calf.Timelines;

namespace Calf.Federation.Outbox;

/// <summary>A post as the owner wrote it. <paramref name="Text"/> is Markdown.</summary>
/// <param name="IdempotencyKey">A second post with the same key within an hour is the first one again.</param>
public sealed record NewStatus(
    string Text, Visibility Visibility, string SpoilerText = "", bool Sensitive = false, string? Language = null,
    long? InReplyToId = null, long? AppId = null, string? IdempotencyKey = null, NewPoll? Poll = null,
    long? QuotedStatusId = null, QuotePolicy? QuotePolicy = null)
{
    public const string ParentMissing = "The post you are trying to reply to does not appear to exist.";
    public const string QuotedMissing = "The post you are trying to quote does not appear to exist.";

    /// <summary>The files that it is to have, in their order.</summary>
    public IReadOnlyList<long> MediaIds { get; init; } = [];
}

/// <summary>The owner posts: the row is written and the Create queued in one transaction.</summary>
public sealed class Posting(Database database, Owner owner, Site site, Writing writing, Sending sending, EventHub events)
{
    /// <exception cref="ActionException">As below.</exception>
    public Task<Status> Post(NewStatus draft, CancellationToken cancel = default) => Post(draft, null, cancel);

    /// <param name="first">What is to happen in the same transaction, before.</param>
    /// <exception cref="ActionException">The post is empty or too long, its poll cannot be asked so, or what it answers or quotes is not here or not to be quoted.</exception>
    public async Task<Status> Post(NewStatus draft, Action<Connection>? first, CancellationToken cancel)
    {
        if (draft.IdempotencyKey is { } key && database.Read(c => Idempotency.Find(c, key, writing.Now)) is { } earlier) return earlier;
        draft = draft with { Text = database.Read(c => Writing.Filled(c, draft.Text, draft.SpoilerText, draft.MediaIds, draft.QuotedStatusId is not null)) };
        var text = await writing.Render(draft, cancel);
        return await database.Write(c =>
        {
            first?.Invoke(c);
            return Add(c, draft, text);
        });
    }

    private Status Add(Connection c, NewStatus draft, RenderedText text)
    {
        // Asked again inside the transaction: two requests with one key may have been rendered side by side.
        if (draft.IdempotencyKey is { } key && Idempotency.Find(c, key, writing.Now) is { } earlier) return earlier;
        var author = owner.Required;
        var parent = draft.InReplyToId is { } parentId ? Readable.Require(c, parentId, author.Id, NewStatus.ParentMissing) : null;
        if (parent is not null) Allowed.Reply(c, parent, author.Id);
        var quoted = NewQuote.Find(c, draft, author, text);
        var files = Attaching.Require(c, draft.MediaIds, before: [], writing.MaxAttachments, withPoll: draft.Poll is not null);
        var visibility = NewQuote.Narrow(draft.Visibility, quoted);
        var now = writing.Now;
        var poll = draft.Poll?.Begin(now);
        var id = FreeId(c, now);
        var uri = site.StatusUri(author.Username, id);
        var status = StatusStore.Add(c, new Status
        {
            Id = id,
            Uri = uri,
            Url = site.StatusUrl(author.Username, id),
            AccountId = author.Id,
            Type = poll is null ? "Note" : "Question",
            Content = NewQuote.WithLink(text.Html, quoted),
            Source = draft.Text,
            SpoilerText = draft.SpoilerText,
            Sensitive = draft.Sensitive || draft.SpoilerText.Length > 0,
            Visibility = visibility,
            Language = draft.Language,
            CreatedAt = now,
            InReplyToId = parent?.Id,
            InReplyToUri = parent?.Uri,
            InReplyToAccountId = parent?.AccountId,
            Conversation = parent is null ? OwnUris.Thread(uri) : parent.Conversation,
            QuoteUri = quoted?.Uri,
            Emojis = OwnEmojiStore.In(c, site, [draft.Text, draft.SpoilerText, .. draft.Poll?.Options ?? []]),
            AppId = draft.AppId,
        });
        // A group passes on what is addressed to it: without this an answer would stay out of the thread that everybody else sees.
        var groups = status.IsOpen && parent is not null
            ? AccountStore.FindMany(c, ThreadStore.GroupsOf(c, parent, author.Id).Except(text.Mentioned.Select(a => a.Id))).Values.ToList() : [];
        StatusParts.AddMentions(c, status.Id, text.Mentioned.Select(a => (a.Id, false)).Concat(groups.Select(a => (a.Id, true))));
        StatusParts.AddTags(c, status.Id, text.Hashtags);
        Attaching.Set(c, site, status.Id, files, before: [], now);
        if (poll is not null) AddPoll(c, status.Id, poll);
        if (quoted is not null) NewQuote.Add(c, status, quoted, author);
        PostCard.Set(c, site, status, sent: null, files.Count > 0, own: true, now);
        InteractionPolicyStore.Save(c, status.Id, NewQuote.PolicyOf(draft.QuotePolicy ?? PostingDefaults.Read(c).QuotePolicy, visibility));
        TimelineStore.AddToHome(c, status.Id);
        if (parent is not null) ThreadLookStore.Want(c, parent, now, now);
        if (visibility == Visibility.Direct) ConversationStore.Add(c, status, owner.Id, events);
        if (draft.IdempotencyKey is { } newKey) Idempotency.Remember(c, newKey, status.Id, now);
        Send(c, author, status, [.. text.Mentioned, .. groups], parent, quoted);
        c.AfterCommit(() => events.Publish(new StatusAdded(status.Id, Home: true)));
        return status;
    }

    private static void AddPoll(Connection c, long statusId, Poll poll)
    {
        PollStore.Set(c, statusId, poll);
        PollStore.TellEnd(c, statusId, poll.ExpiresAt);
    }

    private void Send(Connection c, Account author, Status status, IReadOnlyList<Account> named, Status? parent, Status? quoted)
    {
        var note = NoteBuilder.Load(c, site, author, status);
        var create = CreateBuilder.Build(note);
        if (quoted is not null) NewQuote.Request(c, note, status, quoted, sending);
        if (status.Visibility == Visibility.Direct)
        {
            sending.To(c, named, create, status.Id);
            return;
        }
        // The author that is answered gets a public answer even when the text does not name them.
        IEnumerable<Account> answered = status.IsOpen && parent is not null && AccountStore.Find(c, parent.AccountId) is { } other ? [other] : [];
        sending.ToFollowersAnd(c, named.Concat(answered), create, status.Id, relayed: status.Visibility == Visibility.Public);
    }

    private static long FreeId(Connection c, DateTimeOffset now)
    {
        // The id is part of the URI, so it has to be free before the row is made.
        var id = Ids.At(now);
        while (StatusStore.Find(c, id) is not null) id = Ids.At(now);
        return id;
    }
}
