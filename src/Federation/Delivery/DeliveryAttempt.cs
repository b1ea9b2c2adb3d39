using Calf.Security;

namespace Calf.Federation.Delivery;

/// <summary>Sends one activity to one inbox, once (with a second knock where the first kind of signature was not taken, wire 1).</summary>
public sealed class DeliveryAttempt(SignedHttp http, Func<SigningKey> ownerKey, Func<SigningKey> instanceKey, TimeProvider time)
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
