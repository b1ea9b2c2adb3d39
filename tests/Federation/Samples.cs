using Calf.Accounts;
using Calf.Federation;
using Calf.Statuses;

namespace Calf.Tests.Federation;

/// <summary>Accounts and posts for the tests of documents and endpoints.</summary>
internal static class Samples
{
    public static readonly Site Site = new("alice.test", "social.alice.test");
    public static readonly DateTimeOffset Start = new(2026, 11, 23, 18, 0, 0, TimeSpan.Zero);

    public static Account Owner => new()
    {
        Id = 1,
        Uri = Site.ActorUri("alice"),
        Url = Site.ProfileUrl("alice"),
        Username = "alice",
        Domain = "",
        DisplayName = "Alice",
        Note = "<p>Hello</p>",
        Inbox = OwnUris.Inbox(Site.ActorUri("alice")),
        SharedInbox = Site.SharedInbox,
        Outbox = OwnUris.Outbox(Site.ActorUri("alice")),
        FollowersUri = OwnUris.Followers(Site.ActorUri("alice")),
        FollowingUri = OwnUris.Following(Site.ActorUri("alice")),
        FeaturedUri = OwnUris.Featured(Site.ActorUri("alice")),
        CreatedAt = Start,
        FetchedAt = Start,
    };

    public static Account Remote(long id, string name) => new()
    {
        Id = id,
        Uri = $"https://bob.test/users/{name}",
        Url = $"https://bob.test/@{name}",
        Username = name,
        Domain = "bob.test",
        Inbox = $"https://bob.test/users/{name}/inbox",
        CreatedAt = Start,
        FetchedAt = Start,
    };

    public static Status Post(long id, Visibility visibility = Visibility.Public) => new()
    {
        Id = id,
        Uri = Site.StatusUri("alice", id),
        Url = Site.StatusUrl("alice", id),
        AccountId = Owner.Id,
        Content = "<p>Grüße &amp; <b>more</b></p>",
        Source = "Grüße & **more**",
        Language = "de",
        Visibility = visibility,
        CreatedAt = Start.AddMinutes(id),
    };
}
