using Calf.Statuses;
using Calf.Store;

namespace Calf.Mastodon.Entities;

/// <summary>Makes hashtag entities.</summary>
public sealed class TagRendering(Site site)
{
    public List<TagEntity> Search(Connection c, string text, int limit, int offset, bool byOwner = true)
    {
        var prefix = text.TrimStart('#');
        if (prefix.Length == 0 || prefix.AsSpan().IndexOfAny(' ', '/', '@') >= 0) return [];
        return [.. StatusParts.SearchTags(c, prefix, limit, offset, onlyPublic: !byOwner).Select(tag =>
            new TagEntity(EntityText.Of(tag.Id), tag.Name, site.TagUrl(tag.Name), [], Following: false, Featuring: false))];
    }
}
