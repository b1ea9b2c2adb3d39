using System.Text.Json.Serialization;

namespace Calf.Mastodon.Entities;

/// <summary>https://docs.joinmastodon.org/entities/Filter/</summary>
public sealed record FilterEntity(string Id, string Title, IReadOnlyList<string> Context, DateTimeOffset? ExpiresAt, string FilterAction)
{
    /// <summary>Left out inside a <see cref="FilterResultEntity"/>, as at Mastodon.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<FilterKeywordEntity>? Keywords { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<FilterStatusEntity>? Statuses { get; init; }
}

public sealed record FilterKeywordEntity(string Id, string Keyword, bool WholeWord);

public sealed record FilterStatusEntity(string Id, string StatusId);

/// <summary>https://docs.joinmastodon.org/entities/FilterResult/</summary>
public sealed record FilterResultEntity(FilterEntity Filter, IReadOnlyList<string>? KeywordMatches, IReadOnlyList<string>? StatusMatches);

/// <summary>A keyword as Mastodon's first filters had it. https://docs.joinmastodon.org/entities/V1_Filter/</summary>
public sealed record FilterV1Entity(string Id, string Phrase, IReadOnlyList<string> Context, bool WholeWord, DateTimeOffset? ExpiresAt, bool Irreversible);
