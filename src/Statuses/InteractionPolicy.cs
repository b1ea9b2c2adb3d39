namespace Calf.Statuses;

/// <summary>Groups of people in a policy. The numbers are stored.</summary>
[Flags]
public enum PolicyGroups
{
    Nobody = 0,

    /// <summary>Somebody whom Calf cannot put in a group.</summary>
    Others = 1,
    Everybody = 2,

    /// <summary>Those who follow the author.</summary>
    Followers = 4,

    /// <summary>Those whom the author follows.</summary>
    Followed = 8,

    /// <summary>The owner of this server, by name.</summary>
    Owner = 16,
}

/// <summary>Who may do one thing with a post at once, and who may ask.</summary>
public sealed record SubPolicy(PolicyGroups Automatic, PolicyGroups Manual);

/// <summary>
/// Whom the author of a post allows to quote, answer, favourite and boost it (FEP-044f, GoToSocial); null where they do not say. It
/// advises only: what counts is the approval.
/// </summary>
public sealed record InteractionPolicy(SubPolicy? Quote, SubPolicy? Reply = null, SubPolicy? Like = null, SubPolicy? Boost = null);

/// <summary>Who may quote the owner's posts, as apps ask for it. The numbers are stored.</summary>
public enum QuotePolicy
{
    Public = 0,
    Followers = 1,
    Nobody = 2,
}
