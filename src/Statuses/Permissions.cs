namespace Calf.Statuses;

/// <summary>What somebody can expect who wants to quote.</summary>
public enum QuotePermission
{
    Denied,
    Unknown,
    Manual,
    Automatic,
}

/// <summary>How a person stands to the author of a post.</summary>
public readonly record struct Standing(bool Follows, bool IsFollowed);

/// <summary>Reads policies as Mastodon does: of several answers the most generous one.</summary>
public static class Permissions
{
    /// <summary>What the owner of this server can expect of somebody else's post. Who says nothing does not want to be quoted.</summary>
    public static QuotePermission Of(SubPolicy? policy, Standing owner) =>
        policy is null ? QuotePermission.Denied
        : Includes(policy.Automatic, owner) ? QuotePermission.Automatic
        : Includes(policy.Manual, owner) ? QuotePermission.Manual
        : ((policy.Automatic | policy.Manual) & PolicyGroups.Others) != 0 ? QuotePermission.Unknown
        : QuotePermission.Denied;

    private static bool Includes(PolicyGroups groups, Standing owner) =>
        (groups & (PolicyGroups.Everybody | PolicyGroups.Owner)) != 0
        || (owner.Follows && (groups & PolicyGroups.Followers) != 0)
        || (owner.IsFollowed && (groups & PolicyGroups.Followed) != 0);
}
