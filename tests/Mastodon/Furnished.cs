using Calf.Follows;
using Calf.Interactions;
using Calf.Lists;
using Calf.Moderation;
using Calf.Notifications;
using Calf.Statuses;

namespace Calf.Tests.Mastodon;

/// <summary>A server in use, always the same one: every list of the API has <see cref="Each"/> rows.</summary>
public static class Furnished
{
    public const int Each = 5;

    /// <summary>They follow and are followed, write the posts 101 to 105 about cows, and boost, favourite and quote post 200, the owner's.</summary>
    public const long FirstFriend = 11;
    public const long OwnPost = 200;
    public const long BoostedPost = 200;

    public static async Task<ApiFixture> Start()
    {
        var api = await ApiFixture.Start();
        foreach (var tens in (long[])[10, 20, 30, 40, 50])
            for (var i = 1; i <= Each; i++) await api.AddPerson(tens + i, $"{(char)('a' + tens / 10)}{i}");
        await api.AddStatus(OwnPost, ApiFixture.OwnerId);
        await api.Database.Write(c => ListStore.Save(c, new AccountList(1, "Farm", RepliesPolicies.List, Exclusive: false)));
        for (var i = 1; i <= Each; i++)
        {
            await api.AddStatus(100 + i, 10 + i);
            await api.AddStatus(300 + i, 10 + i, s => s with { BoostOfId = BoostedPost }, home: false);
            await api.AddStatus(400 + i, 10 + i, home: false);
            await api.AddStatus(600 + i, 11, s => s with { Visibility = Visibility.Unlisted }, home: false);
            await Interact(api, i);
        }
        return api;
    }

    private static Task Interact(ApiFixture api, int i) => api.Database.Write(c =>
    {
        var now = api.Clock.GetUtcNow().AddMinutes(i);
        StatusParts.AddTags(c, 100 + i, ["cows"]);
        FavouriteStore.Add(c, 100 + i, ApiFixture.OwnerId, $"https://calf.test/likes/{i}", now);
        FavouriteStore.Add(c, OwnPost, 10 + i, $"https://far.test/likes/{i}", now);
        BookmarkStore.Add(c, 100 + i, now);
        FollowStore.Save(c, new Follow(ApiFixture.OwnerId, 10 + i, $"https://calf.test/follows/{i}", true, true, false, now));
        FollowStore.Save(c, new Follow(10 + i, ApiFixture.OwnerId, $"https://far.test/follows/{i}", true, true, false, now));
        FollowStore.Save(c, new Follow(40 + i, ApiFixture.OwnerId, $"https://far.test/requests/{i}", false, true, false, now));
        ListStore.AddMember(c, 1, 10 + i);
        ListFeed.Add(c, 100 + i);
        MuteStore.Save(c, new Mute(20 + i, true, null), now);
        BlockStore.Add(c, ApiFixture.OwnerId, 30 + i, $"https://calf.test/blocks/{i}", now);
        DomainBlockStore.Add(c, $"bad{i}.test", now);
        QuoteStore.Save(c, new Quote { StatusId = 400 + i, QuotedUri = $"https://far.test/statuses/{OwnPost}", QuotedId = OwnPost, State = QuoteState.Accepted });
        NotificationStore.Add(c, NotificationTypes.Mention, 10 + i, 100 + i, now);
        NotificationStore.Add(c, NotificationTypes.Mention, 50 + i, 600 + i, now, filtered: true);
        NotificationStore.Add(c, NotificationTypes.Favourite, 10 + i, OwnPost, now);
    });
}
