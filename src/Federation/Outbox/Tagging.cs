using Calf.Accounts;
using Calf.Federation.Documents;
using Calf.Statuses;
using Calf.Store;
using Calf.Timelines;

namespace Calf.Federation.Outbox;

/// <summary>The owner follows hashtags and shows some on the profile.</summary>
public sealed class Tagging(Database database, Owner owner, Site site, OwnKeys keys, Sending sending, TimeProvider time)
{
    /// <summary>As Mastodon's.</summary>
    public const int MaxFeatured = 10;

    /// <summary>How many posts with a hashtag come into home when it is followed, at most.</summary>
    private const int Backfilled = 100;

    /// <exception cref="ActionException">It is no hashtag.</exception>
    public Task<Tag> Follow(string name) => database.Write(c =>
    {
        var tag = Require(c, name);
        OwnTagStore.Followed.Add(c, tag.Id, time.GetUtcNow());
        foreach (var status in OwnTagStore.NewestPublic(c, tag.Id, Backfilled))
            if (HomeFeed.Takes(c, status, owner.Id, time.GetUtcNow()))
                TimelineStore.AddToHome(c, status);
        return tag;
    });

    /// <exception cref="ActionException">It is no hashtag.</exception>
    public Task<Tag> Unfollow(string name) => database.Write(c =>
    {
        var tag = Require(c, name);
        OwnTagStore.Followed.Remove(c, tag.Id);
        TimelineStore.RemoveTagFromHome(c, tag.Id, owner.Id);
        return tag;
    });

    /// <exception cref="ActionException">It is no hashtag, or there are as many as can be.</exception>
    public Task<Tag> Feature(string name) => database.Write(c =>
    {
        var tag = Require(c, name);
        if (OwnTagStore.Featured.Among(c, [tag.Id]).Count > 0) return tag;
        if (OwnTagStore.Featured.Page(c, new Paging(MaxFeatured)).Count >= MaxFeatured) throw ActionException.Invalid(Validation.Failed(Words.T("You have already featured the maximum number of hashtags")));
        OwnTagStore.Featured.Add(c, tag.Id, time.GetUtcNow());
        Tell(c);
        return tag;
    });

    public Task Unfeature(Tag tag) => database.Write(c =>
    {
        OwnTagStore.Featured.Remove(c, tag.Id);
        Tell(c);
    });

    /// <summary>Other servers look at the profile again, and at its hashtags with it.</summary>
    private void Tell(Connection c)
    {
        sending.ToFollowersAnd(c, [], UpdateBuilder.Build(ActorBuilder.Owner(owner.Required, site, keys)));
        sending.AfterOwnerChanged(c);
    }

    private static Tag Require(Connection c, string name) =>
        HashtagName.Is(name) ? TagStore.FindOrAdd(c, name) : throw ActionException.Invalid(Validation.Failed(Words.T("Name is invalid")));
}
