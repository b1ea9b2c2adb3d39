using Calf.Federation.Inbox;
using Calf.Federation.Why;

namespace Calf.Mastodon.Entities;

/// <summary>Why the owner sees something or not. <see cref="Explanation"/> lists the codes.</summary>
/// <param name="Status">The post, if it is here and the owner may read it.</param>
/// <param name="Account">The account that was asked for, or the author as far as they are known.</param>
/// <param name="At">When it was deleted or put away.</param>
/// <param name="Origin">Null when its server was not asked.</param>
public sealed record WhyEntity(
    string Asked, string Code, string Sentence, DateTimeOffset? At, IReadOnlyList<WhyReasonEntity> Reasons, IReadOnlyList<VerdictEntity> Refusals,
    WhyOriginEntity? Origin, bool CanFetch, StatusEntity? Status = null, AccountEntity? Account = null)
{
    public static WhyEntity Of(Explanation e) => new(
        e.Asked, e.Code, e.Sentence, e.At, [.. e.Reasons.Select(r => new WhyReasonEntity(r.Code, r.Sentence, r.At, r.Hides))], [.. e.Refusals.Select(VerdictEntity.Of)],
        e.Origin is { } o ? new WhyOriginEntity(o.Code, o.Sentence, o.Status, o.Uri) : null, e.CanFetch);
}

/// <param name="Hides">The post is not shown; false when it only stays out of home or is covered.</param>
public sealed record WhyReasonEntity(string Code, string Sentence, DateTimeOffset? At, bool Hides);

/// <param name="HttpStatus">Null when the server gave none.</param>
/// <param name="Uri">The ActivityPub id, where something was served.</param>
public sealed record WhyOriginEntity(string Code, string Sentence, int? HttpStatus, string? Uri);

/// <summary>Why an activity was refused, or had no effect.</summary>
/// <param name="Status">The HTTP status that its sender got.</param>
/// <param name="Code">The kind of refusal, as a word for programs.</param>
public sealed record VerdictEntity(
    DateTimeOffset CreatedAt, string Host, string Actor, string Activity, string Type, string Object, int Status, string Code, string Reason)
{
    public static VerdictEntity Of(Verdict v) => new(v.CreatedAt, v.Host, v.ActorUri, v.ActivityId, v.Type, v.ObjectUri, v.Status, v.Code, v.Reason);
}
