using System.Collections.Frozen;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Calf.Web;

/// <summary>
/// The app's files, embedded in the program. Pages name them under <c>/app/VERSION/</c>, where they may be kept for ever; modules
/// name each other relatively, so the version carries over. Under <c>/app/</c> alone they are asked for anew by ETag.
/// </summary>
public sealed partial class AppFiles
{
    private const string Prefix = "app/", Suffix = ".br";
    private const string Shell = "index.html";
    private const string Languages = "lang/", Json = ".json", More = ".more.json";

    /// <summary>The service worker, which has an address of its own.</summary>
    public const string Worker = "sw.js";

    private readonly Lazy<FrozenDictionary<string, AppFile>> files;
    private readonly Lazy<FrozenDictionary<string, AppFile>> words;
    private readonly Lazy<string> version;
    private readonly Lazy<string> shell;

    public AppFiles()
    {
        files = new(() => Names().ToFrozenDictionary(name => name, name => new AppFile(name, Read(name)), StringComparer.Ordinal));
        words = new(() => SplitWords().ToFrozenDictionary(file => file.Name, file => file.File, StringComparer.Ordinal));
        version = new(() => VersionOf(files.Value));
        shell = new(ReadShell);
    }

    /// <summary>Changes when any file of the app does.</summary>
    public string Version => version.Value;

    /// <summary>The app's only HTML; every place of the app begins with it and the modules draw the rest.</summary>
    public string ShellHtml => shell.Value;

    public static IEnumerable<string> Names() =>
        from name in typeof(AppFiles).Assembly.GetManifestResourceNames()
        where name.StartsWith(Prefix, StringComparison.Ordinal)
        let file = name[Prefix.Length..^Suffix.Length].Replace('\\', '/')
        orderby file
        select file;

    /// <summary>The address of a file that may be kept for ever.</summary>
    public string Address(string file) => $"/app/{Version}/{file}";

    /// <summary>The file of a path below <c>/app/</c>, with or without the version; null if there is none.</summary>
    public AppFile? Find(string path, out bool versioned)
    {
        versioned = path.StartsWith(Version, StringComparison.Ordinal) && path.Length > Version.Length && path[Version.Length] == '/';
        var name = versioned ? path[(Version.Length + 1)..] : path;
        return name == Shell ? null : (name.StartsWith(Languages, StringComparison.Ordinal) ? words : files).Value.GetValueOrDefault(name);
    }

    /// <summary>Two files for each language: <c>lang/CODE.json</c> for the first load and <c>lang/CODE.more.json</c> for the rest.</summary>
    private IEnumerable<(string Name, AppFile File)> SplitWords()
    {
        var first = FirstModules();
        var early = AppWords.TextsIn([.. first.Select(Text), Text(Shell)]);
        var late = AppWords.TextsIn(Names().Where(name => name.EndsWith(".js", StringComparison.Ordinal) && !first.Contains(name)).Select(Text));
        foreach (var name in Names().Where(name => name.StartsWith(Languages, StringComparison.Ordinal)))
        {
            var (begin, more) = AppWords.Split(files.Value[name].Plain, early, late);
            yield return (name, new AppFile(name, AppFile.PackBrotli(begin)));
            var rest = name[..^Json.Length] + More;
            yield return (rest, new AppFile(rest, AppFile.PackBrotli(more)));
        }
    }

    private string Text(string name) => Encoding.UTF8.GetString(files.Value[name].Plain);

    private string ReadShell()
    {
        var html = Encoding.UTF8.GetString(files.Value[Shell].Plain).Replace("/app/", $"/app/{Version}/", StringComparison.Ordinal)
            .Replace(" data-languages", $" data-languages=\"{string.Join(' ', PageLanguages.Others)}\"", StringComparison.Ordinal);
        // They name one another; told all at once, the browser need not find them one by one.
        return html.Replace("</head>", string.Concat(FirstModules().Select(name => $"<link rel=\"modulepreload\" href=\"{Address(name)}\">\n")) + "</head>", StringComparison.Ordinal);
    }

