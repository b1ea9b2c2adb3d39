using Calf.Filters;
using Calf.Statuses;
using Calf.Store;

namespace Calf.Federation.Why;

/// <summary>Which of the owner's filters apply to a post, and by which word.</summary>
internal static class FilterReasons
{
    /// <param name="shown">What is read: the boosted post of a boost.</param>
    public static IEnumerable<Reason> Of(Connection c, Status status, Status shown, DateTimeOffset now)
    {
        var active = FilterStore.All(c).FindAll(filter => filter.IsActive(now));
        if (active.Count == 0) yield break;
        var text = FilteredText.Of(shown, PollStore.Find(c, shown.Id), StatusParts.Attachments(c, [shown.Id])[shown.Id]);
        var named = FilterStore.StatusesAmong(c, [status.Id, shown.Id]).Select(entry => entry.FilterId).ToHashSet();
        foreach (var filter in active)
        {
            var word = FilterStore.Keywords(c, filter.Id).Find(keyword => KeywordMatch.Find(text, keyword) is not null)?.Keyword;
            if (word is null && !named.Contains(filter.Id)) continue;
            var does = filter.Action switch
            {
                FilterWords.Hide => Words.T("Your filter “{title}” hides it in: {places}.", ("title", filter.Title), ("places", Places(filter))),
                FilterWords.Blur => Words.T("Your filter “{title}” blurs its pictures in: {places}.", ("title", filter.Title), ("places", Places(filter))),
                _ => Words.T("Your filter “{title}” puts a warning before it in: {places}.", ("title", filter.Title), ("places", Places(filter))),
            };
            yield return new Reason("filtered", $"{does} {(word is null ? Words.T("It names this post.") : Words.T("It found the word “{word}”.", ("word", word)))}",
                filter.ExpiresAt, Hides: filter.Action == FilterWords.Hide);
        }
    }

    private static string Places(Filter filter) => string.Join(", ", filter.Contexts.Select(context => context switch
    {
        "public" => Words.T("public timelines"),
        "thread" => Words.T("threads||where a filter works"),
        "account" => Words.T("profiles||where a filter works"),
        "home" => Words.T("home||where a filter works"),
        "notifications" => Words.T("notifications||where a filter works"),
        _ => context,
    }));
}
