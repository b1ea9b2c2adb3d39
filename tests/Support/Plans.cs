using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;
using Calf.Store;
using Microsoft.Data.Sqlite;

namespace Calf.Tests.Support;

/// <summary>
/// How SQLite goes about each statement that the servers of these tests run, in requests, workers and writes: none may read a table that
/// grows from end to end. Each text is looked at once.
/// </summary>
public static partial class Plans
{
    /// <summary>A step that reads a table or an index from end to end, what stands in the statement that may, and why that does no harm.</summary>
    private static readonly (string Step, string Within, string Why)[] Allowed =
    [
        ("SCAN tag_sources", "", "The owner's own, of which there are ten at most."),
        ("SCAN s", "FROM tag_sources s", "The same."),
        ("SCAN ft", "FROM tag_sources s", "The hashtags that the owner follows, all of which are looked for."),
        ("SCAN friends", "", "The hundred whom most of the followed follow."),
        ("SCAN t", "FROM friends t", "The same."),
        ("SCAN filters", "", "The owner's own, which are all needed to mark what they match."),
        ("SCAN filter_keywords", "", "With the filters that they belong to."),
        ("SCAN filter_statuses", "", "With the filters that they belong to."),
        ("SCAN lists", "", "The owner's own, all of which are asked for."),
        ("SCAN featured_tags", "", "The owner's own, all of which are asked for."),
        ("SCAN sessions", "", "The owner's own, all of which are asked for, or those that have run out."),
        ("SCAN access_tokens USING INDEX access_tokens_owner", "", "The owner's own, all of which are asked for."),
        ("SCAN drafts", "", "The owner's own, of which there are two hundred at most, all of which are asked for."),
        ("SCAN drafts USING COVERING INDEX sqlite_autoindex_drafts_1", "SELECT count(*)", "The same, counted."),
        ("SCAN blocklists", "", "The owner's own, all of which are asked for."),
        ("SCAN relays", "", "The owner's own, a few."),
        ("SCAN s", "INSERT INTO pushes", "The owner's own apps that want to be pushed."),
        ("SCAN scheduled_statuses USING COVERING INDEX scheduled_statuses_due", "SELECT count(*)", "The owner's own, of which there are bounds."),
        ("SCAN conversation_mutes EXISTS", "", "Asks only whether the owner muted any."),
        ("SCAN thread_follows EXISTS", "", "Asks only whether the owner muted any."),
        ("SCAN status_search_waiting", "LIMIT", "As many as are taken in at a time."),
        ("SCAN account_search_waiting", "LIMIT", "As many as are taken in at a time."),
        ("SCAN verdicts", "ORDER BY id DESC LIMIT", "The newest forty, in order."),
        ("SCAN n USING INDEX notifications_filtered", "", "Groups by account what waits for the owner to let it in: read whole, but nothing else is."),
        ("SCAN gaps", "ORDER BY id DESC LIMIT", "The latest twenty, in order."),
        ("SCAN home", "ORDER BY status_id DESC LIMIT", "The newest thousand, in order."),
        ("SCAN h", "FROM home ORDER BY status_id DESC LIMIT", "The same thousand."),
        ("SCAN up", "WITH RECURSIVE up", "What the statement itself found on its way up the threads."),
        ("SCAN down", "WITH RECURSIVE down", "What the statement itself found on its way down the threads."),
        ("SCAN down", "down (id) AS (", "The same, after the way up."),
        ("SCAN own_emojis", "FROM own_emojis WHERE gone_at IS NULL", "All of the server's own emoji, of which there are few thousand at most."),
        ("SCAN own_emojis USING INDEX own_emojis_shortcode", "FROM own_emojis WHERE gone_at IS NULL", "The same."),
        ("SCAN own_emojis USING COVERING INDEX own_emojis_shortcode", "FROM own_emojis WHERE gone_at IS NULL", "The same."),
        ("SCAN known", "WITH RECURSIVE known", "What the statement itself found: one domain after the other."),
        ("SCAN domain_blocks", "", "When the rules change, or all are asked for."),
        ("SCAN blocklist_entries USING INDEX blocklist_entries_domain", "GROUP BY domain", "When a list changes, the rules are made of all of them."),
        ("SCAN accounts", "SELECT id, uri, domain, domain_severity, rejects_media", "When the rules for domains change, every account is marked anew."),
        ("SCAN lanes USING COVERING INDEX lanes_host", "SELECT DISTINCT host", "When the rules for domains change."),
        ("SCAN r", "FROM follows WHERE account_id", "Whom the owner follows and who follows the owner, all of whom are asked for."),
        ("SCAN remote_files USING INDEX remote_files_used", "SELECT sum(bytes)", "Once, when the server starts."),
        ("SCAN inbox_queue USING COVERING INDEX inbox_queue_due", "SELECT count(*)", "For the owner's eyes, at the command line."),
        ("SCAN authorization_codes", "WHERE expires_at <=", "They live for minutes, and only the owner's consent makes one."),
        ("SCAN notifications USING COVERING INDEX notifications_waiting", "DELETE FROM notifications WHERE filtered = 1", "What waits in the tray, which has a bound."),
        ("SCAN idempotency_keys", "created_at <", "Of one day, and only the owner's apps make them; looked at once a day."),
        ("SCAN hosts", "DELETE FROM hosts", "One row for each server with trouble; looked at once a day."),
        ("SCAN hosts USING COVERING INDEX sqlite_autoindex_hosts_1", "DELETE FROM hosts", "One row for each server with trouble; looked at once a day."),
        ("SCAN hosts", "FROM hosts WHERE failures > 0 OR gone_at", "The same, for the owner's eyes."),
        ("SCAN l USING COVERING INDEX lanes_host", "FROM lanes l JOIN deliveries d", "One row for each inbox that something waits for, all of which are counted for the owner's eyes."),
        ("SCAN deliveries", "FROM deliveries ORDER BY id DESC LIMIT", "The newest few thousand, in order."),
        ("SCAN deliveries USING COVERING INDEX deliveries_refused", "SELECT count(*)", "Of those that were given up alone, for the owner's eyes."),
        ("SCAN seen_activities USING COVERING INDEX seen_activities_age", "ORDER BY seen_at DESC LIMIT", "The newest, in order."),
        ("SCAN pushes USING COVERING INDEX pushes_notification", "SELECT count(*)", "What is still to be pushed, which is given up within a day."),
        ("SCAN cards USING INDEX cards_waiting", "", "Pages that wait to be fetched, of which there are bounds."),
        ("SCAN cards USING COVERING INDEX cards_waiting", "", "Pages that wait to be fetched, of which there are bounds."),
        ("SCAN notifications", "DELETE FROM notifications", "The owner clears them all."),
    ];