    /// <summary>What the browser runs before home is there.</summary>
    private SortedSet<string> FirstModules()
    {
        var modules = new SortedSet<string>(StringComparer.Ordinal);
        AddImports("js/main.js", modules);
        return modules;
    }

    /// <summary>A module and all that it imports from its start; what it brings later (<c>import()</c>) is left out.</summary>
    private void AddImports(string module, SortedSet<string> found)
    {
        if (!found.Add(module)) return;
        foreach (Match import in Import().Matches(Text(module)))
        {
            AddImports(new Uri(new Uri("app:/" + module), import.Groups[1].Value).AbsolutePath[1..], found);
        }
    }

    [GeneratedRegex("^import .* from '(.+)';$", RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex Import();

    private static string VersionOf(FrozenDictionary<string, AppFile> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, file) in files.OrderBy(f => f.Key, StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(name));
            hash.AppendData(file.Plain);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 6));
    }

    /// <summary>A file as it is in the program: Brotli-compressed.</summary>
    private static byte[] Read(string name)
    {
        using var stream = typeof(AppFiles).Assembly.GetManifestResourceStream(Prefix + name + Suffix)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}

/// <summary>One file, which the program has Brotli-compressed; the form for other browsers is made when the first one asks.</summary>
public sealed class AppFile
{
    private readonly string name;
    private readonly byte[] brotli;
    private readonly Lazy<byte[]> gzip;
    private readonly Lazy<string> hash;

    public AppFile(string name, byte[] brotli)
    {
        (this.name, this.brotli, Plain, ContentType) = (name, brotli, Unpack(brotli), TypeOf(name));
        gzip = new(() => Pack(Plain));
        hash = new(() => Convert.ToHexStringLower(SHA256.HashData(Plain).AsSpan(0, 8)));
    }

    public byte[] Plain { get; }

    public string ContentType { get; }

    private bool Compressible => !name.EndsWith(".png", StringComparison.Ordinal);

    /// <summary>The bytes for an Accept-Encoding header, their Content-Encoding (null for plain) and ETag.</summary>
    public (byte[] Bytes, string? Encoding, string ETag) For(string acceptEncoding)
    {
        if (Compressible && Accepts(acceptEncoding, "br")) return (brotli, "br", $"\"{hash.Value}-br\"");
        if (Compressible && Accepts(acceptEncoding, "gzip")) return (gzip.Value, "gzip", $"\"{hash.Value}-gz\"");
        return (Plain, null, $"\"{hash.Value}\"");
    }

    internal static bool Accepts(string header, string coding)
    {
        foreach (var part in header.Split(','))
        {
            var halves = part.Split(';', 2, StringSplitOptions.TrimEntries);
            if (halves[0].Trim() == coding) return halves.Length == 1 || halves[1].Replace(" ", "", StringComparison.Ordinal) is not ("q=0" or "q=0.0" or "q=0.00" or "q=0.000");
        }
        return false;
    }

    private static string TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".json" => "application/json",
        ".svg" => "image/svg+xml",
        ".webmanifest" => "application/manifest+json",
        ".png" => "image/png",
        var other => throw new InvalidOperationException($"App files of type {other} have no media type yet."),
    };

    internal static byte[] PackBrotli(byte[] plain)
    {
        using var packed = new MemoryStream();
        using (var packing = new BrotliStream(packed, CompressionLevel.SmallestSize)) packing.Write(plain);
        return packed.ToArray();
    }

    private static byte[] Unpack(byte[] packed)
    {
        using var plain = new MemoryStream();
        using (var unpacking = new BrotliStream(new MemoryStream(packed), CompressionMode.Decompress)) unpacking.CopyTo(plain);
        return plain.ToArray();
    }

    private static byte[] Pack(byte[] plain)
    {
        using var packed = new MemoryStream();
        using (var packing = new GZipStream(packed, CompressionLevel.SmallestSize)) packing.Write(plain);
        return packed.ToArray();
    }
}
