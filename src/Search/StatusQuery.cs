using Calf.Accounts;
using Calf.Store;

namespace Calf.Search;

/// <summary>A query as SQLite takes it: an FTS5 expression, and the ids between which to look.</summary>
public sealed class StatusQuery
{
    private static readonly string Everything = $"({Quote(SearchMarks.Property(SearchMarks.Library))} OR {Quote(SearchMarks.Property(SearchMarks.Public))})";

    private readonly List<string> wanted = [];
    private readonly List<string> unwanted = [];
    private readonly List<(long From, long To)> left = [];
    private bool asks;

    private StatusQuery()
    {
    }

    /// <summary>Null: nothing can be found, or nothing was asked.</summary>
    public string? Expression { get; private set; }

    /// <summary>The first id that is looked at.</summary>
    public long From { get; private set; }

    /// <summary>The id before which everything is looked at.</summary>
    public long To { get; private set; } = long.MaxValue;

    /// <summary>Stretches of ids to leave out; each from its first up to and without its last.</summary>
    public IReadOnlyList<(long From, long To)> Left => left;

    /// <param name="ownerId">Who <c>me</c> is.</param>
    /// <param name="localDomain">The domain after which a handle is the owner's.</param>
    /// <param name="authorId">Only what this account wrote; null for everybody.</param>
    public static StatusQuery Of(Connection c, string text, long ownerId, string localDomain, long? authorId = null)
    {
        var query = new StatusQuery();
        foreach (var clause in SearchParsing.Parse(text))
        {
            query.asks = true;
            if (!query.Add(c, clause, ownerId, localDomain)) return new StatusQuery();
        }
        if (!query.asks) return query;
        if (authorId is { } only) query.wanted.Add(Quote(SearchMarks.Author(only)));
        var all = query.wanted.Count > 0 ? string.Join(" AND ", query.wanted) : Everything;
        query.Expression = query.unwanted.Count > 0 ? $"({all}) NOT ({string.Join(" OR ", query.unwanted)})" : all;
        return query;
    }

    /// <summary>False when nothing can satisfy it.</summary>
    private bool Add(Connection c, SearchClause clause, long ownerId, string localDomain)
    {
        switch (clause.Kind)
        {
            case ClauseKind.Before or ClauseKind.After or ClauseKind.During:
                Bound(clause);
                return true;
            case ClauseKind.Scope:
                // Everything that is indexed is in one of the two, so "all" asks nothing.
                return clause.Text is not (SearchMarks.Library or SearchMarks.Public) || Put(clause, SearchMarks.Property(clause.Text));
            case ClauseKind.Property:
                return Put(clause, SearchMarks.Properties.Contains(clause.Text) ? SearchMarks.Property(clause.Text) : null);
            case ClauseKind.Language:
                return Put(clause, SearchMarks.Language(clause.Text));
            case ClauseKind.Tag:
                return Put(clause, SearchMarks.Tag(clause.Text));
            case ClauseKind.From:
                return Put(clause, Account(c, clause.Text, ownerId, localDomain) is { } author ? SearchMarks.Author(author) : null);
            case ClauseKind.Mention:
                var named = SearchWords.Phrase(clause.Text);
                var mentioned = Account(c, clause.Text, ownerId, localDomain) is { } id ? Quote(SearchMarks.Mention(id)) : null;
                return PutExpression(clause, named is null ? mentioned : mentioned is null ? named : $"({named} OR {mentioned})");
            default:
                return PutExpression(clause, SearchWords.Phrase(clause.Text));
        }
    }

    private bool Put(SearchClause clause, string? mark) => PutExpression(clause, mark is null ? null : Quote(mark));

    private bool PutExpression(SearchClause clause, string? expression)
    {
        if (expression is null) return clause.Negated;
        (clause.Negated ? unwanted : wanted).Add(expression);
        return true;
    }

    private void Bound(SearchClause clause)
    {
        var (from, to) = SearchDates.Read(clause.Text)!.Value;
        switch (clause.Kind, clause.Negated)
        {
            case (ClauseKind.Before, false) or (ClauseKind.After, true):
                To = Math.Min(To, clause.Negated ? to : from);
                break;
            case (ClauseKind.After, false) or (ClauseKind.Before, true):
                From = Math.Max(From, clause.Negated ? from : to);
                break;
            case (_, false):
                (From, To) = (Math.Max(From, from), Math.Min(To, to));
                break;
            default:
                left.Add((from, to));
                break;
        }
    }

    private static long? Account(Connection c, string handle, long ownerId, string localDomain)
    {
        if (handle.Equals("me", StringComparison.OrdinalIgnoreCase)) return ownerId;
        var parts = handle.TrimStart('@').Split('@');
        if (parts.Length > 2) return null;
        var domain = parts.Length == 1 || parts[1].Equals(localDomain, StringComparison.OrdinalIgnoreCase) ? "" : parts[1].ToLowerInvariant();
        return AccountStore.FindByHandle(c, parts[0], domain)?.Id;
    }

    // Marks hold no quotes: SearchWords lets none through.
    private static string Quote(string mark) => $"\"{mark}\"";
}
