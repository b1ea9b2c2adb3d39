using Calf.Federation.Outbox;
using Calf.Media;
using Calf.Statuses;
using Calf.Store;

namespace Calf.Mastodon.Entities;

/// <summary>https://docs.joinmastodon.org/entities/ScheduledStatus/</summary>
public sealed record ScheduledStatusEntity(string Id, DateTimeOffset ScheduledAt, ScheduledParamsEntity Params, IReadOnlyList<MediaAttachmentEntity> MediaAttachments);

/// <summary>What the app sent. Some ids are numbers here, as at Mastodon.</summary>
public sealed record ScheduledParamsEntity(
    string Text, ScheduledPollEntity? Poll, IReadOnlyList<string>? MediaIds, bool Sensitive, string? SpoilerText, string Visibility, long? InReplyToId, string? Language,
    long ApplicationId, string? QuotedStatusId, string? QuoteApprovalPolicy)
{
    public string? ScheduledAt => null;

    public string? Idempotency => null;

    public bool WithRateLimit => false;
}

/// <param name="ExpiresIn">Seconds.</param>
public sealed record ScheduledPollEntity(IReadOnlyList<string> Options, long ExpiresIn, bool Multiple, bool HideTotals);

/// <summary>Makes scheduled status entities, with one statement for the files of all.</summary>
public sealed class ScheduledRendering(AttachmentRendering attachments)
{
    public List<ScheduledStatusEntity> Render(Connection c, IReadOnlyList<ScheduledStatus> scheduled)
    {
        var drafts = scheduled.Select(ScheduledDraft.Read).ToList();
        var files = UploadStore.Find(c, [.. drafts.SelectMany(d => d.MediaIds)]).ToDictionary(u => u.Id);
        var usual = PostingDefaults.Read(c).QuotePolicy;
        return [.. scheduled.Zip(drafts, (s, draft) => new ScheduledStatusEntity(
            EntityText.Of(s.Id), s.DueAt, Params(draft, usual), [.. draft.MediaIds.Where(files.ContainsKey).Select(id => attachments.Render(files[id]))]))];
    }

    private static ScheduledParamsEntity Params(NewStatus d, QuotePolicy usual) => new(
        d.Text, d.Poll is { } p ? new ScheduledPollEntity(p.Options, (long)(p.ExpiresIn ?? TimeSpan.Zero).TotalSeconds, p.Multiple, p.HideTotals) : null,
        d.MediaIds.Count == 0 ? null : [.. d.MediaIds.Select(EntityText.Of)], d.Sensitive, d.SpoilerText, EntityText.Of(d.Visibility), d.InReplyToId, d.Language,
        d.AppId ?? 0, EntityText.Of(d.QuotedStatusId), EntityText.Of(d.QuotePolicy ?? usual));
}
