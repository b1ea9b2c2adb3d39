using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Calf.Statuses;

namespace Calf.Mastodon.Entities;

/// <summary>How values are written in entities.</summary>
public static partial class EntityText
{
    /// <summary>Ids are decimal strings: they are longer than a JavaScript number is exact.</summary>
    public static string Of(long id) => id.ToString(CultureInfo.InvariantCulture);

    public static string? Of(long? id) => id is { } known ? Of(known) : null;

    public static string Of(Visibility visibility) => visibility switch
    {
        Visibility.Public => "public",
        Visibility.Unlisted => "unlisted",
        Visibility.Private => "private",
        _ => "direct",
    };

    /// <summary>Null when it is not one of the four words.</summary>
    public static Visibility? ToVisibility(string? word) => word switch
    {
        "public" => Visibility.Public,
        "unlisted" => Visibility.Unlisted,
        "private" => Visibility.Private,
        "direct" => Visibility.Direct,
        _ => null,
    };

    /// <summary>The text of HTML, with a line for each break and paragraph; for what apps show in an editor.</summary>
    public static string Plain(string html) =>
        WebUtility.HtmlDecode(Tag().Replace(Break().Replace(html, "\n"), "")).Trim();

    [GeneratedRegex(@"<br\s*/?>|</p>\s*<p[^>]*>", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Break();

    [GeneratedRegex("<[^>]*>", RegexOptions.NonBacktracking)]
    private static partial Regex Tag();
}
