using Calf.ActivityPub;

namespace Calf.Federation.FollowLists;

/// <summary>Somebody on a list of people to follow.</summary>
/// <param name="Person"><c>user@domain</c>, or the address of a profile.</param>
/// <param name="Notify">Whether the owner wants to be told of each new post.</param>
/// <param name="Languages">In which languages the posts are wanted; none for all.</param>
public sealed record ListedFollow(string Person, bool ShowBoosts, bool Notify, IReadOnlyList<string> Languages)
{
    public static ListedFollow Of(string person) => new(person, ShowBoosts: true, Notify: false, []);

    /// <summary>A line that <see cref="FollowListFile.Read"/> reads back.</summary>
    public string ToLine() => $"{Csv.Quoted(Person)},{(ShowBoosts ? "true" : "false")},{(Notify ? "true" : "false")},{Csv.Quoted(string.Join(", ", Languages))}";
}

/// <summary>What a list of people says.</summary>
public sealed record FollowListReading(IReadOnlyList<ListedFollow> People, IReadOnlyList<SkippedLine> Skipped);

/// <summary>
/// Reads lists of people: the CSV that Mastodon exports, <c>Account address,Show boosts,Notify on new posts,Languages</c> in any order, the same
/// without its header, or one handle or address of a profile a line.
/// </summary>
public static class FollowListFile
{
    public const int MaxPeople = 5000;

    private const int MaxLanguages = 20;

    private const string Account = "account address", Boosts = "show boosts", Notify = "notify on new posts", Languages = "languages";

    /// <exception cref="ActionException">422: it has too many people, or nobody.</exception>
    public static FollowListReading Read(string text)
    {
        var people = new Dictionary<string, ListedFollow>(StringComparer.OrdinalIgnoreCase);
        var skipped = new List<SkippedLine>();
        string[] columns = [Account, Boosts, Notify, Languages];
        foreach (var (number, row) in Csv.Rows(text.TrimStart('\uFEFF')))
        {
            if (row.Any(field => field.Trim().Equals(Account, StringComparison.OrdinalIgnoreCase)))
            {
                columns = [.. row.Select(name => name.Trim().ToLowerInvariant())];
                continue;
            }
            if (row[0].TrimStart().StartsWith('#') || row.All(string.IsNullOrWhiteSpace)) continue;
            var fields = columns.Zip(row).GroupBy(pair => pair.First).ToDictionary(g => g.Key, g => g.First().Second.Trim());
            if (PersonIn(fields.GetValueOrDefault(Account, "")) is { } person)
                people.TryAdd(person, new ListedFollow(person, !Says(fields, Boosts, "false"), Says(fields, Notify, "true"), LanguagesIn(fields.GetValueOrDefault(Languages, ""))));
            else skipped.Add(SkippedLine.Of(number, row, "This is no handle such as someone@example.org, and no address of a profile."));
            if (people.Count > MaxPeople) throw ActionException.Invalid(Words.T("This list has more than {most} people. Cut it into parts.", ("most", Words.Digits(MaxPeople))));
        }
        if (people.Count == 0) throw ActionException.Invalid(Words.T("There is nobody in this list. It has to be the list of follows that Mastodon exports, or one handle a line."));
        return new FollowListReading([.. people.Values], skipped);
    }

    private static string? PersonIn(string text) => Handle.TryParse(text, out var handle) ? handle.ToString() : Origin.UrlOrNull(text);

    private static bool Says(Dictionary<string, string> fields, string column, string word) =>
        fields.GetValueOrDefault(column, "").Equals(word, StringComparison.OrdinalIgnoreCase);

    private static IReadOnlyList<string> LanguagesIn(string text) =>
        [.. text.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries).Where(code => code.Length is 2 or 3 && code.All(char.IsAsciiLetter)).Take(MaxLanguages)];
}
