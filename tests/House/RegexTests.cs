using System.Text.RegularExpressions;
using Calf.Tests.Support;

namespace Calf.Tests.House;

/// <summary>CVE-2025-68475 (Fedify): a regular expression that goes back and forth over remote HTML for minutes.</summary>
public sealed partial class RegexTests
{
    [Fact]
    [Trait("Wire", "119")]
    public void Every_regular_expression_takes_time_in_proportion_to_the_text()
    {
        var uses = Directory.GetFiles(Path.Combine(Repository.Folder, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .SelectMany(file => Use().Matches(File.ReadAllText(file)).Select(use => (File: Path.GetFileName(file), Text: use.Value))).ToList();
        Assert.NotEmpty(uses);
        Assert.All(uses, use => Assert.Contains("RegexOptions.NonBacktracking", use.Text, StringComparison.Ordinal));
    }

    [GeneratedRegex(@"(GeneratedRegex\(|new Regex\(|Regex\.(Match|Matches|IsMatch|Replace|Split)\().*")]
    private static partial Regex Use();
}
