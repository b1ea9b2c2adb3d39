using System.Text.Json;
using Calf.Accounts;
using Calf.Store;

namespace Calf.Statuses;

/// <summary>The statuses table: posts and boosts of everybody.</summary>
public static class StatusStore
{
    internal const string Columns =
        "id, uri, url, account_id, type, title, content, source, spoiler_text, sensitive, visibility, language, created_at, edited_at, " +
        "in_reply_to_id, in_reply_to_uri, in_reply_to_account_id, boost_of_id, conversation, quote_uri, emojis, replies_count, " +
        "boosts_count, favourites_count, app_id";

    public static Status? Find(Connection c, long id) =>
        c.Find($"SELECT {Columns:raw} FROM statuses WHERE id = {id}", Read);

    public static Status? FindByUri(Connection c, string uri) =>
        c.Find($"SELECT {Columns:raw} FROM statuses WHERE uri = {uri}", Read);

    /// <summary>By ActivityPub id or page; a boost has no page of its own.</summary>
    public static Status? FindByAddress(Connection c, string address) =>
        FindByUri(c, address)
        ?? c.Query($"SELECT {Columns:raw} FROM statuses WHERE url = {address} AND boost_of_id IS NULL LIMIT {PageAddress.MaxClaims}", Read)
            .Find(s => PageAddress.IsOwn(s.Url, s.Uri));

    public static Dictionary<long, Status> FindMany(Connection c, IEnumerable<long> ids) =>
        c.Query($"SELECT {Columns:raw} FROM statuses WHERE id IN {ids}", Read).ToDictionary(s => s.Id);

    /// <summary>The statuses with these ids, in the order of the ids; those that are gone are left out.</summary>
    public static List<Status> FindInOrder(Connection c, IReadOnlyList<long> ids)
    {
        var found = FindMany(c, ids);
        return [.. ids.Where(found.ContainsKey).Select(id => found[id])];
    }

    /// <summary>The ids of an account's newest posts and boosts, newest first.</summary>
    public static List<long> NewestOf(Connection c, long accountId, int limit) =>
        c.Query($"SELECT id FROM statuses WHERE account_id = {accountId} ORDER BY id DESC LIMIT {(long)limit}", r => r.Long());

    public static Status? FindBoost(Connection c, long statusId, long byAccountId) =>
        c.Find($"SELECT {Columns:raw} FROM statuses WHERE boost_of_id = {statusId} AND account_id = {byAccountId}", Read);

    /// <summary>
    /// Adds a status, links the replies that waited for it and counts it. Returns it with the id that it got: another one than
    /// asked for if that was taken.
    /// </summary>
    public static Status Add(Connection c, Status s)
    {
        while (c.Exists($"SELECT 1 FROM statuses WHERE id = {s.Id}")) s = s with { Id = s.Id + 1 };
        if (s.InReplyToId is null && s.InReplyToUri is not null && FindByUri(c, s.InReplyToUri) is { } parent)
            s = s with { InReplyToId = parent.Id, InReplyToAccountId = parent.AccountId };
        var emojis = CustomEmoji.ToJson(s.Emojis);
        c.Execute($"""
            INSERT INTO statuses ({Columns:raw}, stored_at) VALUES (
              {s.Id}, {s.Uri}, {s.Url}, {s.AccountId}, {s.Type}, {s.Title}, {s.Content}, {s.Source}, {s.SpoilerText}, {s.Sensitive},
              {s.Visibility}, {s.Language}, {s.CreatedAt}, {s.EditedAt}, {s.InReplyToId}, {s.InReplyToUri}, {s.InReplyToAccountId},
              {s.BoostOfId}, {s.Conversation}, {s.QuoteUri}, {emojis}, {s.RepliesCount}, {s.BoostsCount}, {s.FavouritesCount}, {s.AppId},
              {s.StoredAt ?? s.CreatedAt})
            """);
        if (s.BoostOfId is { } boosted) c.Execute($"UPDATE statuses SET boosts_count = boosts_count + 1 WHERE id = {boosted}");
        if (s.InReplyToId is { } answered) c.Execute($"UPDATE statuses SET replies_count = replies_count + 1 WHERE id = {answered}");
        AdoptOrphans(c, s);
        c.Execute($"""
            UPDATE accounts SET last_status_at = max(coalesce(last_status_at, 0), {s.CreatedAt}), statuses_count = statuses_count + (domain = '')
            WHERE id = {s.AccountId}
            """);
        return s;
    }

