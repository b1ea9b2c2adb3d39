using Calf.Accounts;
using Calf.Media;
using Calf.Statuses;

namespace Calf.Web;

/// <summary>What the pages show of others: their files through this server.</summary>
internal static class ShownMedia
{
    public static Account Shown(this RemoteMediaUrls urls, Account account)
    {
        var emojis = urls.Shown(account.Emojis);
        return account.IsOwner
            ? account with { Emojis = emojis }
            : account with { AvatarUrl = urls.Of(account.AvatarUrl, RemoteShape.AvatarStill), HeaderUrl = urls.Of(account.HeaderUrl, RemoteShape.Header), Emojis = emojis };
    }

    /// <summary>Still ones: pages are to be read.</summary>
    public static IReadOnlyList<CustomEmoji> Shown(this RemoteMediaUrls urls, IReadOnlyList<CustomEmoji> emojis) =>
        emojis.Count == 0 ? emojis : [.. emojis.Select(e => urls.Of(e.Url, RemoteShape.EmojiStill) is { } url ? e with { Url = url } : null).OfType<CustomEmoji>()];

    /// <summary>What is no picture, film or sound is only linked to, since it would not be passed on.</summary>
    public static Attachment Shown(this RemoteMediaUrls urls, Attachment one) => one with
    {
        Url = one.Type == "unknown" ? one.Url : urls.Of(one.Url, RemoteShape.Original) ?? one.Url,
        PreviewUrl = urls.Of(one.PreviewUrl, RemoteShape.Preview),
    };
}
