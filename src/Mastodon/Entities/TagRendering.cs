using System.Globalization;
using Calf.Statuses;
using Calf.Store;

namespace Calf.Mastodon.Entities;

/// <summary>Makes hashtag entities, with the days of the last week, in three statements for any number.</summary>
public sealed class TagRendering(Site site, TimeProvider time)
{
    private const int Days = 7;

    /// <param name="byOwner">The owner is told what they follow and show.</param>
    public List<TagEntity> Render(Connection c, IReadOnlyCollection<Tag> tags, bool byOwner = true)
    {
        if (tags.Count == 0) return [];
        List<long> ids = [.. tags.Select(t => t.Id)];
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var uses = TagStore.Uses(c, ids, today.AddDays(1 - Days)).ToDictionary(u => (u.TagId, u.Day));
        HashSet<long> followed = byOwner ? OwnTagStore.Followed.Among(c, ids) : [];
        HashSet<long> featured = byOwner ? OwnTagStore.Featured.Among(c, ids) : [];
        return [.. tags.Select(tag => new TagEntity(
            EntityText.Of(tag.Id), tag.Name, site.TagUrl(tag.Name),
            [.. Enumerable.Range(0, Days).Select(back => Day(today.AddDays(-back), uses.GetValueOrDefault((tag.Id, today.AddDays(-back)))))],
            followed.Contains(tag.Id), featured.Contains(tag.Id)))];
    }

    public TagEntity Render(Connection c, Tag tag, bool byOwner = true) => Render(c, [tag], byOwner)[0];

    /// <summary>A hashtag that nobody has used here; apps ask for any.</summary>
    public TagEntity Unknown(string name) => new("", name, site.TagUrl(name), [], Following: false, Featuring: false);

    public List<TagEntity> Search(Connection c, string text, int limit, int offset, bool byOwner = true)
    {
        var prefix = text.TrimStart('#');
        if (prefix.Length == 0 || prefix.AsSpan().IndexOfAny(' ', '/', '@') >= 0) return [];
        return Render(c, [.. StatusParts.SearchTags(c, prefix, limit, offset, onlyPublic: !byOwner).Select(tag => new Tag(tag.Id, tag.Name))], byOwner);
    }

    private static TagHistoryEntity Day(DateOnly day, TagUse? use)
    {
        var seconds = new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero).ToUnixTimeSeconds();
        return new TagHistoryEntity(EntityText.Of(seconds), (use?.Accounts ?? 0).ToString(CultureInfo.InvariantCulture), (use?.Uses ?? 0).ToString(CultureInfo.InvariantCulture));
    }
}
