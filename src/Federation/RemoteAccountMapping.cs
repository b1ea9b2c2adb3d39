using Calf.AccountCollections;
using Calf.Accounts;
using Calf.ActivityPub;
using Calf.Security;
using Calf.Store;

namespace Calf.Federation;

/// <summary>What is kept of an actor document, cleaned.</summary>
internal static class RemoteAccountMapping
{
    public static Account Map(RemoteActor actor, string domain, DateTimeOffset now) => new()
    {
        Id = Ids.At(now),
        Uri = actor.Uri,
        Url = actor.Url ?? actor.Uri,
        Username = actor.Username,
        Domain = domain,
        Type = actor.Type,
        DisplayName = actor.Name?.Trim() ?? "",
        Note = HtmlSanitizing.Sanitize(actor.SummaryHtml ?? "").Value,
        Fields = [.. actor.Fields.Select(f => new ProfileField(f.Name.Trim(), HtmlSanitizing.Sanitize(f.Value).Value))],
        Emojis = [.. actor.Emojis.Select(e => new CustomEmoji(e.Name, e.Image.Url))],
        AvatarUrl = actor.Avatar?.Url,
        AvatarAlt = actor.Avatar?.Description ?? "",
        HeaderUrl = actor.Header?.Url,
        HeaderAlt = actor.Header?.Description ?? "",
        Inbox = actor.Inbox,
        SharedInbox = actor.SharedInbox,
        Outbox = actor.Outbox,
        FollowersUri = actor.Followers,
        FollowingUri = actor.Following,
        FeaturedUri = actor.Featured,
        FeaturedTagsUri = actor.FeaturedTags,
        Locked = actor.IsLocked,
        Discoverable = actor.IsDiscoverable ?? false,
        Indexable = actor.IsIndexable ?? false,
        Memorial = actor.IsMemorial,
        MovedToUri = actor.MovedTo,
        AlsoKnownAs = actor.AlsoKnownAs,
        AttributionDomains = actor.AttributionDomains,
        CreatedAt = actor.Published is { } published && published < now ? published : now,
        FetchedAt = now,
        // Its server hides it. What it says later, when it is back, replaces this.
        GoneAt = actor.IsSuspended ? now : null,
    };

    /// <summary>Whom it lets put it into collections; null where it does not say.</summary>
    public static (FeatureAudience Automatic, FeatureAudience Manual)? FeaturePolicyOf(RemoteActor actor) =>
        actor.CanFeature is { } policy ? (Audience(actor, policy.Automatic), Audience(actor, policy.Manual)) : null;

    private static FeatureAudience Audience(RemoteActor actor, IEnumerable<string> ids) => ids.Aggregate(FeatureAudience.Nobody, (all, id) => all | (
        id == Vocabulary.Public ? FeatureAudience.Everybody
        : id == actor.Followers ? FeatureAudience.Followers
        : id == actor.Following ? FeatureAudience.Following
        // "Nobody but me", since an empty list is as good as none.
        : id == actor.Uri ? FeatureAudience.Nobody
        : FeatureAudience.Unsupported));
}
