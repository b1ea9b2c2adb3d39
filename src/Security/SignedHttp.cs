namespace Calf.Security;

/// <summary>
/// Sends requests with our signature. A host that answers 400 or 401 gets one second knock with the other kind, and what worked is
/// remembered (wire 1, 2). Every attempt and every hop is signed anew (wire 5, 11).
/// </summary>
public sealed class SignedHttp(SafeHttp http, SignatureMemory memory, TimeProvider time)
{
    private readonly record struct Knock(SignatureKind Kind, bool OmitQuery = false);

    /// <inheritdoc cref="SafeHttp.Send"/>
    public async Task<SafeResponse> Send(SafeRequest request, SigningKey key, CancellationToken ct)
    {
        var host = request.Uri.Authority;
        // Cavage where nothing is known: some servers answer 200 to RFC 9421 and drop the activity.
        var first = memory.Get(host) ?? SignatureKind.Cavage;
        var answer = await Send(request, key, new Knock(first), ct);
        if (!IsRefusal(answer)) return answer;

        foreach (var knock in SecondKnocks(request, first))
        {
            SafeResponse second;
            try
            {
                second = await Send(request, key, knock, ct);
            }
            catch (SafeHttpException)
            {
                return answer; // The first answer says more than a connection that broke at the second knock.
            }
            if (IsRefusal(second)) continue;
            if (second.IsSuccess && knock.Kind != first) memory.Learn(host, knock.Kind);
            return second;
        }
        return answer;
    }

    private static IEnumerable<Knock> SecondKnocks(SafeRequest request, SignatureKind first)
    {
        // GoToSocial signs and verifies the path alone when the query does not verify (wire 8).
        if (request.Method == HttpMethod.Get && request.Uri.Query.Length > 0) yield return new(SignatureKind.Cavage, OmitQuery: true);
        yield return new(first == SignatureKind.Cavage ? SignatureKind.Rfc9421 : SignatureKind.Cavage);
    }

    private Task<SafeResponse> Send(SafeRequest request, SigningKey key, Knock knock, CancellationToken ct) => http.Send(
        request with
        {
            Sign = message => HttpSignature.Sign(message, key, knock.Kind, request.BodyHash(), time.GetUtcNow(), knock.OmitQuery),
        },
        ct);

    private static bool IsRefusal(SafeResponse answer) => answer.Status is 400 or 401;
}
