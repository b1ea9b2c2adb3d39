namespace Calf.Search;

/// <summary>
/// Reads Mastodon's query language: words, "phrases", #tags, @mentions, <c>operator:value</c>, and a minus before any of them. There is
/// no wrong query: what is no operator is a word. https://docs.joinmastodon.org/methods/search/
/// </summary>
public static class SearchParsing
{
    /// <summary>Of one query; the rest is left out.</summary>
    public const int MaxClauses = 32;

    private const string OtherQuotes = "“”„«»「」『』《》";

    private static readonly Dictionary<string, ClauseKind> Operators = new(StringComparer.OrdinalIgnoreCase)
    {
        ["from"] = ClauseKind.From,
        ["has"] = ClauseKind.Property,
        ["is"] = ClauseKind.Property,
        ["language"] = ClauseKind.Language,
        ["in"] = ClauseKind.Scope,
        ["before"] = ClauseKind.Before,
        ["after"] = ClauseKind.After,
        ["during"] = ClauseKind.During,
    };

    public static IReadOnlyList<SearchClause> Parse(string query)
    {
        var text = string.Concat(query.Select(c => OtherQuotes.Contains(c, StringComparison.Ordinal) ? '"' : c));
        var clauses = new List<SearchClause>();
        var at = 0;
        while (clauses.Count < MaxClauses)
        {
            while (at < text.Length && char.IsWhiteSpace(text[at])) at++;
            if (at == text.Length) break;
            var negated = text[at] == '-';
            if (text[at] is '-' or '+') at++;
            if (Next(text, ref at) is { } clause) clauses.Add(clause with { Negated = negated });
        }
        return clauses;
    }

    private static SearchClause? Next(string text, ref int at)
    {
        if (at == text.Length || char.IsWhiteSpace(text[at])) return null;
        if (text[at] == '"') return Words(Quoted(text, ref at));
        var term = Term(text, ref at);
        var colon = term.IndexOf(':', StringComparison.Ordinal);
        if (colon > 0 && Operators.TryGetValue(term[..colon], out var kind))
        {
            var value = term[(colon + 1)..];
            if (value.Length == 0 && at < text.Length && text[at] == '"') value = Quoted(text, ref at);
            if (Operation(kind, value) is { } operation) return operation;
        }
        if (term.Length > 1 && term[0] is '#' or '＃' && SearchWords.Joined(term).Length > 0) return new SearchClause(ClauseKind.Tag, term[1..]);
        if (term[0] == '@' && term.LastIndexOf('@') > 1) return new SearchClause(ClauseKind.Mention, term[1..]);
        return Words(term);
    }

    /// <summary>Null when the value is none, as while a date is being typed: then it is words.</summary>
    private static SearchClause? Operation(ClauseKind kind, string value) => kind switch
    {
        _ when value.Length == 0 => null,
        ClauseKind.Before or ClauseKind.After or ClauseKind.During => SearchDates.Read(value) is null ? null : new SearchClause(kind, value),
        ClauseKind.From => new SearchClause(kind, value),
        ClauseKind.Language => SearchWords.Joined(value).Length == 0 ? null : new SearchClause(kind, value),
        _ => new SearchClause(kind, value.ToLowerInvariant()),
    };

    private static SearchClause? Words(string text) => SearchWords.Phrase(text) is null ? null : new SearchClause(ClauseKind.Words, text);

    /// <summary>Up to the next quote, or to the end when there is none.</summary>
    private static string Quoted(string text, ref int at)
    {
        var end = text.IndexOf('"', at + 1);
        var quoted = end < 0 ? text[(at + 1)..] : text[(at + 1)..end];
        at = end < 0 ? text.Length : end + 1;
        return quoted;
    }

    private static string Term(string text, ref int at)
    {
        var start = at;
        while (at < text.Length && !char.IsWhiteSpace(text[at]) && text[at] != '"') at++;
        return text[start..at];
    }
}
