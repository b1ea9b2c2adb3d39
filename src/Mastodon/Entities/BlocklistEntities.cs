using Calf.Federation;
using Calf.Federation.Blocklists;
using Calf.Moderation;

namespace Calf.Mastodon.Entities;

/// <summary>A subscribed list. <paramref name="Held"/>: domains that came later and wait for the owner's yes, since blocking them ends follows.</summary>
public sealed record BlocklistEntity(
    string Id, string Url, long Domains, IReadOnlyList<string> Held, DateTimeOffset CreatedAt, DateTimeOffset CheckedAt, string? Error)
{
    public static BlocklistEntity Of(Blocklist list, long domains, IEnumerable<string> held) =>
        new(EntityText.Of(list.Id), list.Url, domains, [.. held], list.CreatedAt, list.CheckedAt, list.Error);
}

/// <summary>What a list would do.</summary>
public sealed record BlocklistPreviewEntity(int Domains, int New, int ByHand, IReadOnlyList<SeveredEntity> Severed, IReadOnlyList<SkippedLineEntity> Skipped)
{
    public static BlocklistPreviewEntity Of(BlocklistPreview p) => new(
        p.Domains, p.New, p.ByHand, [.. p.Severed.Select(s => new SeveredEntity(s.Domain, s.Following, s.Followers))], [.. p.Skipped.Select(SkippedLineEntity.Of)]);
}

/// <summary>Handles of whom the owner would no longer follow, and who would no longer follow the owner.</summary>
public sealed record SeveredEntity(string Domain, IReadOnlyList<string> Following, IReadOnlyList<string> Followers);

public sealed record SkippedLineEntity(int Line, string Text, string Reason)
{
    public static SkippedLineEntity Of(SkippedLine s) => new(s.Number, s.Text, s.Reason);
}

public sealed record BlocklistImportEntity(int Added, int Kept, IReadOnlyList<SkippedLineEntity> Skipped);
