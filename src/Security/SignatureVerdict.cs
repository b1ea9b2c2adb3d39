namespace Calf.Security;

public enum SignatureOutcome
{
    Valid,

    /// <summary>No signature at all: 401 where one is demanded, an anonymous reader elsewhere.</summary>
    Missing,

    /// <summary>Something cannot be read: 400.</summary>
    Malformed,

    /// <summary>It can be read and does not hold: 401.</summary>
    Refused,
}

/// <summary>What came of looking at a signature.</summary>
/// <param name="Reason">One plain sentence for the verdict row and the answer; empty when valid. May quote the request's headers, never keys.</param>
public readonly record struct SignatureVerdict(SignatureOutcome Outcome, string Reason)
{
    public static SignatureVerdict Valid { get; } = new(SignatureOutcome.Valid, "");

    public static SignatureVerdict Missing { get; } = new(SignatureOutcome.Missing, "The request is not signed.");

    public bool IsValid => Outcome == SignatureOutcome.Valid;

    /// <summary>200, 400 or 401.</summary>
    public int StatusCode => Outcome switch
    {
        SignatureOutcome.Valid => 200,
        SignatureOutcome.Malformed => 400,
        _ => 401,
    };

    public static SignatureVerdict Malformed(string reason) => new(SignatureOutcome.Malformed, reason);

    public static SignatureVerdict Refused(string reason) => new(SignatureOutcome.Refused, reason);
}
