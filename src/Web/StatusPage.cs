using Calf.Accounts;
using Calf.Media;
using Calf.Statuses;
using Calf.Store;

namespace Calf.Web;

/// <summary>One post of the owner with what it answers above and the answers below, as far as anybody may read them.</summary>
public sealed class StatusPage(Site site, Layout layout, RemoteMediaUrls urls)
{
    public const int MaxAbove = 20;
    public const int MaxBelow = 200;
    private const int MaxDepth = 4;
    private const int ExcerptLength = 200;
    private const int TitleLength = 60;

    public RenderedPage Render(Connection c, Account account, Status status)
    {
        var owner = urls.Shown(account);
        var (before, after) = (ThreadStore.Ancestors(c, status), ThreadStore.Descendants(c, status));
        var access = ThreadAccess.In(c, reader: null, [.. before, .. after], default);
        var above = before.Where(access.Shows).TakeLast(MaxAbove).ToList();
        var below = after.Where(access.Shows).Take(MaxBelow).ToList();
        List<Status> all = [.. above, status, .. below];
        var authors = AccountStore.FindMany(c, all.Select(s => s.AccountId).Distinct()).ToDictionary(a => a.Key, a => urls.Shown(a.Value));
        var bodies = StatusBody.Load(c, all, urls);
        var depths = Depths(status, below);

        var head = new PublicHead(site, owner)
        {
            Title = Words.T("{name}: “{words}”", ("name", owner.Name), ("words", StatusHtml.Excerpt(status, TitleLength))),
            Description = StatusHtml.Excerpt(status, ExcerptLength),
            Url = status.Url,
            Uri = status.Uri,
            Type = "article",
            Published = status.CreatedAt,
            FeedsOf = site.ProfileUrl(owner.Username),
            Picture = LinkPicture.Of(status, bodies[status.Id]) ?? LinkPicture.Of(owner),
        };
        var questions = above.Select(s => StatusHtml.InThread(s, authors[s.AccountId], bodies[s.Id], s.Id == status.InReplyToId ? "u-in-reply-to" : "", depth: 0));
        var replies = below.Select(s => StatusHtml.InThread(s, authors[s.AccountId], bodies[s.Id], depths[s.Id] == 0 ? "u-comment" : "", depths[s.Id]));
        var answers = below.Count == 0 ? Html.Empty : Html.Of($"""
            <section class="thread" aria-label="{Words.T("Answers||under a post")}"><h2>{Words.N(below.Count, "One answer", "{n} answers")}</h2>
            {replies}</section>
            """);
        return new(layout.Public(head.Title, head.Render(), Html.Of($"""
            <main class="h-entry">
            <h1 class="unseen">{Words.T("A post by {name}", ("name", owner.Name))}</h1>
            {questions}{StatusHtml.Whole(status, owner, bodies[status.Id], Numbers(status))}{InteractionBox.Answer(status)}{answers}
            <p class="more"><a href="{site.ProfileUrl(owner.Username)}">{Html.Say("More from {name}", ("name", Html.Of($"<bdi>{owner.Name}</bdi>")))}</a></p>
            </main>
            {PublicFoot.Render(layout, site)}
            """)), status.Uri, owner.Indexable);
    }

    private static Html Numbers(Status s) => Html.Of(
        $"{Number(s.BoostsCount, Words.N(s.BoostsCount, "{n} boost", "{n} boosts"))}{Number(s.FavouritesCount, Words.N(s.FavouritesCount, "{n} favourite", "{n} favourites"))}");

    private static Html Number(long n, string words) => n == 0 ? Html.Empty : Html.Of($"<span>{words}</span>");

    /// <summary>How far each answer stands in; the direct ones not at all.</summary>
    private static Dictionary<long, int> Depths(Status root, List<Status> below)
    {
        var depths = new Dictionary<long, int> { [root.Id] = -1 };
        foreach (var s in below) depths[s.Id] = Math.Min(depths.GetValueOrDefault(s.InReplyToId ?? root.Id, -1) + 1, MaxDepth);
        return depths;
    }
}
