using Calf.Filters;
using Calf.Store;

namespace Calf.Mastodon.Entities;

/// <summary>Makes filter entities.</summary>
public static class FilterRendering
{
    public static List<FilterEntity> All(Connection c)
    {
        var (keywords, statuses) = (FilterStore.Keywords(c).ToLookup(k => k.FilterId), FilterStore.Statuses(c).ToLookup(s => s.FilterId));
        return [.. FilterStore.All(c).Select(f => Whole(f, keywords[f.Id], statuses[f.Id]))];
    }

    public static FilterEntity Whole(Connection c, Filter f) => Whole(f, FilterStore.Keywords(c, f.Id), FilterStore.Statuses(c, f.Id));

    /// <summary>Without its words and posts.</summary>
    public static FilterEntity Bare(Filter f) => new(EntityText.Of(f.Id), f.Title, f.Contexts, f.ExpiresAt, f.Action);

    public static FilterKeywordEntity Of(FilterKeyword k) => new(EntityText.Of(k.Id), k.Keyword, k.WholeWord);

    public static FilterStatusEntity Of(FilterStatus s) => new(EntityText.Of(s.Id), EntityText.Of(s.StatusId));

    public static FilterV1Entity V1(FilterKeyword k, Filter f) =>
        new(EntityText.Of(k.Id), k.Keyword, f.Contexts, k.WholeWord, f.ExpiresAt, f.Action == FilterWords.Hide);

    private static FilterEntity Whole(Filter f, IEnumerable<FilterKeyword> keywords, IEnumerable<FilterStatus> statuses) =>
        Bare(f) with { Keywords = [.. keywords.Select(Of)], Statuses = [.. statuses.Select(Of)] };
}
