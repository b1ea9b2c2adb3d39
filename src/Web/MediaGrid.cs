using Calf.Statuses;

namespace Calf.Web;

/// <summary>Pictures, films and sounds of posts as small squares, each of which leads to its post.</summary>
internal static class MediaGrid
{
    public static Html Of(IEnumerable<Status> posts, Dictionary<long, StatusBody> bodies) => Html.Of($"""
        <ul class="grid">
        {posts.SelectMany(post => bodies[post.Id].Media.Select(one => Square(post, one)))}</ul>
        """);

    private static Html Square(Status post, Attachment one) => Html.Of($"""
        <li class="h-entry"><a class="u-url" href="{Html.Address(post.Url)}">{Shown(post, one)}</a></li>

        """);

    /// <summary>What its author covered stays covered, and says why.</summary>
    private static Html Shown(Status post, Attachment one)
    {
        if (post.Sensitive) return Text(post.SpoilerText.Length > 0 ? post.SpoilerText : Words.T("Covered by its author"));
        var still = one.PreviewUrl ?? (one.Type == "image" ? one.Url : null);
        var kind = one.Type switch { "image" => "", "gifv" => "GIF", "video" => Words.T("Film"), "audio" => Words.T("Sound"), _ => Words.T("File") };
        if (still is null) return Text(one.Description.Length > 0 ? $"{kind}: {one.Description}" : kind);
        var label = kind.Length == 0 ? Html.Empty : Html.Of($"<small>{kind}</small>");
        var words = one.Description.Length > 0 ? one.Description : Words.T("Without a description, of {day}", ("day", Words.Day(post.CreatedAt)));
        return Html.Of($"""<img class="u-photo" src="{Html.Address(still)}" alt="{words}" loading="lazy">{label}""");
    }

    private static Html Text(string words) => Html.Of($"<span dir=\"auto\">{words}</span>");
}
