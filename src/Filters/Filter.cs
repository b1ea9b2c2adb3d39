namespace Calf.Filters;

/// <summary>What the owner does not want to read. https://docs.joinmastodon.org/entities/Filter/</summary>
/// <param name="Contexts">Where it holds: words of <see cref="FilterWords.Contexts"/>.</param>
/// <param name="Action">A word of <see cref="FilterWords.Actions"/>.</param>
public sealed record Filter(long Id, string Title, IReadOnlyList<string> Contexts, string Action, DateTimeOffset? ExpiresAt)
{
    public bool IsActive(DateTimeOffset now) => ExpiresAt is not { } end || end > now;
}

/// <summary>A word or phrase of a filter.</summary>
/// <param name="WholeWord">It counts only where no letter stands before or behind it.</param>
public sealed record FilterKeyword(long Id, long FilterId, string Keyword, bool WholeWord);

/// <summary>A single post of a filter.</summary>
public sealed record FilterStatus(long Id, long FilterId, long StatusId);

/// <summary>Mastodon's words.</summary>
public static class FilterWords
{
    public const string Warn = "warn";
    public const string Hide = "hide";
    public const string Blur = "blur";

    public static readonly IReadOnlyList<string> Contexts = ["home", "notifications", "public", "thread", "account"];

    public static readonly IReadOnlyList<string> Actions = [Warn, Hide, Blur];
}
