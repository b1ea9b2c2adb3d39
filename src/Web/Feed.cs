using Calf.Accounts;
using Calf.Media;
using Calf.Statuses;
using Calf.Store;
using Calf.Timelines;

namespace Calf.Web;

/// <summary>
/// The owner's newest posts for feed readers: as in Mastodon (app/controllers/accounts_controller.rb, 4.x) 20 public and unlisted ones,
/// without boosts and without answers to others. That of a hashtag has public ones only, as the hashtag's page there has.
/// </summary>
/// <param name="Page">The page that shows the same; the feed's address is this with an ending (<see cref="FeedKind"/>).</param>
public sealed record Feed(Account Owner, string Title, string Description, string Page, IReadOnlyList<FeedEntry> Entries)
{
    public const int MaxEntries = 20;

    /// <summary>When something in it last changed.</summary>
    public DateTimeOffset Updated => Entries.Count == 0 ? Owner.CreatedAt : Entries.Max(e => e.Changed);

    public static Feed OfProfile(Connection c, Site site, Account owner, RemoteMediaUrls urls) => new(
        owner, $"{owner.Name} (@{owner.Username}@{site.Domain})", StatusHtml.OneLine(owner.Note), site.ProfileUrl(owner.Username),
        Load(c, owner, new(ExcludeReplies: true, ExcludeBoosts: true), urls));

    /// <summary>Null when the owner has no public post with the tag. Answers count here: the tag says that they are for others too.</summary>
    public static Feed? OfTag(Connection c, Site site, Account owner, string tag, RemoteMediaUrls urls)
    {
        var entries = Load(c, owner, new(ExcludeBoosts: true, Tag: tag, OnlyPublic: true), urls);
        return entries.Count == 0 ? null : new(owner, Words.T("{tag} by {name}", ("tag", "#" + tag), ("name", owner.Name)), Words.T("What {name} wrote under {tag}.", ("name", owner.Name), ("tag", "#" + tag)), site.TagUrl(tag), entries);
    }

    private static List<FeedEntry> Load(Connection c, Account owner, AccountTimeline what, RemoteMediaUrls urls)
    {
        var posts = StatusStore.FindInOrder(c, TimelineStore.OfAccount(c, owner.Id, reader: null, what, new(MaxEntries)));
        var bodies = StatusBody.Load(c, posts, urls);
        return [.. posts.Select(s => new FeedEntry(s, bodies[s.Id]))];
    }
}

/// <summary>A post in a feed.</summary>
public sealed record FeedEntry(Status Status, StatusBody Body)
{
    private const int TitleLength = 80;

    public DateTimeOffset Changed => Status.EditedAt ?? Status.CreatedAt;

    /// <summary>For the kinds of feed that want a title: a post has none, so its beginning stands there.</summary>
    public string Title => StatusHtml.Excerpt(Status, TitleLength) is { Length: > 0 } words ? words : Words.T("Post of {day}", ("day", Words.Day(Status.CreatedAt)));

    /// <summary>What the post says, folded under its warning where the reader can fold. Files are not in it: they go beside it.</summary>
    public Html Content
    {
        get
        {
            var words = Html.Of($"{Security.SafeHtml.Trust(Status.Content)}{Choices}");
            return Status.SpoilerText.Length == 0 ? words : Html.Of($"<details><summary>{Status.SpoilerText}</summary>{words}</details>");
        }
    }

    // Without numbers: a feed that changed with every vote would be fetched for nothing.
    private Html Choices => Body.Poll is { } poll ? Html.Of($"<ul>{poll.Options.Select(o => Html.Of($"<li>{o.Title}</li>"))}</ul>") : Html.Empty;
}
