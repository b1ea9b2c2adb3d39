using Calf.Store;

namespace Calf.AccountCollections;

/// <summary>Whom somebody lets put them into collections. The numbers are stored.</summary>
[Flags]
public enum FeatureAudience
{
    Nobody = 0,
    Everybody = 1,

    /// <summary>Who follows them.</summary>
    Followers = 2,

    /// <summary>Whom they follow.</summary>
    Following = 4,

    /// <summary>Somebody whom only their own server can tell.</summary>
    Unsupported = 8,
}

/// <summary>What would come of the owner's putting somebody into a collection.</summary>
public enum FeatureConsent { Automatic, Manual, Denied, Unknown, Missing }

/// <summary>What an account's server says of being put into collections, and how the owner stands to it.</summary>
/// <param name="Automatic">Who is in at once.</param>
/// <param name="Manual">Who has to wait for an answer.</param>
public sealed record FeaturePolicy(FeatureAudience Automatic, FeatureAudience Manual, bool OwnerFollows, bool FollowsOwner)
{
    public FeatureConsent ForOwner =>
        Names(Automatic) ? FeatureConsent.Automatic
        : Names(Manual) ? FeatureConsent.Manual
        : (Automatic | Manual).HasFlag(FeatureAudience.Unsupported) ? FeatureConsent.Unknown
        : FeatureConsent.Denied;

    private bool Names(FeatureAudience audience) =>
        audience.HasFlag(FeatureAudience.Everybody) || (OwnerFollows && audience.HasFlag(FeatureAudience.Followers)) || (FollowsOwner && audience.HasFlag(FeatureAudience.Following));
}

public static class FeaturePolicyStore
{
    /// <summary>Those of some accounts; who says nothing is left out.</summary>
    public static Dictionary<long, FeaturePolicy> FindMany(Connection c, IReadOnlyCollection<long> accountIds) => c.Query($"""
        SELECT p.account_id, p.automatic, p.manual,
          EXISTS (SELECT 1 FROM follows f WHERE f.account_id = (SELECT id FROM accounts WHERE domain = '') AND f.target_id = p.account_id AND f.accepted = 1),
          EXISTS (SELECT 1 FROM follows f WHERE f.account_id = p.account_id AND f.target_id = (SELECT id FROM accounts WHERE domain = '') AND f.accepted = 1)
        FROM feature_policies p WHERE p.account_id IN {accountIds}
        """, r => (Id: r.Long(), Policy: new FeaturePolicy((FeatureAudience)r.Int(), (FeatureAudience)r.Int(), r.Bool(), r.Bool()))).ToDictionary(row => row.Id, row => row.Policy);

    /// <summary>Null, for both: its server no longer says.</summary>
    public static void Save(Connection c, long accountId, (FeatureAudience Automatic, FeatureAudience Manual)? policy)
    {
        if (policy is not { } known) c.Execute($"DELETE FROM feature_policies WHERE account_id = {accountId}");
        else c.Execute($"""
            INSERT INTO feature_policies (account_id, automatic, manual) VALUES ({accountId}, {known.Automatic}, {known.Manual})
            ON CONFLICT (account_id) DO UPDATE SET automatic = excluded.automatic, manual = excluded.manual
            """);
    }
}
