using Calf.ActivityPub;
using Calf.Security;

namespace Calf.Federation.Delivery;

/// <summary>Sends one activity to one inbox, once (with a second knock where the first kind of signature was not taken, wire 1).</summary>
/// <param name="followersHeader">What a host is told of the owner's followers there; null: nothing.</param>
public sealed class DeliveryAttempt(
    SignedHttp http, Func<SigningKey> ownerKey, Func<SigningKey> instanceKey, TimeProvider time, Func<string, string>? followersHeader = null)
{
    /// <summary>wire 14.</summary>
    public const string ContentType = "application/activity+json";

    /// <summary>Only the reason of a refusal is read.</summary>
    private const int MaxAnswerBytes = 2048;

    internal async Task<DeliveryOutcome> Send(string inbox, OutgoingBody body, CancellationToken ct)
    {
        var request = SafeRequest.Post(new Uri(inbox), body.Bytes, ContentType) with
        {
            Accept = ContentType,
            BodySha256 = body.Digest,
            Headers = body.ToFollowers && followersHeader is not null && Origin.HostOf(inbox) is { } host
                ? [new(FollowersDigest.Header, followersHeader(host))]
                : [],
            MaxBytes = MaxAnswerBytes,
            CutBody = true,
        };
        try
        {
            return DeliveryOutcome.Of(await http.Send(request, body.ByInstance ? instanceKey() : ownerKey(), ct), time.GetUtcNow());
        }
        catch (SafeHttpException failure)
        {
            return DeliveryOutcome.Of(failure);
        }
    }
}
