namespace Calf.Federation.Delivery;

/// <summary>An activity to be sent, serialised once for all its receivers.</summary>
/// <param name="Type">The ActivityStreams type, such as <c>Create</c>.</param>
/// <param name="StatusId">The owner's post that it is about, whose ledger then shows how it went; null for a follow and the like.</param>
/// <param name="ToFollowers">It goes to all followers: each server is told which it has of them (FEP-8fcf).</param>
/// <param name="ByInstance">The instance actor sends and signs it, not the owner.</param>
public sealed record OutgoingActivity(string Type, byte[] Body, long? StatusId = null, bool ByInstance = false, bool ToFollowers = false);

public enum DeliveryState
{
    Waiting = 0,
    Delivered = 1,

    /// <summary>Final: refused by the other server, given up, or not to be sent.</summary>
    Refused = 2,
}
