using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Calf.Media;

namespace Calf.Operations;

/// <summary>The list at the end of a backup: without it, or with a file that is not as listed, the archive is damaged.</summary>
/// <param name="Format">The layout of the archive; this Calf writes and reads 1.</param>
/// <param name="Version">The Calf that made it.</param>
/// <param name="CreatedAt">When the copy of the database was taken.</param>
/// <param name="Files">Each file's path in the archive and the SHA-256 of its bytes in hex.</param>
internal sealed record BackupManifest(int Format, string Version, DateTimeOffset CreatedAt, SortedDictionary<string, string> Files);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(BackupManifest))]
internal sealed partial class BackupManifestJson : JsonSerializerContext;

/// <summary>Writes, checks and unpacks the tar file of a backup.</summary>
internal static class BackupArchive
{
    public const int Format = 1;
    public const string ManifestName = "manifest.json";

    /// <summary>Writes the files under their names and the manifest last.</summary>
    public static void Write(string path, IEnumerable<(string Name, string File)> files, DateTimeOffset now)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        // The keys and the password's hash are inside.
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var target = new FileStream(path, options);
        var listed = new SortedDictionary<string, string>(StringComparer.Ordinal);
        using (var tar = new TarWriter(target, TarEntryFormat.Pax, leaveOpen: true))
        {
            foreach (var (name, file) in files)
            {
                using var content = File.OpenRead(file);
                listed[name] = HashOf(content);
                content.Position = 0;
                Add(tar, name, content, now);
            }
            var manifest = new BackupManifest(Format, Release.Version, now, listed);
            Add(tar, ManifestName, new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(manifest, BackupManifestJson.Default.BackupManifest)), now);
        }
        target.Flush(flushToDisk: true);
    }

    /// <summary>Reads the whole archive and holds every file against the manifest.</summary>
    /// <param name="path">The archive.</param>
    /// <param name="folder">Where to put the files; null only checks.</param>
    /// <exception cref="VerbException">The archive is not a backup, or not whole.</exception>
    public static BackupManifest Read(string path, string? folder)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        BackupManifest? manifest = null;
        try
        {
            using var source = File.OpenRead(path);
            using var tar = new TarReader(source);
            while (tar.GetNextEntry() is { } entry)
            {
                if (entry.EntryType != TarEntryType.RegularFile || !IsOurs(entry.Name)) throw Damaged(path, $"it holds '{entry.Name}'");
                var content = entry.DataStream ?? Stream.Null;
                if (entry.Name == ManifestName) manifest = JsonSerializer.Deserialize(content, BackupManifestJson.Default.BackupManifest);
                else if (!found.TryAdd(entry.Name, Take(content, entry.Name, folder))) throw Damaged(path, $"it holds '{entry.Name}' twice");
            }
        }
        catch (Exception failure) when (failure is EndOfStreamException or InvalidDataException or FormatException or JsonException)
        {
            throw Damaged(path, failure.Message);
        }
        if (manifest is null) throw Damaged(path, "its end is missing");
        if (manifest.Format != Format) throw new VerbException($"{path} was made by another Calf ({manifest.Version}). Restore it with that version.");
        foreach (var (name, hash) in manifest.Files)
            if (!found.TryGetValue(name, out var actual) || actual != hash) throw Damaged(path, $"'{name}' is missing or changed");
        if (found.Count != manifest.Files.Count) throw Damaged(path, "it holds files that are not in its list");
        return manifest;
    }

    private static bool IsOurs(string name) =>
        name is Store.Database.FileName or SettingsFile.FileName or ManifestName
        || (name.StartsWith(DataFolder.Media + "/", StringComparison.Ordinal) && !name.Split('/').Any(part => part is "" or "." or "..") && !name.Contains('\\', StringComparison.Ordinal));

    private static string Take(Stream content, string name, string? folder)
    {
        if (folder is null) return HashOf(content);
        var path = Path.Combine(folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite);
        content.CopyTo(file);
        file.Flush(flushToDisk: true);
        file.Position = 0;
        return HashOf(file);
    }

    private static string HashOf(Stream content) => Convert.ToHexStringLower(SHA256.HashData(content));

    private static void Add(TarWriter tar, string name, Stream content, DateTimeOffset now) =>
        tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = content, ModificationTime = now, Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite });

    private static VerbException Damaged(string path, string why) =>
        new($"{path} is not a whole backup of Calf: {why.TrimEnd('.')}. Nothing was changed; take another copy of it, or an earlier backup.");
}
