using Calf.AccountCollections;
using Calf.Accounts;

namespace Calf.Mastodon.Entities;

/// <summary>https://docs.joinmastodon.org/entities/FeatureApproval/</summary>
/// <param name="CurrentUser">What would come of the caller's putting the account into a collection.</param>
public sealed record FeatureApprovalEntity(IReadOnlyList<string> Automatic, IReadOnlyList<string> Manual, string CurrentUser)
{
    private static readonly (FeatureAudience Audience, string Word)[] Words =
    [
        (FeatureAudience.Everybody, "public"), (FeatureAudience.Followers, "followers"), (FeatureAudience.Following, "following"),
        (FeatureAudience.Unsupported, "unsupported_policy"),
    ];

    /// <param name="policy">What the account's server says; null where it says nothing. The owner's follows from their profile.</param>
    /// <param name="byOwner">Strangers have no collections.</param>
    public static FeatureApprovalEntity Of(Account a, FeaturePolicy? policy, bool byOwner)
    {
        if (a.IsOwner) return new(!a.Discoverable ? [] : a.Locked ? ["followers"] : ["public"], [], WordOf(byOwner && a.Discoverable ? FeatureConsent.Automatic : FeatureConsent.Denied));
        return new(
            WordsOf(policy?.Automatic), WordsOf(policy?.Manual), WordOf(byOwner ? policy?.ForOwner ?? FeatureConsent.Missing : FeatureConsent.Denied));
    }

    private static string WordOf(FeatureConsent consent) => consent.ToString().ToLowerInvariant();

    private static List<string> WordsOf(FeatureAudience? audience) => [.. Words.Where(word => audience?.HasFlag(word.Audience) == true).Select(word => word.Word)];
}
