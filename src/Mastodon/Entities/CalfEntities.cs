using Calf.Federation.Delivery;
using Calf.Media;

namespace Calf.Mastodon.Entities;

/// <summary>How far a post of the owner's has come; servers with trouble first.</summary>
/// <param name="Deleted">It is deleted, and these have been told so.</param>
public sealed record DeliveryEntity(bool Deleted, int Delivered, int Waiting, int Refused, IReadOnlyList<ServerDeliveryEntity> Servers)
{
    public static DeliveryEntity Of(StatusDeliveries deliveries, bool deleted = false) => new(
        deleted, deliveries.Delivered, deliveries.Waiting, deliveries.Refused, [.. deliveries.Hosts.Select(ServerDeliveryEntity.Of)]);
}

/// <summary>The counts alone, for streams.</summary>
public sealed record DeliveryCountsEntity(string Id, int Delivered, int Waiting, int Refused);

/// <param name="State"><c>delivered</c>, <c>waiting</c> or <c>refused</c>.</param>
/// <param name="Reason">Why it does not have it, in plain words; null when it does.</param>
/// <param name="NextAttemptAt">While waiting; a time past means now.</param>
public sealed record ServerDeliveryEntity(
    string Host, string State, int Attempts, string? LastError, string? Reason, DateTimeOffset? LastAttemptAt, DateTimeOffset? NextAttemptAt)
{
    public static ServerDeliveryEntity Of(HostDelivery d) => new(d.Host, d.State switch
    {
        DeliveryState.Delivered => "delivered",
        DeliveryState.Waiting => "waiting",
        _ => "refused",
    }, d.Attempts, d.Error, DeliveryReason.Of(d), d.LastAt, d.NextAt);
}

/// <summary>Markdown as it will look, and how long it is by Mastodon's count.</summary>
public sealed record PreviewEntity(string Content, int Characters);

/// <summary>What the data folder takes, in bytes. <see cref="DiskUse"/> says what each is.</summary>
/// <param name="GrowthPerDay">Null before the second day.</param>
/// <param name="DaysLeft">Null when that cannot be said, or the disk does not fill.</param>
/// <param name="Bucket">Null when the settings name none.</param>
public sealed record DiskEntity(long Database, long Media, long Cache, long CacheBudget, long PutAside, long Free, long? GrowthPerDay, long? DaysLeft, BucketReport? Bucket)
{
    public static DiskEntity Of(DiskUse use, double? growth, BucketReport? bucket) => new(
        use.Database, use.Media, use.Cache, use.CacheBudget, use.EarlierVersions, use.Free, (long?)growth, growth is { } known ? (long?)use.DaysLeft(known) : null, bucket);
}

/// <summary>What came of a pack of emoji.</summary>
public sealed record EmojiImportEntity(int Added, IReadOnlyList<SkippedEmojiEntity> Skipped)
{
    public static EmojiImportEntity Of(EmojiImport import) => new(import.Added, [.. import.Skipped.Select(s => new SkippedEmojiEntity(s.Shortcode, s.Reason))]);
}

public sealed record SkippedEmojiEntity(string Shortcode, string Reason);

/// <summary>A browser that is signed in. <paramref name="Current"/>: the one that asks.</summary>
public sealed record SessionEntity(string Id, string Name, bool Current, DateTimeOffset CreatedAt, DateTimeOffset LastUsedAt);

/// <summary>How this server's pages look.</summary>
/// <param name="Accent">Three numbers for <c>oklch()</c>; null for Calf's own.</param>
/// <param name="Address">Of the style sheet; null when nothing is set.</param>
public sealed record LookEntity(string? Accent, string Css, DateTimeOffset? UpdatedAt, string? Address);

/// <param name="Missing">What Calf could use and does not find, as sentences for the owner.</param>
public sealed record MachineEntity(IReadOnlyList<string> Missing);

/// <summary>Where followed hashtags are looked for, and what comes of that and of relays.</summary>
public sealed record TagSourcesEntity(IReadOnlyList<TagSourceEntity> Servers, int PostsPerDay, int PostsToday);

/// <param name="Error">What went wrong at the last try; empty when nothing did.</param>
public sealed record TagSourceEntity(string Host, DateTimeOffset AddedAt, string Error);
