using System.IO.Compression;
using System.Text.Json;

namespace Calf.Media;

/// <summary>An emoji of a pack. <paramref name="File"/> is the path in the archive.</summary>
public sealed record PackedEmoji(string Shortcode, string Category, string File);

/// <summary>
/// A ZIP file of emoji, as Pleroma and Akkoma share them (<c>pack.json</c>, https://docs.akkoma.dev/stable/administration/CLI_tasks/emoji/)
/// or as Misskey exports them (<c>meta.json</c> with <c>emojis</c>).
/// </summary>
public sealed class EmojiPack : IDisposable
{
    /// <summary>The largest archive.</summary>
    public const int MaxBytes = 96 * 1024 * 1024;

    /// <summary>The largest list in one.</summary>
    private const int MaxListBytes = 4 * 1024 * 1024;

    private readonly ZipArchive zip;

    private EmojiPack(ZipArchive zip, List<PackedEmoji> emojis) => (this.zip, Emojis) = (zip, emojis);

    public IReadOnlyList<PackedEmoji> Emojis { get; }

    /// <exception cref="MediaException">It is no such archive.</exception>
    public static EmojiPack Open(string path)
    {
        ZipArchive? zip = null;
        try
        {
            zip = ZipFile.OpenRead(path);
            return new EmojiPack(zip, ListIn(zip));
        }
        catch (Exception failure) when (failure is InvalidDataException or JsonException or MediaException)
        {
            zip?.Dispose();
            throw failure as MediaException ?? new MediaException(Words.T("The file is no ZIP archive that can be read, or its list is damaged."));
        }
    }

    /// <summary>Writes the picture out; no more of it than an emoji may have, whatever the archive says of its length.</summary>
    /// <exception cref="MediaException">It is not there, too large or damaged.</exception>
    public void Extract(PackedEmoji emoji, TemporaryFile target)
    {
        if (zip.GetEntry(emoji.File) is not { } entry) throw new MediaException(Words.T("The archive has no {file}.", ("file", emoji.File)));
        try
        {
            using var from = entry.Open();
            using var to = target.Create();
            Copy(from, to, OwnEmojis.MaxBytes, $"{emoji.File} is larger than {OwnEmojis.MaxBytes / 1024} kB.");
        }
        catch (InvalidDataException)
        {
            throw new MediaException(Words.T("{file} is damaged in the archive.", ("file", emoji.File)));
        }
    }

    private static List<PackedEmoji> ListIn(ZipArchive zip)
    {
        var list = zip.Entries.FirstOrDefault(e => e.Name is "pack.json" or "meta.json")
            ?? throw new MediaException(Words.T("The archive has neither a pack.json nor a meta.json. Packs of Pleroma, Akkoma and Misskey have one."));
        using var text = new MemoryStream();
        using (var from = list.Open()) Copy(from, text, MaxListBytes, Words.T("{file} is too large.", ("file", list.Name)));
        using var json = JsonDocument.Parse(text.ToArray());
        var folder = list.FullName[..^list.Name.Length];
        var emojis = list.Name == "pack.json" ? Pleroma(json.RootElement, folder) : Misskey(json.RootElement, folder);
        return emojis.Count > 0 ? emojis : throw new MediaException(Words.T("The {file} of the archive names no emoji.", ("file", list.Name)));
    }

    private static List<PackedEmoji> Pleroma(JsonElement root, string folder) =>
        root.ValueKind == JsonValueKind.Object && root.TryGetProperty("files", out var files) && files.ValueKind == JsonValueKind.Object
            ? [.. from file in files.EnumerateObject() where file.Value.ValueKind == JsonValueKind.String select new PackedEmoji(file.Name, "", folder + file.Value.GetString())]
            : [];

    private static List<PackedEmoji> Misskey(JsonElement root, string folder)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("emojis", out var emojis) || emojis.ValueKind != JsonValueKind.Array) return [];
        return [.. from item in emojis.EnumerateArray() let file = Text(item, "fileName") let emoji = Part(item, "emoji") let name = Text(emoji, "name")
                   where file is not null && name is not null select new PackedEmoji(name, Text(emoji, "category") ?? "", folder + file)];
    }

    private static JsonElement Part(JsonElement item, string name) => item.ValueKind == JsonValueKind.Object && item.TryGetProperty(name, out var part) ? part : default;

    private static string? Text(JsonElement item, string name) => Part(item, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static void Copy(Stream from, Stream to, int most, string tooLarge)
    {
        var buffer = new byte[16 * 1024];
        for (var total = 0; from.Read(buffer) is > 0 and var read;)
        {
            if ((total += read) > most) throw new MediaException(tooLarge);
            to.Write(buffer, 0, read);
        }
    }

    public void Dispose() => zip.Dispose();
}
