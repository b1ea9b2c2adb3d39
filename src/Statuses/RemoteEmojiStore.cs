using System.Text.Json;
using Calf.Store;

namespace Calf.Statuses;

/// <summary>An emoji of a server with the picture that it has now.</summary>
public sealed record RemoteEmojiPicture(string Domain, string Shortcode, string Url);

/// <summary>
/// What pictures other servers give their emoji. Each post and name keeps the picture it came with; when its server gives the emoji
/// another, they are brought up to date later.
/// </summary>
public static class RemoteEmojiStore
{
    /// <summary>A server that changes its mind more often has its older posts lag behind.</summary>
    public static readonly TimeSpan ChangesEvery = TimeSpan.FromDays(1);

    public static void Learn(Connection c, string domain, IEnumerable<CustomEmoji> emojis, DateTimeOffset now)
    {
        foreach (var emoji in emojis)
            c.Execute($"""
                INSERT INTO remote_emojis (domain, shortcode, url, changed_at) VALUES ({domain}, {emoji.Shortcode}, {emoji.Url}, {now})
                ON CONFLICT (domain, shortcode) DO UPDATE SET url = excluded.url, changed_at = excluded.changed_at, pending = 1
                WHERE url != excluded.url AND changed_at < {now - ChangesEvery}
                """);
    }

    /// <summary>Those that changed, the first ones first.</summary>
    public static List<RemoteEmojiPicture> Pending(Connection c, int limit) => c.Query(
        $"SELECT domain, shortcode, url FROM remote_emojis WHERE pending = 1 ORDER BY changed_at LIMIT {(long)limit}",
        r => new RemoteEmojiPicture(r.Text(), r.Text(), r.Text()));

    public static void Done(Connection c, RemoteEmojiPicture emoji) => c.Execute(
        $"UPDATE remote_emojis SET pending = 0 WHERE domain = {emoji.Domain} AND shortcode = {emoji.Shortcode} AND url = {emoji.Url}");

    /// <summary>Posts that use it, whatever picture they show.</summary>
    public static List<long> Posts(Connection c, RemoteEmojiPicture emoji) => c.Query($"""
        SELECT s.id FROM accounts a CROSS JOIN statuses s ON s.account_id = a.id
        WHERE a.domain = {emoji.Domain} AND s.emojis != '[]' AND s.emojis LIKE {Pattern(emoji)}
        """, r => r.Long());

    /// <summary>Accounts that have it in name or profile.</summary>
    public static List<long> Accounts(Connection c, RemoteEmojiPicture emoji) =>
        c.Query($"SELECT id FROM accounts WHERE domain = {emoji.Domain} AND emojis LIKE {Pattern(emoji)}", r => r.Long());

    /// <summary>Accounts that reacted with it.</summary>
    public static List<long> Reacting(Connection c, RemoteEmojiPicture emoji) => c.Query($"""
        SELECT DISTINCT r.account_id FROM accounts a CROSS JOIN reactions r ON r.account_id = a.id
        WHERE a.domain = {emoji.Domain} AND r.name = {emoji.Shortcode} AND r.url != {emoji.Url}
        """, r => r.Long());

    /// <summary>Gives these posts the picture.</summary>
    public static void RefreshPosts(Connection c, RemoteEmojiPicture emoji, IReadOnlyCollection<long> ids)
    {
        foreach (var (id, emojis) in c.Query($"SELECT id, emojis FROM statuses WHERE id IN {ids}", r => (r.Long(), r.Text())))
            if (With(emojis, emoji) is { } changed) c.Execute($"UPDATE statuses SET emojis = {changed} WHERE id = {id}");
    }

    /// <inheritdoc cref="RefreshPosts"/>
    public static void RefreshAccounts(Connection c, RemoteEmojiPicture emoji, IReadOnlyCollection<long> ids)
    {
        foreach (var (id, emojis) in c.Query($"SELECT id, emojis FROM accounts WHERE id IN {ids}", r => (r.Long(), r.Text())))
            if (With(emojis, emoji) is { } changed) c.Execute($"UPDATE accounts SET emojis = {changed} WHERE id = {id}");
    }

    public static void RefreshReactions(Connection c, RemoteEmojiPicture emoji, IReadOnlyCollection<long> accountIds) => c.Execute(
        $"UPDATE reactions SET url = {emoji.Url} WHERE account_id IN {accountIds} AND name = {emoji.Shortcode} AND url IS NOT NULL");

    /// <summary>Null when it shows the picture already.</summary>
    private static string? With(string json, RemoteEmojiPicture emoji)
    {
        var before = CustomEmoji.FromJson(json);
        var after = CustomEmoji.ToJson([.. before.Select(e => e.Shortcode == emoji.Shortcode ? e with { Url = emoji.Url } : e)]);
        return after == json ? null : after;
    }

    /// <summary>Finds too many at most: the underscores of a name stand for any character here.</summary>
    private static string Pattern(RemoteEmojiPicture emoji) => $"%\"shortcode\":\"{JsonEncodedText.Encode(emoji.Shortcode)}\"%";
}
