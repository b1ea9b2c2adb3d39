using System.Reflection;

namespace Calf;

/// <summary>Which Calf this is, as the build wrote it into the assembly.</summary>
public static class Release
{
    private static readonly string[] Parts = Informational().Split('+', 2);

    /// <summary>Such as <c>0.1.0</c>.</summary>
    public static string Version => Parts[0];

    /// <summary>The commit's 40 hex digits, or <c>unknown</c> where the sources were built outside their git repository.</summary>
    public static string Commit => Parts.Length > 1 ? Parts[1] : "unknown";

    /// <summary>The line of <c>calf --version</c>.</summary>
    public static string Line => $"calf {Version} (commit {Commit})";

    private static string Informational() =>
        typeof(Release).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0.0.0";
}
