using System.Text.RegularExpressions;
using Calf.Tests.Support;

namespace Calf.Tests.House;

/// <summary>Keeps the layout of src as the README draws it: who may use whom, how deep, how long, which words.</summary>
public sealed partial class ImportTableTests
{
    private const string Data = "Accounts Statuses Interactions Follows Timelines Notifications Media Search Lists AccountCollections Filters Moderation";

    /// <summary>The README's table: a folder and the folders it may use beside itself.</summary>
    private static readonly Dictionary<string, string> MayUse = new()
    {
        ["Store"] = "",
        ["Security"] = "",
        ["Events"] = "",
        ["ActivityPub"] = "Security",
        ["Federation"] = $"{Data} ActivityPub Security Store Events",
        ["Mastodon"] = $"{Data} Federation Security Store Events",
        ["Web"] = $"{Data} Federation Security Store Events",
        ["Portability"] = $"{Data} Federation Security Store Events",
        ["Operations"] = $"{Data} Federation Security Store Events",
    };

    private static readonly string Root = Path.Combine(Repository.Folder, "src");

    private static readonly List<(string Path, string Text)> Sources = [.. Directory.GetFiles(Root, "*.*", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
        .Where(file => Path.GetExtension(file) is ".cs" or ".js" or ".css" && !file.StartsWith("obj/", StringComparison.Ordinal) && !file.StartsWith("bin/", StringComparison.Ordinal))
        .Order(StringComparer.Ordinal)
        .Select(file => (file, File.ReadAllText(Path.Combine(Root, file))))];

    private static IEnumerable<(string Path, string Text)> Code => Sources.Where(source => source.Path.EndsWith(".cs", StringComparison.Ordinal));

    static ImportTableTests()
    {
        foreach (var folder in Data.Split(' ')) MayUse[folder] = $"{Data} Store Events";
        MayUse["Search"] += " Security";
        MayUse["Media"] += " Security";
    }

    [Fact]
    public void Every_folder_uses_only_what_the_table_allows()
    {
        var wrong = from source in Code
                    where source.Path.Contains('/', StringComparison.Ordinal)
                    let folder = source.Path.Split('/')[0]
                    from Match used in Used().Matches(Comment().Replace(source.Text, ""))
                    let other = used.Groups[1].Value
                    where other != folder && !(MayUse.TryGetValue(folder, out var allowed) && allowed.Split(' ').Contains(other))
                    select $"{source.Path} uses {other}";
        Assert.Empty(wrong.Distinct());
    }

    [Fact]
    public void The_namespace_is_the_folder() => Assert.Empty(
        from source in Code
        let folder = Path.GetDirectoryName(source.Path)!.Replace('/', '.')
        where source.Path != "Program.cs" && !source.Text.Contains($"\nnamespace Calf{(folder.Length > 0 ? "." : "")}{folder};", StringComparison.Ordinal)
            && !source.Text.StartsWith($"namespace Calf{(folder.Length > 0 ? "." : "")}{folder};", StringComparison.Ordinal)
        select source.Path);

    [Fact]
    public void Folders_are_at_most_two_levels_deep() =>
        // The app's own tree begins at Web/App and has one level.
        Assert.DoesNotContain(Sources, source => source.Path.Count(c => c == '/') > (source.Path.StartsWith("Web/App/", StringComparison.Ordinal) ? 3 : 2));

    [Fact]
    public void Files_are_short()
    {
        Assert.Empty(from source in Sources where Lines(source.Text) > 400 select $"{source.Path} has {Lines(source.Text)} lines");
        var lengths = Code.Select(source => Lines(source.Text)).Order().ToList();
        Assert.InRange(lengths[lengths.Count / 2], 1, 70);
        Assert.InRange(lengths[lengths.Count * 9 / 10], 1, 200);
    }

    [Fact]
    public void No_type_is_called_after_nothing_in_particular() => Assert.Empty(
        from source in Code from Match type in VagueType().Matches(source.Text) select $"{source.Path}: {type.Value}");

    [Fact]
    public void Nobody_looks_at_the_wall_clock() => Assert.Empty(
        from source in Code where WallClock().IsMatch(source.Text) select source.Path);

    private static int Lines(string text) => text.Split('\n').Length - 1;

    [GeneratedRegex(@"\bCalf\.(?!Tests\b)([A-Z]\w*)")]
    private static partial Regex Used();

    [GeneratedRegex(@"//.*|/\*.*?\*/")]
    private static partial Regex Comment();

    [GeneratedRegex(@"\b(class|record|struct|interface|enum)\s+\w*(Service|Manager|Helper|Utils?)\b")]
    private static partial Regex VagueType();

    [GeneratedRegex(@"DateTime(Offset)?\.(Utc)?Now")]
    private static partial Regex WallClock();
}
