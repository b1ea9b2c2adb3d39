using Calf.Events;
using Calf.Filters;
using Calf.Statuses;
using Calf.Store;

namespace Calf.Federation.Outbox;

/// <summary>What a filter is to become; null leaves a thing as it is.</summary>
/// <param name="ExpiresIn">How long it holds; <see cref="TimeSpan.Zero"/> is for ever.</param>
public sealed record FilterChange(
    string? Title = null, IReadOnlyList<string>? Contexts = null, string? Action = null, TimeSpan? ExpiresIn = null, IReadOnlyList<KeywordChange>? Keywords = null);

/// <summary>A word to add, to change (with the id that it has) or to take away.</summary>
public sealed record KeywordChange(long? Id, string? Keyword, bool? WholeWord, bool Remove = false);

/// <summary>The owner keeps filters. Open streams are told of each change.</summary>
public sealed class Filtering(Database database, EventHub events, TimeProvider time)
{
    /// <summary>In characters, as Mastodon's.</summary>
    public const int MaxTitle = 256, MaxKeyword = 512;

    /// <exception cref="ActionException">It has no title or context, a word is empty, or something is not known.</exception>
    public Task<Filter> Create(FilterChange wanted) => Write(c => Save(c, new Filter(NewId(), "", [], FilterWords.Warn, null), wanted));

    /// <exception cref="ActionException">It is not there, or as with <see cref="Create"/>; then nothing has changed.</exception>
    public Task<Filter> Change(long id, FilterChange wanted) => Write(c => Save(c, Require(c, id), wanted));

    /// <exception cref="ActionException">It is not there.</exception>
    public Task Remove(long id) => Write(c =>
    {
        var filter = Require(c, id);
        FilterStore.Remove(c, id);
        return filter;
    });

    /// <exception cref="ActionException">The filter is not there, or the word is empty or too long.</exception>
    public Task<FilterKeyword> AddKeyword(long filterId, KeywordChange wanted) => Write(c => Save(c, Require(c, filterId).Id, wanted));

    /// <exception cref="ActionException">The word is not there, or would be empty or too long.</exception>
    public Task<FilterKeyword> ChangeKeyword(long id, KeywordChange wanted) => Write(c => Save(c, RequireKeyword(c, id).FilterId, wanted with { Id = id }));

    /// <exception cref="ActionException">The word is not there.</exception>
    public Task RemoveKeyword(long id) => Write(c =>
    {
        var keyword = RequireKeyword(c, id);
        FilterStore.RemoveKeyword(c, id);
        return keyword;
    });

    /// <exception cref="ActionException">The filter or the post is not there, or it has the post already.</exception>
    public Task<FilterStatus> AddStatus(long filterId, long statusId) => Write(c =>
    {
        Require(c, filterId);
        if (StatusStore.Find(c, statusId) is null) throw NotFound();
        var added = new FilterStatus(NewId(), filterId, statusId);
        return FilterStore.AddStatus(c, added) ? added : throw ActionException.Invalid(Validation.Failed(Words.T("Status has already been taken")));
    });

    /// <exception cref="ActionException">The entry is not there.</exception>
    public Task<FilterStatus> RemoveStatus(long id) => Write(c =>
    {
        var status = FilterStore.FindStatus(c, id) ?? throw NotFound();
        FilterStore.RemoveStatus(c, id);
        return status;
    });

    private Filter Save(Connection c, Filter before, FilterChange wanted)
    {
        var filter = before with
        {
            Title = wanted.Title?.Trim() ?? before.Title,
            Contexts = wanted.Contexts is { } contexts ? [.. contexts.Where(word => word.Length > 0).Distinct()] : before.Contexts,
            Action = wanted.Action ?? before.Action,
            ExpiresAt = wanted.ExpiresIn is not { } span ? before.ExpiresAt : span > TimeSpan.Zero ? time.GetUtcNow() + span : null,
        };
        if (filter.Title.Length == 0) throw ActionException.Invalid(Validation.Failed(Words.T("Title can't be blank")));
        TextLimit.Demand(Words.T("Title||what is too long"), filter.Title, MaxTitle);
        if (filter.Contexts.Count == 0) throw ActionException.Invalid(Validation.Failed(Words.T("Context can't be blank")));
        if (!filter.Contexts.All(FilterWords.Contexts.Contains)) throw ActionException.Invalid("Validation failed: Context None or invalid context supplied");
        if (!FilterWords.Actions.Contains(filter.Action)) throw ActionException.Invalid("Validation failed: Action is not included in the list");
        FilterStore.Save(c, filter);
        foreach (var keyword in wanted.Keywords ?? [])
        {
            if (keyword.Id is { } id && RequireKeyword(c, id).FilterId != filter.Id) throw NotFound();
            if (!keyword.Remove) Save(c, filter.Id, keyword);
            else if (keyword.Id is { } gone) FilterStore.RemoveKeyword(c, gone);
        }
        return filter;
    }

    private FilterKeyword Save(Connection c, long filterId, KeywordChange wanted)
    {
        var before = wanted.Id is { } id ? RequireKeyword(c, id) : new FilterKeyword(NewId(), filterId, "", WholeWord: true);
        var keyword = before with { Keyword = wanted.Keyword?.Trim() ?? before.Keyword, WholeWord = wanted.WholeWord ?? before.WholeWord };
        if (keyword.Keyword.Length == 0) throw ActionException.Invalid(Validation.Failed(Words.T("Keyword can't be blank")));
        TextLimit.Demand(Words.T("Keyword||what is too long"), keyword.Keyword, MaxKeyword);
        FilterStore.SaveKeyword(c, keyword);
        return keyword;
    }

    private Task<T> Write<T>(Func<Connection, T> work) => database.Write(c =>
    {
        var result = work(c);
        c.AfterCommit(() => events.Publish(new FiltersChanged()));
        return result;
    });

    private long NewId() => Ids.At(time.GetUtcNow());

    private static Filter Require(Connection c, long id) => FilterStore.Find(c, id) ?? throw NotFound();

    private static FilterKeyword RequireKeyword(Connection c, long id) => FilterStore.FindKeyword(c, id) ?? throw NotFound();

    private static ActionException NotFound() => ActionException.NotFound();
}
