using Calf.Store;

namespace Calf.Media;

/// <summary>What came of a pack of emoji.</summary>
/// <param name="Skipped">Those that were not taken, each with the reason.</param>
public sealed record EmojiImport(int Added, IReadOnlyList<(string Shortcode, string Reason)> Skipped);

/// <summary>The owner adds custom emoji and takes them away.</summary>
public sealed class OwnEmojis(Database database, Uploading uploading, Staging staging, EmojiStills stills, TimeProvider time)
{
    /// <summary>As Mastodon's.</summary>
    public const int MaxBytes = 256 * 1024;

    public const int MaxEmojis = 5000;

    public const int MaxShortcode = 128, MaxCategory = 100;

    /// <exception cref="MediaException">The name is taken or no name, or the picture cannot be one.</exception>
    public async Task<OwnEmoji> Add(string shortcode, string category, TemporaryFile picture, CancellationToken cancel)
    {
        shortcode = shortcode.Trim().Trim(':');
        if (shortcode.Length is < 2 or > MaxShortcode || !shortcode.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'))
            throw new MediaException(Words.T("The name of an emoji has two letters, digits or underscores at least, such as happy_calf."));
        if (category.Length > MaxCategory) throw new MediaException(Words.T("A category has {most} characters at most.", ("most", Words.Digits(MaxCategory))));
        database.Read(c => Demand(c, shortcode));
        var (file, still) = await uploading.AddEmoji(picture, cancel);
        var emoji = new OwnEmoji(shortcode, file, category.Trim(), still);
        await database.Write(c =>
        {
            Demand(c, shortcode);
            OwnEmojiStore.Add(c, emoji, time.GetUtcNow());
            c.AfterCommit(stills.Forget);
        });
        return emoji;
    }

    /// <summary>False when there is none of that name. Posts that have it keep it.</summary>
    public Task<bool> Remove(string shortcode) => database.Write(c => OwnEmojiStore.Remove(c, shortcode.Trim(':'), time.GetUtcNow()));

    /// <exception cref="MediaException">It is no pack; nothing of it is taken.</exception>
    public async Task<EmojiImport> Import(TemporaryFile zip, CancellationToken cancel)
    {
        var added = 0;
        var skipped = new List<(string, string)>();
        using var pack = EmojiPack.Open(zip.Path);
        foreach (var packed in pack.Emojis)
        {
            try
            {
                using var picture = staging.Receive();
                pack.Extract(packed, picture);
                await Add(packed.Shortcode, packed.Category, picture, cancel);
                added++;
            }
            catch (MediaException refused)
            {
                skipped.Add((packed.Shortcode, refused.Message));
            }
        }
        return new EmojiImport(added, skipped);
    }

    /// <returns>Nothing of interest.</returns>
    private static bool Demand(Connection c, string shortcode)
    {
        if (OwnEmojiStore.Find(c, shortcode) is not null) throw new MediaException(Words.T("There is an emoji :{shortcode}: already. Remove it first, or choose another name.", ("shortcode", shortcode)));
        return OwnEmojiStore.Count(c) < MaxEmojis ? true : throw new MediaException(Words.T("There are {most} emoji, which is the most.", ("most", Words.Digits(MaxEmojis))));
    }
}
