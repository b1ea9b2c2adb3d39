using Calf.Store;

namespace Calf.Accounts;

public static class EndorsementStore
{
    /// <summary>The accounts that the owner shows on the profile.</summary>
    public static readonly ChoiceTable Endorsed = new("endorsements", "account_id");
}
