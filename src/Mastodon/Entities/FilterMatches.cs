using Calf.Federation;
using Calf.Filters;
using Calf.Statuses;
using Calf.Store;

namespace Calf.Mastodon.Entities;

/// <summary>Which of the owner's filters apply to some statuses; asked with three statements for any number of them.</summary>
internal sealed class FilterMatches
{
    private readonly List<Filter> active;
    private readonly ILookup<long, FilterKeyword> keywords;
    private readonly ILookup<long, FilterStatus> statuses;
    private readonly Dictionary<long, string> texts = [];

    private FilterMatches(List<Filter> active, ILookup<long, FilterKeyword> keywords, ILookup<long, FilterStatus> statuses) =>
        (this.active, this.keywords, this.statuses) = (active, keywords, statuses);

    public static FilterMatches Of(Connection c, IReadOnlyCollection<long> ids, DateTimeOffset now)
    {
        var active = FilterStore.All(c).FindAll(f => f.IsActive(now));
        return active.Count == 0
            ? new FilterMatches(active, Enumerable.Empty<FilterKeyword>().ToLookup(k => k.FilterId), Enumerable.Empty<FilterStatus>().ToLookup(s => s.FilterId))
            : new FilterMatches(active, FilterStore.Keywords(c).ToLookup(k => k.FilterId), FilterStore.StatusesAmong(c, ids).ToLookup(s => s.FilterId));
    }

    /// <summary>Each filter that applies, with the first word found and the posts that it names.</summary>
    /// <param name="shown">What is read: the boosted post of a boost.</param>
    public IReadOnlyList<FilterResultEntity> Of(Status status, Status shown, StatusRelations relations)
    {
        if (active.Count == 0) return [];
        var results = new List<FilterResultEntity>();
        foreach (var filter in active)
        {
            var word = keywords[filter.Id].Any() ? keywords[filter.Id].Select(k => KeywordMatch.Find(TextOf(shown, relations), k)).FirstOrDefault(found => found is not null) : null;
            List<string> posts = [.. statuses[filter.Id].Where(s => s.StatusId == status.Id || s.StatusId == shown.Id).Select(s => EntityText.Of(s.StatusId))];
            if (word is null && posts.Count == 0) continue;
            results.Add(new FilterResultEntity(FilterRendering.Bare(filter), word is null ? null : [word], posts.Count == 0 ? null : posts));
        }
        return results;
    }

    private string TextOf(Status s, StatusRelations relations) => texts.TryGetValue(s.Id, out var known)
        ? known
        : texts[s.Id] = FilteredText.Of(s, relations.Polls.GetValueOrDefault(s.Id), relations.Attachments[s.Id]);
}
