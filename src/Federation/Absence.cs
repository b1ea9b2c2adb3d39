namespace Calf.Federation;

/// <summary>Why a post, or what its server would say of it, is not here. The numbers are stored.</summary>
public enum Absence
{
    None = 0,

    /// <summary>Nobody has asked for it yet.</summary>
    Waiting = 1,

    /// <summary>Its server says that it is gone, or it was deleted here.</summary>
    Deleted = 2,

    /// <summary>Its server does not give it to this one.</summary>
    Refused = 3,

    /// <summary>It is for few, as far as its server tells strangers: that answers 404 for what they may not see (wire 32, 43).</summary>
    NotPublic = 4,

    Unreachable = 5,

    /// <summary>The owner blocks its author or server.</summary>
    Blocked = 6,

    /// <summary>What its server answers is no post.</summary>
    Unreadable = 7,
}
