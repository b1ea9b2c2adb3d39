using Calf.AccountCollections;
using Calf.Accounts;
using Calf.Federation.Gaps;
using Calf.Federation.Inbox;
using Calf.Filters;
using Calf.Follows;
using Calf.Interactions;
using Calf.Lists;
using Calf.Moderation;
using Calf.Notifications;
using Calf.Security;
using Calf.Statuses;
using Calf.Store;
using Calf.Tests.Support;

namespace Calf.Tests.Mastodon;

/// <summary>People who come to a <see cref="Furnished"/> server one after the other; with each of them every list of <see cref="ListRoutes"/> gets a row more.</summary>
public static class Newcomers
{
    public const long First = 2000;

    /// <summary>As many ids as one request may ask for.</summary>
    public const int Most = 20;

    private const long Friend = Furnished.FirstFriend;
    private const long Step = 1000;

    /// <summary>How many posts come with each, one of a kind, so that each page has all kinds.</summary>
    public const int PostsOfEach = 10;

    // Real ids, so that the posts are of the days that trends look at.
    private static readonly long Newest = Ids.FloorOf(CalfServer.NewClock().GetUtcNow().AddHours(-1));

    /// <summary>Posts of the owner's.</summary>
    public static readonly long FirstOwnPost = Newest + 4;

    /// <summary>The same number come each time, so that lists may be compared.</summary>
    public static async Task Come(ApiFixture api, int from, int count)
    {
        for (var i = from; i < from + count; i++) await Come(api, i);
        await api.Get<Calf.Operations.TrendsWorker>().Step();
        while (await Calf.Search.Searching.CatchUp(api.Database)) { }
    }

    private static async Task Come(ApiFixture api, int i)
    {
        var (person, blocked, muted, asking, stranger) = (First + i, First + Step + i, First + 2 * Step + i, First + 3 * Step + i, First + 4 * Step + i);
        var at = Newest + i * PostsOfEach;
        var (post, answer, quote, boost, own, direct, rich) = (at, at + 1, at + 2, at + 3, at + 4, at + 5, at + 6);
        foreach (var id in (long[])[person, blocked, muted, asking, stranger]) await api.AddPerson(id, $"m{id}", $"m{id}.test");
        await api.Database.Write(c => AccountStore.Save(c, api.Person(person, $"m{person}", $"m{person}.test") with { DisplayName = "Moo", Discoverable = true }));
        await api.AddStatus(post, person, s => s with { Content = "<p>The grass is green</p>" });
        await api.AddStatus(answer, Friend, s => s with { InReplyToId = Furnished.OwnPost, InReplyToUri = $"https://far.test/statuses/{Furnished.OwnPost}" });
        await api.AddStatus(quote, Friend);
        await api.AddStatus(boost, person, s => s with { BoostOfId = Furnished.BoostedPost });
        await api.AddStatus(own, ApiFixture.OwnerId, s => s with { AppId = 7 });
        await api.AddStatus(direct, person, s => s with { Visibility = Visibility.Direct }, home: false);
        await api.AddStatus(rich, Friend, s => s with { Type = "Question" });
        await api.AddStatus(at + 7, Friend, s => s with { BoostOfId = post });
        await api.Database.Write(c =>
        {
            var now = api.Clock.GetUtcNow().AddMinutes(10 + i);
            People(c, i, now);
            Posts(c, i, now, (post, answer, quote, own, direct, rich));
            Own(c, i, now, post);
        });
        await api.Database.Write(c => Elsewhere(c, i, api.Clock.GetUtcNow().AddMinutes(10 + i), post));

        void People(Connection c, int i, DateTimeOffset now)
        {
            FollowStore.Save(c, new Follow(ApiFixture.OwnerId, person, $"https://calf.test/follows/m{i}", true, true, false, now));
            FollowStore.Save(c, new Follow(person, ApiFixture.OwnerId, $"https://far.test/follows/m{i}", true, true, false, now));
            FollowStore.Save(c, new Follow(Friend, person, $"https://far.test/follows/f{i}", true, true, false, now));
            FollowStore.Save(c, new Follow(asking, ApiFixture.OwnerId, $"https://far.test/follows/a{i}", false, true, false, now));
            FollowStore.Save(c, new Follow(stranger, ApiFixture.OwnerId, $"https://far.test/follows/s{i}", true, true, false, now));
            c.Execute($"UPDATE accounts SET discoverable = 1 WHERE id = {stranger}");
            BlockStore.Add(c, ApiFixture.OwnerId, blocked, $"https://calf.test/blocks/m{i}", now);
            MuteStore.Save(c, new Mute(muted, true, null), now);
            EndorsementStore.Endorsed.Add(c, person, now);
            NotificationStore.Add(c, NotificationTypes.Mention, Friend, post, now);
            NotificationStore.Add(c, NotificationTypes.Favourite, person, Furnished.OwnPost, now);
            NotificationStore.Add(c, NotificationTypes.Mention, stranger, answer, now, filtered: true);
            ReportStore.Add(c, new Report(own, $"https://far.test/reports/{i}", person, ApiFixture.OwnerId, [own], "Moo", Report.Other, false, now));
            NotificationStore.Add(c, NotificationTypes.Report, person, null, now, own);
        }
    }

