using System.Globalization;
using Calf.Federation.Outbox;
using Calf.Statuses;
using Calf.Store;

namespace Calf.Mastodon.Entities;

/// <summary>https://docs.joinmastodon.org/entities/FeaturedTag/</summary>
/// <param name="StatusesCount">A decimal string.</param>
public sealed record FeaturedTagEntity(string Id, string Name, string Url, string StatusesCount, DateOnly? LastStatusAt)
{
    /// <summary>Those on the owner's profile, newest first.</summary>
    public static IReadOnlyList<FeaturedTagEntity> All(Connection c, Site site, long owner)
    {
        var featured = OwnTagStore.Featured.Page(c, new Paging(Tagging.MaxFeatured));
        List<long> ids = [.. featured.Select(f => f.Thing)];
        var (tags, uses) = (TagStore.FindMany(c, ids), TagStore.UsesBy(c, owner, ids).ToDictionary(u => u.TagId));
        return [.. featured.Select(f => (f.Id, Tag: tags[f.Thing], Use: uses.GetValueOrDefault(f.Thing))).Select(f => new FeaturedTagEntity(
            EntityText.Of(f.Id), f.Tag.Name, site.TagUrl(f.Tag.Name), (f.Use?.Posts ?? 0).ToString(CultureInfo.InvariantCulture),
            f.Use?.LastAt is { } at ? DateOnly.FromDateTime(at.UtcDateTime) : null))];
    }
}
