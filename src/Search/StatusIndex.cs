using System.Text;
using Calf.Security;
using Calf.Statuses;
using Calf.Store;

namespace Calf.Search;

/// <summary>
/// Keeps the words of statuses. As on Mastodon two kinds are kept: the owner's library (own, mentioning or addressed to the owner,
/// favourited, bookmarked, boosted, voted in) and public posts whose authors let them be found (FEP-5feb). Others cannot be found, and
/// cost no place.
/// </summary>
public static class StatusIndex
{
    private const string Owner = "(SELECT id FROM accounts WHERE domain = '')";

    public static bool HasWaiting(Connection c) => c.Exists($"SELECT 1 FROM status_search_waiting LIMIT 1");

    /// <summary>Reads anew what has changed, the newest first. How many statuses that were; fewer than the limit: none wait any more.</summary>
    public static int Step(Connection c, int limit)
    {
        var ids = c.Query($"SELECT status_id FROM status_search_waiting ORDER BY status_id DESC LIMIT {(long)limit}", r => r.Long());
        if (ids.Count == 0) return 0;
        var kept = Kept(c, ids);
        // Most of what others write was never indexed, and asking for all at once is cheaper than deleting nothing a hundred times.
        var dropped = c.Query($"SELECT id FROM status_search_docsize WHERE id IN {ids.Where(id => !kept.ContainsKey(id))}", r => r.Long());
        foreach (var id in dropped) c.Execute($"DELETE FROM status_search WHERE rowid = {id}");
        Store(c, kept);
        c.Execute($"DELETE FROM status_search_waiting WHERE status_id IN {ids}");
        return ids.Count;
    }

    private static Dictionary<long, (bool Library, bool Public)> Kept(Connection c, List<long> ids) => c.Query($"""
        SELECT s.id,
          s.account_id = {Owner:raw}
            OR EXISTS (SELECT 1 FROM mentions x WHERE x.status_id = s.id AND x.account_id = {Owner:raw} AND (x.silent = 0 OR s.visibility = {Visibility.Direct}))
            OR EXISTS (SELECT 1 FROM favourites x WHERE x.status_id = s.id AND x.account_id = {Owner:raw})
            OR EXISTS (SELECT 1 FROM bookmarks x WHERE x.status_id = s.id)
            OR EXISTS (SELECT 1 FROM statuses x WHERE x.boost_of_id = s.id AND x.account_id = {Owner:raw})
            OR EXISTS (SELECT 1 FROM poll_votes x WHERE x.status_id = s.id AND x.account_id = {Owner:raw}),
          s.visibility = {Visibility.Public} AND EXISTS (SELECT 1 FROM accounts x WHERE x.id = s.account_id AND x.indexable = 1)
        FROM statuses s WHERE s.id IN {ids} AND s.boost_of_id IS NULL
        """, r => (Id: r.Long(), Library: r.Bool(), Public: r.Bool()))
        .Where(k => k.Library || k.Public).ToDictionary(k => k.Id, k => (k.Library, k.Public));

    private static void Store(Connection c, Dictionary<long, (bool Library, bool Public)> kept)
    {
        if (kept.Count == 0) return;
        var ids = kept.Keys;
        var (tags, media, polls) = (StatusParts.Tags(c, ids), StatusParts.Attachments(c, ids), PollStore.FindMany(c, ids));
        var mentions = StatusParts.Mentions(c, ids).Where(m => !m.Silent).ToLookup(m => m.StatusId, m => m.AccountId);
        var cards = c.Query($"SELECT status_id FROM status_cards WHERE status_id IN {ids} AND url IS NOT NULL", r => r.Long()).ToHashSet();
        foreach (var s in StatusStore.FindMany(c, ids).Values)
        {
            var words = new StringBuilder();
            AppendText(words, s, polls.GetValueOrDefault(s.Id), media[s.Id]);
            foreach (var tag in tags[s.Id]) Mark(words, SearchMarks.Tag(tag));
            foreach (var account in mentions[s.Id]) Mark(words, SearchMarks.Mention(account));
            Mark(words, SearchMarks.Author(s.AccountId));
            if (s.Language is { Length: > 0 } language) MarkLanguage(words, language);
            foreach (var property in Properties(s, polls.ContainsKey(s.Id), cards.Contains(s.Id), [.. media[s.Id].Select(a => a.Type)]))
                Mark(words, SearchMarks.Property(property));
            if (kept[s.Id].Library) Mark(words, SearchMarks.Property(SearchMarks.Library));
            if (kept[s.Id].Public) Mark(words, SearchMarks.Property(SearchMarks.Public));
            c.Execute($"INSERT OR REPLACE INTO status_search (rowid, words) VALUES ({s.Id}, {words.ToString()})");
        }
    }

    private static void AppendText(StringBuilder words, Status s, Poll? poll, IEnumerable<Attachment> media)
    {
        SearchWords.Append(words, s.SpoilerText);
        SearchWords.Append(words, s.Title);
        SearchWords.Append(words, PlainText.OfHtml(s.Content));
        foreach (var option in poll?.Options ?? []) SearchWords.Append(words, option.Title);
        foreach (var attachment in media) SearchWords.Append(words, attachment.Description);
    }

    private static IEnumerable<string> Properties(Status s, bool poll, bool card, HashSet<string> media)
    {
        if (media.Count > 0) yield return "media";
        foreach (var type in media.Where(type => type is "image" or "video" or "audio")) yield return type;
        if (poll) yield return "poll";
        if (card) yield return "link";
        if (s.InReplyToId is not null || s.InReplyToUri is not null) yield return "reply";
        if (s.Sensitive) yield return "sensitive";
        if (s.QuoteUri is not null) yield return "quote";
    }

    private static void MarkLanguage(StringBuilder words, string language)
    {
        Mark(words, SearchMarks.Language(language));
        if (language.IndexOfAny(['-', '_']) is > 0 and var end) Mark(words, SearchMarks.Language(language[..end]));
    }

    private static void Mark(StringBuilder words, string mark) => words.Append(mark).Append(' ');
}
