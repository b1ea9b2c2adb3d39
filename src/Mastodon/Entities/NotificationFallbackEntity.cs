using System.Net;
using Calf.Notifications;

namespace Calf.Mastodon.Entities;

/// <summary>
/// https://docs.joinmastodon.org/entities/NotificationFallback/: what an app can show of a notification of a kind that it does not know.
/// </summary>
/// <param name="Title">HTML.</param>
/// <param name="Summary">HTML.</param>
public sealed record NotificationFallbackEntity(string Title, string? Details, string? Summary)
{
    /// <summary>Null for the kinds that every app knows, for those that this one does, and where it did not say which it does.</summary>
    public static NotificationFallbackEntity? Of(string type, ReportEntity? report, AccountEntity? from, IReadOnlyList<string> supported, Site site)
    {
        if (supported.Count == 0 || supported.Contains(type) || from is null || TitleOf(type, report, from) is not { } title) return null;
        return new(title, null, $"Your app does not show this kind of notification. <a href=\"{WebUtility.HtmlEncode(site.Base)}\">Sign in to your own server</a> to see all of it.");
    }

    private static string? TitleOf(string type, ReportEntity? report, AccountEntity from) => type switch
    {
        NotificationTypes.Report when report is not null => $"{Reporter(from)} reported {Link(report.TargetAccount)}",
        NotificationTypes.AddedToCollection => $"{Link(from)} added you to a collection",
        NotificationTypes.CollectionUpdate => $"{Link(from)} updated a collection you are in",
        _ => null,
    };

    /// <summary>Of reports from elsewhere only the server is told, since most pass them on in their own name.</summary>
    private static string Reporter(AccountEntity from) =>
        from.Acct.IndexOf('@', StringComparison.Ordinal) is var at and >= 0 ? WebUtility.HtmlEncode(from.Acct[(at + 1)..]) : Link(from);

    private static string Link(AccountEntity account) =>
        $"<span class=\"h-card\" translate=\"no\"><a href=\"{WebUtility.HtmlEncode(account.Url)}\" class=\"u-url mention\">@<span>{WebUtility.HtmlEncode(account.Username)}</span></a></span>";
}
