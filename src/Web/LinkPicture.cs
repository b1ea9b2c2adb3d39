using Calf.Accounts;
using Calf.Media;
using Calf.Statuses;

namespace Calf.Web;

/// <summary>The picture that stands beside links to a page.</summary>
/// <param name="Width">In pixels, with the height; null where they are not known.</param>
/// <param name="IsLarge">It is what the page is about, and not who wrote it.</param>
public sealed record LinkPicture(string Url, string Alt, int? Width, int? Height, bool IsLarge)
{
    public static LinkPicture? Of(Account account) => account.AvatarUrl is { } url ? new(url, account.AvatarAlt, null, null, IsLarge: false) : null;

    /// <summary>The preview of the post's first picture or film; null where it has none, or none that may be shown to who did not ask for it.</summary>
    public static LinkPicture? Of(Status status, StatusBody body)
    {
        if (status.Sensitive || status.SpoilerText.Length > 0) return null;
        if (body.Media.FirstOrDefault(m => m.Type == "image" || m.PreviewUrl is not null) is not { } one) return null;
        if (one is not { Type: "image", Width: { } width, Height: { } height }) return new(one.PreviewUrl ?? one.Url, one.Description, null, null, IsLarge: true);
        var size = one.PreviewUrl is null ? (width, height) : Pictures.PreviewOf(width, height);
        return new(one.PreviewUrl ?? one.Url, one.Description, size.Item1, size.Item2, IsLarge: true);
    }

    public Html Tags() => Html.Of($"""
        <meta property="og:image" content="{Html.Address(Url)}">
        {(Width is { } width && Height is { } height ? Html.Of($"<meta property=\"og:image:width\" content=\"{width}\">\n<meta property=\"og:image:height\" content=\"{height}\">\n") : Html.Empty)}{(Alt.Length > 0 ? Html.Of($"<meta property=\"og:image:alt\" content=\"{Alt}\">\n") : Html.Empty)}
        """);
}
