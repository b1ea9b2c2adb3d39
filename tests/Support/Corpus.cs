namespace Calf.Tests.Support;

/// <summary>Test data of other projects, in <c>../shared/corpus</c> beside the repository. Where it is missing its tests are skipped,
/// except in CI (environment CI=true), where they fail.</summary>
public static class Corpus
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(Repository.Folder, "..", "shared", "corpus"));

    /// <param name="path">Below the corpus, with slashes.</param>
    public static string Text(string path)
    {
        Demand();
        return File.ReadAllText(Path.Combine(Root, path));
    }

    public static byte[] Bytes(string path)
    {
        Demand();
        return File.ReadAllBytes(Path.Combine(Root, path));
    }

    /// <summary>Full paths of all files in a folder and below it, in a fixed order.</summary>
    public static IReadOnlyList<string> Files(string folder, string pattern = "*")
    {
        Demand();
        var files = Directory.GetFiles(Path.Combine(Root, folder), pattern, SearchOption.AllDirectories);
        Array.Sort(files, StringComparer.Ordinal);
        return files;
    }

    private static void Demand()
    {
        if (Directory.Exists(Root)) return;
        if (Environment.GetEnvironmentVariable("CI") == "true") Assert.Fail($"The corpus is missing: {Root}");
        Assert.Skip($"The corpus is not here: {Root}");
    }
}