    private static void Posts(Connection c, int i, DateTimeOffset now, (long Post, long Answer, long Quote, long Own, long Direct, long Rich) posts)
    {
        foreach (var post in (long[])[posts.Post, posts.Answer])
        {
            StatusParts.AddTags(c, post, ["cows", $"trend{i}"]);
            CardStore.Set(c, post, new Card($"https://news.test/{i}", "Cows", "They swim", null));
        }
        StatusParts.AddTags(c, posts.Own, [$"own{i}", $"plain{i}"]);
        StatusParts.AddTags(c, posts.Rich, ["cows"]);
        StatusParts.AddMentions(c, posts.Rich, [(First + i, false)]);
        StatusParts.AddMentions(c, posts.Direct, [(ApiFixture.OwnerId, false)]);
        StatusParts.AddAttachments(c, posts.Rich, [new Attachment(posts.Rich, "image", "image/jpeg", "https://far.test/cow.jpg", "A cow", null, 640, 480, 0, 0)]);
        StatusParts.AddAttachments(c, posts.Own, [new Attachment(posts.Own, "image", "image/jpeg", "https://calf.test/cow.jpg", "A cow", null, 640, 480, 0, 0)]);
        CardStore.Set(c, posts.Rich, new Card("https://news.test/common", "Cows", "They swim", null));
        PollStore.Set(c, posts.Rich, new Poll([new PollOption("Hay", 1), new PollOption("Grass", 2)], false, now.AddDays(1), null, 3));
        QuoteStore.Save(c, new Quote { StatusId = posts.Quote, QuotedUri = $"https://far.test/statuses/{Furnished.OwnPost}", QuotedId = Furnished.OwnPost, State = QuoteState.Accepted });
        ReactionStore.Add(c, new Reaction(posts.Rich, First + i, "🐄", null, $"https://far.test/reactions/{i}"), now);
        ConversationStore.Add(c, StatusStore.Find(c, posts.Direct)!, ApiFixture.OwnerId);
        FavouriteStore.Add(c, posts.Post, ApiFixture.OwnerId, $"https://calf.test/likes/m{i}", now);
        FavouriteStore.Add(c, posts.Post, Furnished.FirstFriend, $"https://far.test/likes/f{i}", now);
        FavouriteStore.Add(c, Furnished.OwnPost, First + i, $"https://far.test/likes/m{i}", now);
        BookmarkStore.Add(c, posts.Post, now);
        PinStore.Add(c, posts.Own, now);
        StatusStore.Edit(c, StatusStore.Find(c, Furnished.OwnPost)! with { Content = $"<p>Version {i}</p>", EditedAt = now });
    }

    private static void Own(Connection c, int i, DateTimeOffset now, long post)
    {
        ListStore.AddMember(c, 1, First + i);
        ListStore.Save(c, new AccountList(10 + i, $"Herd {i}", RepliesPolicies.List, Exclusive: false));
        ListStore.AddMember(c, 10 + i, Furnished.FirstFriend);
        ListFeed.Add(c, 1, [post]);
        foreach (var (author, uri) in ((long, string?)[])[(ApiFixture.OwnerId, null), (First + i, $"https://far.test/collections/{i}")])
        {
            var collection = new AccountCollection { Id = 9000 + 2 * i + (uri is null ? 0 : 1), AccountId = author, Uri = uri, CreatedAt = now, UpdatedAt = now };
            AccountCollectionStore.Save(c, collection);
            CollectionItemStore.Add(c, new AccountCollectionItem(collection.Id, collection.Id, ApiFixture.OwnerId, CollectionItemState.Accepted, null, null, now));
        }
        OwnTagStore.Followed.Add(c, TagStore.FindOrAdd(c, $"trend{i}").Id, now);
        OwnTagStore.Featured.Add(c, TagStore.FindOrAdd(c, $"own{i}").Id, now);
        ScheduledStore.Add(c, new ScheduledStatus(Ids.At(now), now.AddDays(1), """{"text":"Later","visibility":0,"spoiler_text":"","media_ids":[]}"""));
        if (i == 0) FilterStore.Save(c, new Filter(1, "Barns", ["home"], "warn", null));
        FilterStore.SaveKeyword(c, new FilterKeyword(100 + i, 1, $"barn{i}", true));
        FilterStore.AddStatus(c, new FilterStatus(100 + i, 1, post));
        FilterStore.Save(c, new Filter(10 + i, $"Filter {i}", ["home", "notifications", "public", "thread", "account"], "warn", null));
        FilterStore.SaveKeyword(c, new FilterKeyword(200 + i, 10 + i, "green", true));
    }

    private static void Elsewhere(Connection c, int i, DateTimeOffset now, long post)
    {
        DomainBlockStore.Add(c, $"worse{i}.test", now);
        BlocklistStore.Save(c, new Blocklist(10 + i, $"https://lists.test/{i}", null, now, now, null));
        BlocklistStore.Replace(c, 10 + i, [new BlocklistEntry($"listed{i}.test", DomainSeverity.Block)]);
        SessionStore.Add(c, Tokens.Hash($"session {i}"), "Firefox/1", now);
        AppStore.Add(c, new ClientApp(100 + i, $"client{i}", "Tusky", null, ["https://app.test/back"], "read", now), Tokens.Hash("secret"));
        AccessTokenStore.Add(c, Tokens.Hash($"token {i}"), 100 + i, byOwner: true, "read", now);
        VerdictStore.Add(c, new Verdict(now, "far.test", "https://far.test/users/b1", $"https://far.test/activities/{i}", "Create", "https://far.test/refused", 403, "It is refused."));
        if (i == 0) c.Execute($"INSERT INTO outgoing (id, status_id, type, body, digest, created_at) VALUES (1, {Furnished.OwnPost}, 'Create', x'', x'', {now})");
        GapStore.Add(c, Ids.At(now), now.AddHours(-9), now, ApiFixture.OwnerId);
        var host = $"m{i}.test";
        c.Execute($"INSERT INTO deliveries (outgoing_id, inbox, host, state) VALUES (1, {"https://" + host + "/inbox"}, {host}, 1)");
    }
}
