using Calf.Statuses;

namespace Calf.Mastodon.Entities;

/// <summary>Says who may quote a status, in Mastodon's words.</summary>
internal static class QuoteRendering
{
    public static QuoteApprovalEntity Approval(Status status, QuotePolicies policies, long? ownerId)
    {
        var policy = policies.Policies.GetValueOrDefault(status.Id)?.Quote;
        var permission =
            ownerId is null || status.IsBoost || status.Visibility == Visibility.Direct ? QuotePermission.Denied
            : status.AccountId == ownerId ? QuotePermission.Automatic
            : !status.IsOpen ? QuotePermission.Denied
            : Permissions.Of(policy, policies.Standings.GetValueOrDefault(status.AccountId));
        return new(Words(policy?.Automatic), Words(policy?.Manual), permission.ToString().ToLowerInvariant());
    }

    private static List<string> Words(PolicyGroups? groups)
    {
        var those = groups ?? PolicyGroups.Nobody;
        List<string> words = [];
        if ((those & PolicyGroups.Everybody) != 0) words.Add("public");
        if ((those & PolicyGroups.Followers) != 0) words.Add("followers");
        if ((those & PolicyGroups.Followed) != 0) words.Add("following");
        if ((those & (PolicyGroups.Others | PolicyGroups.Owner)) != 0) words.Add("unsupported_policy");
        return words;
    }
}
