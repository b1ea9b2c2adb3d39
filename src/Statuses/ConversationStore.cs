using System.Globalization;
using Calf.Events;
using Calf.Store;

namespace Calf.Statuses;

/// <summary>The direct posts of one thread among the same people.</summary>
/// <param name="Participants">The others; none when the owner writes to themselves.</param>
public sealed record Conversation(long Id, IReadOnlyList<long> Participants, long LastStatusId, bool Unread);

/// <summary>Direct posts by whom they are among. A post that waits in the requests tray is in none until it is let in.</summary>
public static class ConversationStore
{
    private const string Columns = "id, participants, last_status_id, unread";

    /// <summary>Puts a stored direct post in its conversation, which is unread unless the owner wrote it. Its id.</summary>
    public static long Add(Connection c, Status status, long ownerId)
    {
        var others = StatusParts.Mentions(c, [status.Id]).Select(m => m.AccountId).Append(status.AccountId).Where(id => id != ownerId).Distinct().Order();
        var participants = string.Join(',', others.Select(id => id.ToString(CultureInfo.InvariantCulture)));
        var thread = status.Conversation ?? status.Uri;
        c.Execute($"""
            INSERT INTO conversations (id, participants, thread, last_status_id, unread)
            VALUES ({status.Id}, {participants}, {thread}, {status.Id}, {status.AccountId != ownerId})
            ON CONFLICT (thread, participants) DO UPDATE SET last_status_id = max(last_status_id, excluded.last_status_id), unread = excluded.unread
            """);
        var id = c.Count($"SELECT id FROM conversations WHERE thread = {thread} AND participants = {participants}");
        c.Execute($"INSERT OR IGNORE INTO conversation_statuses (conversation_id, status_id) VALUES ({id}, {status.Id})");
        return id;
    }

    /// <summary>The same, and says so once it is stored.</summary>
    public static void Add(Connection c, Status status, long ownerId, EventHub events)
    {
        var conversation = Add(c, status, ownerId);
        c.AfterCommit(() => events.Publish(new ConversationChanged(conversation)));
    }

    /// <summary>Before a status is deleted: the conversation falls back to the post before it.</summary>
    public static void Leave(Connection c, long statusId)
    {
        c.Execute($"DELETE FROM conversation_statuses WHERE status_id = {statusId}");
        c.Execute($"""
            UPDATE conversations SET last_status_id = (SELECT max(status_id) FROM conversation_statuses p WHERE p.conversation_id = conversations.id)
            WHERE last_status_id = {statusId} AND EXISTS (SELECT 1 FROM conversation_statuses p WHERE p.conversation_id = conversations.id)
            """);
    }

    /// <summary>Newest first; the cursor is the last status.</summary>
    public static List<Conversation> All(Connection c, Paging page) =>
        page.NewestFirst(c.Query($"SELECT {Columns:raw} FROM conversations WHERE {LetIn("last_status_id")} AND {page.On("last_status_id")}", Read));

    /// <summary>Null as well while its last post waits in the requests tray.</summary>
    public static Conversation? Find(Connection c, long id) => c.Find($"SELECT {Columns:raw} FROM conversations WHERE id = {id} AND {LetIn("last_status_id")}", Read);

    public static void Mark(Connection c, long id, bool unread) => c.Execute($"UPDATE conversations SET unread = {unread} WHERE id = {id}");

    /// <summary>Takes it out of the list; the posts stay.</summary>
    public static void Remove(Connection c, long id) => c.Execute($"DELETE FROM conversations WHERE id = {id}");

    /// <summary>All direct posts, newest first.</summary>
    public static List<long> Statuses(Connection c, Paging page) =>
        page.NewestFirst(c.Query($"SELECT status_id FROM conversation_statuses WHERE {LetIn("conversation_statuses.status_id")} AND {page.On("status_id")}", r => r.Long()));

    private static Sql LetIn(string status) =>
        Sql.Of($"NOT EXISTS (SELECT 1 FROM notifications n WHERE n.status_id = {status:raw} AND n.filtered = 1)");

    private static Conversation Read(Row r) => new(
        r.Long(), [.. r.Text().Split(',', StringSplitOptions.RemoveEmptyEntries).Select(id => long.Parse(id, CultureInfo.InvariantCulture))], r.Long(), r.Bool());
}
