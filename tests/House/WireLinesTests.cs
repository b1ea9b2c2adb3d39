using System.Globalization;
using System.Text.RegularExpressions;
using Calf.Tests.Support;

namespace Calf.Tests.House;

/// <summary>Each of the 120 behaviours that federating takes has a test that carries its number.</summary>
public sealed partial class WireLinesTests
{
    private const int Lines = 120;

    [Fact]
    public void Every_line_has_a_test()
    {
        var proven = Directory.EnumerateFiles(Path.Combine(Repository.Folder, "tests"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Contains("obj"))
            .SelectMany(file => Numbered().Matches(File.ReadAllText(file)))
            .Select(match => int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture))
            .ToHashSet();
        Assert.Empty(Enumerable.Range(1, Lines).Except(proven));
        Assert.All(proven, line => Assert.InRange(line, 1, Lines));
    }

    [GeneratedRegex("""Trait\("Wire", "(\d{3})"\)""")]
    private static partial Regex Numbered();
}
