using System.Globalization;
using Calf.Accounts;
using Calf.Federation.Outbox;
using Calf.Statuses;
using Calf.Store;

namespace Calf.Mastodon.Entities;

/// <summary>https://docs.joinmastodon.org/entities/FeaturedTag/</summary>
/// <param name="StatusesCount">Of the account's posts that are here, as a decimal string.</param>
public sealed record FeaturedTagEntity(string Id, string Name, string Url, string StatusesCount, DateOnly? LastStatusAt)
{
    /// <summary>Those on the owner's profile, newest first.</summary>
    public static IReadOnlyList<FeaturedTagEntity> Own(Connection c, Site site, long owner)
    {
        var featured = OwnTagStore.Featured.Page(c, new Paging(Tagging.MaxFeatured));
        var tags = TagStore.FindMany(c, featured.Select(f => f.Thing));
        return Render(c, site, owner, [.. featured.Select(f => new FeaturedTag(f.Id, f.Thing, tags[f.Thing].Name, null))]);
    }

    /// <summary>Those on somebody's profile, as far as they are known.</summary>
    public static IReadOnlyList<FeaturedTagEntity> Of(Connection c, Site site, Account account) =>
        account.IsOwner ? Own(c, site, account.Id) : account.GoneAt is not null ? [] : Render(c, site, account.Id, RemoteTagStore.Of(c, account.Id));

    private static IReadOnlyList<FeaturedTagEntity> Render(Connection c, Site site, long account, IReadOnlyList<FeaturedTag> featured)
    {
        var uses = TagStore.UsesBy(c, account, [.. featured.Select(f => f.TagId)]).ToDictionary(u => u.TagId);
        return [.. featured.Select(f => (Tag: f, Use: uses.GetValueOrDefault(f.TagId))).Select(f => new FeaturedTagEntity(
            EntityText.Of(f.Tag.Id), f.Tag.Name, f.Tag.Url ?? site.TagUrl(f.Tag.Name), (f.Use?.Posts ?? 0).ToString(CultureInfo.InvariantCulture),
            f.Use?.LastAt is { } at ? DateOnly.FromDateTime(at.UtcDateTime) : null))];
    }
}
