using System.Text.RegularExpressions;
using Calf.Store;

namespace Calf.Media;

/// <summary>A custom emoji of this server.</summary>
/// <param name="File">The name of its picture in the <see cref="MediaStore"/>.</param>
/// <param name="Category">Under which pickers show it; may be empty.</param>
/// <param name="StillFile">The same for its first picture; null when it stands still itself.</param>
public sealed record OwnEmoji(string Shortcode, string File, string Category, string? StillFile = null);

/// <summary>The custom emoji of this server.</summary>
public static partial class OwnEmojiStore
{
    private const string Columns = "shortcode, file, category, still_file";

    /// <summary>In the order in which they are shown.</summary>
    public static List<OwnEmoji> All(Connection c) => c.Query($"SELECT {Columns:raw} FROM own_emojis WHERE gone_at IS NULL ORDER BY category COLLATE NOCASE, shortcode", Read);

    public static OwnEmoji? Find(Connection c, string shortcode) => c.Find($"SELECT {Columns:raw} FROM own_emojis WHERE shortcode = {shortcode} AND gone_at IS NULL", Read);

    public static long Count(Connection c) => c.Count($"SELECT count(*) FROM own_emojis WHERE gone_at IS NULL");

    public static void Add(Connection c, OwnEmoji e, DateTimeOffset now) =>
        c.Execute($"INSERT INTO own_emojis ({Columns:raw}, created_at) VALUES ({e.Shortcode}, {e.File}, {e.Category}, {e.StillFile}, {now})");

    /// <summary>False when there is none of that name.</summary>
    public static bool Remove(Connection c, string shortcode, DateTimeOffset now) =>
        c.Execute($"UPDATE own_emojis SET gone_at = {now} WHERE shortcode = {shortcode} AND gone_at IS NULL") > 0;

    /// <summary>Whether a file of the media folder is the picture of one, of a removed one too.</summary>
    public static bool Uses(Connection c, string file) =>
        c.Exists($"SELECT 1 FROM own_emojis WHERE file = {file}") || c.Exists($"SELECT 1 FROM own_emojis WHERE still_file = {file}");

    /// <summary>The first pictures of all that move or have moved, by the names of their files.</summary>
    public static Dictionary<string, string> Stills(Connection c) =>
        c.Query($"SELECT file, still_file FROM own_emojis WHERE still_file IS NOT NULL", r => (File: r.Text(), Still: r.Text()))
            .DistinctBy(pair => pair.File).ToDictionary(pair => pair.File, pair => pair.Still);

    /// <summary>Those that stand in the texts as <c>:shortcode:</c>, each once.</summary>
    public static List<CustomEmoji> In(Connection c, Site site, params IEnumerable<string> texts)
    {
        var names = texts.SelectMany(Names).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return names.Count == 0 ? [] : [.. All(c).Where(e => names.Contains(e.Shortcode)).Select(e => new CustomEmoji(e.Shortcode, site.MediaUrl(e.File)))];
    }

    /// <summary>As Mastodon finds them: no letter, digit or colon may touch one from outside.</summary>
    private static IEnumerable<string> Names(string text)
    {
        foreach (Match match in Shortcode().Matches(text))
            if (IsFree(text, match.Index - 1) && IsFree(text, match.Index + match.Length))
                yield return match.Groups[1].Value;
    }

    private static bool IsFree(string text, int at) => at < 0 || at >= text.Length || !(char.IsLetterOrDigit(text[at]) || text[at] == ':');

    private static OwnEmoji Read(Row r) => new(r.Text(), r.Text(), r.Text(), r.TextOrNull());

    [GeneratedRegex(":([A-Za-z0-9_]{2,}):", RegexOptions.NonBacktracking)]
    private static partial Regex Shortcode();
}
