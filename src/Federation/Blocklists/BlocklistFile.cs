using System.Globalization;
using System.Text;
using Calf.ActivityPub;
using Calf.Moderation;

namespace Calf.Federation.Blocklists;

/// <summary>What a list of domains says.</summary>
public sealed record BlocklistReading(IReadOnlyList<BlocklistEntry> Entries, IReadOnlyList<SkippedLine> Skipped);

/// <summary>
/// Reads and writes lists of domains: Mastodon's CSV with the header <c>#domain,#severity,…</c> in any order, or one domain a line,
/// which is then blocked.
/// </summary>
public static class BlocklistFile
{
    public const int MaxEntries = 20_000;
    private const int MaxComment = 1000;
    private const string Header = "#domain,#severity,#reject_media,#reject_reports,#public_comment,#obfuscate";

    /// <exception cref="ActionException">422: it has too many lines, or none that is a domain.</exception>
    public static BlocklistReading Read(string text)
    {
        var entries = new Dictionary<string, BlocklistEntry>(StringComparer.Ordinal);
        var skipped = new List<SkippedLine>();
        string[] columns = ["domain", "severity", "reject_media", "reject_reports", "public_comment", "obfuscate"];
        foreach (var (number, row) in Csv.Rows(text.TrimStart('\uFEFF')))
        {
            if (IsHeader(row))
            {
                columns = [.. row.Select(name => name.Trim().TrimStart('#').ToLowerInvariant())];
                continue;
            }
            if (row[0].TrimStart().StartsWith('#') || row.All(string.IsNullOrWhiteSpace)) continue;
            var (entry, reason) = Entry(columns.Zip(row).GroupBy(pair => pair.First).ToDictionary(g => g.Key, g => g.First().Second.Trim()));
            if (entry is null) skipped.Add(SkippedLine.Of(number, row, reason));
            else entries[entry.Domain] = entry;
            if (entries.Count > MaxEntries) throw ActionException.Invalid(Words.T("This list has more than {most} domains.", ("most", Words.Digits(MaxEntries))));
        }
        if (entries.Count == 0) throw ActionException.Invalid(Words.T("There is no domain in this list. It has to be Mastodon's CSV, or one domain a line."));
        return new BlocklistReading([.. entries.Values], skipped);
    }

    /// <summary>Mastodon's CSV, as its own import reads it.</summary>
    public static string Write(IEnumerable<DomainBlock> rules)
    {
        var text = new StringBuilder(Header).Append('\n');
        foreach (var r in rules)
            text.Append(string.Create(CultureInfo.InvariantCulture,
                $"{r.Domain},{DomainSeverityWords.Of(r.Severity)},{Word(r.RejectMedia)},{Word(r.RejectReports)},{Csv.Quoted(r.PublicComment ?? "")},{Word(r.Obfuscate)}\n"));
        return text.ToString();
    }

    private static (BlocklistEntry? Entry, string Reason) Entry(Dictionary<string, string> row)
    {
        var text = row.GetValueOrDefault("domain", "");
        if (text.StartsWith("*.", StringComparison.Ordinal)) text = text[2..]; // A rule covers the subdomains in any case.
        if (text.Contains('*', StringComparison.Ordinal)) return (null, "The name is obscured.");
        if (Handle.DomainOf(text) is not { } domain || !domain.Contains('.', StringComparison.Ordinal)) return (null, "This is not a domain name.");
        var word = row.GetValueOrDefault("severity", "");
        if ((word.Length == 0 ? DomainSeverity.Block : DomainSeverityWords.Read(word)) is not { } severity)
            return (null, "The severity has to be suspend, silence or noop.");
        var entry = new BlocklistEntry(domain, severity, Is(row, "reject_media"), Is(row, "reject_reports"),
            row.GetValueOrDefault("public_comment") is { Length: > 0 } comment ? comment[..Math.Min(comment.Length, MaxComment)] : null, Is(row, "obfuscate"));
        return entry is { Severity: DomainSeverity.None, RejectMedia: false, RejectReports: false } ? (null, "It does nothing.") : (entry, "");
    }

    private static bool IsHeader(IReadOnlyList<string> row) => row.Any(field => field.Trim().TrimStart('#').Equals("domain", StringComparison.OrdinalIgnoreCase));

    private static bool Is(Dictionary<string, string> row, string name) =>
        row.GetValueOrDefault(name, "").ToLowerInvariant() is "true" or "1" or "t" or "yes";

    private static string Word(bool value) => value ? "true" : "false";
}