    /// <summary>Empty and without statistics: of a table with two rows SQLite knows that it may as well read it whole.</summary>
    private static readonly Lazy<Database> Empty = new(() =>
    {
        var folder = new TempFolder();
        var database = new Database(folder.Path, TimeProvider.System);
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            database.Dispose();
            folder.Dispose();
        };
        return database;
    });

    private static readonly ConcurrentDictionary<string, bool> Seen = new(StringComparer.Ordinal);

    /// <summary>Notes what the database runs, until <see cref="Check"/>.</summary>
    public static ConcurrentQueue<string> Watch(Database database)
    {
        var statements = new ConcurrentQueue<string>();
        database.Watch = text =>
        {
            if (!Seen.ContainsKey(text) && !IsOfTest() && Seen.TryAdd(text, true)) statements.Enqueue(text);
        };
        return statements;
    }

    public static void Check(Database database, IEnumerable<string> statements)
    {
        database.Watch = null;
        var scans = statements.SelectMany(Scans).ToList();
        Assert.True(scans.Count == 0, $"A table that grows is read from end to end:\n{string.Join('\n', scans)}");
    }

    /// <summary>The steps of a statement that read something from end to end and are not allowed to.</summary>
    public static IEnumerable<string> Scans(string sql)
    {
        var steps = Of(sql);
        // In the order of an index, until there are enough.
        var stops = sql.Contains("LIMIT", StringComparison.Ordinal) && !steps.Contains("USE TEMP B-TREE FOR ORDER BY");
        return from step in steps
               where Scan().IsMatch(step) && !(stops && step.Contains(" USING INDEX ", StringComparison.Ordinal))
               where !Array.Exists(Allowed, a => a.Step == step && sql.Contains(a.Within, StringComparison.Ordinal))
               select $"{step}: {sql}";
    }

    private static List<string> Of(string sql) => Empty.Value.Read(c =>
    {
        using var command = c.Sqlite.CreateCommand();
        command.CommandText = "EXPLAIN QUERY PLAN " + sql;
        foreach (var name in Hole().Matches(sql).Select(m => m.Value).Distinct()) command.Parameters.Add(new SqliteParameter(name, 1L));
        using var reader = command.ExecuteReader();
        var steps = new List<string>();
        while (reader.Read()) steps.Add(reader.GetString(3));
        return steps;
    });

    /// <summary>A test asks the database by itself.</summary>
    private static bool IsOfTest() => new StackTrace().GetFrames().Select(frame => frame.GetMethod()?.DeclaringType)
        .First(type => type != typeof(Plans) && type?.DeclaringType != typeof(Plans) && type != typeof(Connection))?.Assembly == typeof(Plans).Assembly;

    /// <summary>Not of a list that came as a parameter, nor of what an inner statement found.</summary>
    [GeneratedRegex(@"^SCAN (?!json_each|CONSTANT ROW|\()(?!.* VIRTUAL TABLE)")]
    private static partial Regex Scan();

    [GeneratedRegex(@"\$\d+")]
    private static partial Regex Hole();
}