    /// <summary>Replaces text, warning, language and date of edit; the earlier version goes to the history, with the files that the post has until then.</summary>
    public static void Edit(Connection c, Status s)
    {
        var emojis = CustomEmoji.ToJson(s.Emojis);
        var files = JsonSerializer.Serialize([.. StatusParts.Attachments(c, [s.Id])[s.Id]], StatusJson.Default.IReadOnlyListAttachment);
        c.Execute($"""
            INSERT OR IGNORE INTO status_edits (status_id, created_at, content, spoiler_text, sensitive, poll_options, attachments)
            SELECT id, coalesce(edited_at, created_at), content, spoiler_text, sensitive, (SELECT options FROM polls WHERE status_id = id), {files}
            FROM statuses WHERE id = {s.Id}
            """);
        c.Execute($"""
            UPDATE statuses SET type = {s.Type}, title = {s.Title}, content = {s.Content}, source = {s.Source},
              spoiler_text = {s.SpoilerText}, sensitive = {s.Sensitive}, language = {s.Language}, edited_at = {s.EditedAt}, emojis = {emojis}
            WHERE id = {s.Id}
            """);
    }

    public static void SetEmojis(Connection c, long id, IReadOnlyList<CustomEmoji> emojis)
    {
        var json = CustomEmoji.ToJson(emojis);
        c.Execute($"UPDATE statuses SET emojis = {json} WHERE id = {id}");
    }

    /// <summary>Removes a status with everything that hangs on it, its boosts too.</summary>
    public static void Remove(Connection c, Status s)
    {
        if (s.BoostOfId is { } boosted)
            c.Execute($"UPDATE statuses SET boosts_count = max(0, boosts_count - 1) WHERE id = {boosted}");
        if (s.InReplyToId is { } answered)
            c.Execute($"UPDATE statuses SET replies_count = max(0, replies_count - 1) WHERE id = {answered}");
        c.Execute($"UPDATE accounts SET statuses_count = max(0, statuses_count - 1) WHERE id = {s.AccountId} AND domain = ''");
        // The replies stay, and say by URI what they answered.
        c.Execute($"UPDATE statuses SET in_reply_to_id = NULL WHERE in_reply_to_id = {s.Id}");
        if (s.Visibility == Visibility.Direct) ConversationStore.Leave(c, s.Id);
        c.Execute($"DELETE FROM statuses WHERE id = {s.Id}");
    }

    /// <summary>
    /// Puts posts of others away that can be fetched again. What they counted for stays counted, as their servers say it. Returns how many went.
    /// </summary>
    public static int Forget(Connection c, IReadOnlyCollection<long> ids)
    {
        c.Execute($"UPDATE statuses SET in_reply_to_id = NULL WHERE in_reply_to_id IN {ids}");
        return c.Execute($"DELETE FROM statuses WHERE id IN {ids}");
    }

    public static List<StatusEdit> History(Connection c, long id) =>
        c.Query($"SELECT created_at, content, spoiler_text, sensitive, poll_options, attachments FROM status_edits WHERE status_id = {id} ORDER BY created_at",
            r => new StatusEdit(
                r.Time(), r.Text(), r.Text(), r.Bool(), r.TextOrNull() is { } options ? PollStore.OptionsOf(options) : null,
                r.TextOrNull() is { } files ? JsonSerializer.Deserialize(files, StatusJson.Default.IReadOnlyListAttachment) : null));

    internal static Status Read(Row r) => new()
    {
        Id = r.Long(),
        Uri = r.Text(),
        Url = r.Text(),
        AccountId = r.Long(),
        Type = r.Text(),
        Title = r.Text(),
        Content = r.Text(),
        Source = r.TextOrNull(),
        SpoilerText = r.Text(),
        Sensitive = r.Bool(),
        Visibility = (Visibility)r.Int(),
        Language = r.TextOrNull(),
        CreatedAt = r.Time(),
        EditedAt = r.TimeOrNull(),
        InReplyToId = r.LongOrNull(),
        InReplyToUri = r.TextOrNull(),
        InReplyToAccountId = r.LongOrNull(),
        BoostOfId = r.LongOrNull(),
        Conversation = r.TextOrNull(),
        QuoteUri = r.TextOrNull(),
        Emojis = CustomEmoji.FromJson(r.Text()),
        RepliesCount = r.Long(),
        BoostsCount = r.Long(),
        FavouritesCount = r.Long(),
        AppId = r.LongOrNull(),
    };

    private static void AdoptOrphans(Connection c, Status parent)
    {
        var adopted = c.Execute($"""
            UPDATE statuses SET in_reply_to_id = {parent.Id}, in_reply_to_account_id = {parent.AccountId}
            WHERE in_reply_to_uri = {parent.Uri} AND in_reply_to_id IS NULL
            """);
        if (adopted > 0) c.Execute($"UPDATE statuses SET replies_count = replies_count + {(long)adopted} WHERE id = {parent.Id}");
    }
}
