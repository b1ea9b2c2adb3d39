using Calf.Store;

namespace Calf.Media;

/// <summary>The first pictures of this server's emoji that move, in memory, since they are asked for with every status.</summary>
public sealed class EmojiStills(Site site, Database database)
{
    private volatile Dictionary<string, string>? known;

    /// <summary>The address of the still picture of one of our files; the same address when it has none.</summary>
    public string Of(string url) => url.StartsWith(site.MediaUrl(""), StringComparison.Ordinal) && Known.TryGetValue(url[site.MediaUrl("").Length..], out var still) ? site.MediaUrl(still) : url;

    /// <summary>There is a new one.</summary>
    public void Forget() => known = null;

    private Dictionary<string, string> Known => known ??= database.Read(OwnEmojiStore.Stills);
}
