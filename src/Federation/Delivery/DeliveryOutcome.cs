using System.Globalization;
using Calf.Security;

namespace Calf.Federation.Delivery;

public enum OutcomeKind
{
    Delivered,

    /// <summary>The other server will never take this one; it may take the next.</summary>
    Refused,

    /// <summary>It may work later; the lane waits (wire 42).</summary>
    Failed,

    /// <summary>We do not send this at all, such as to a private address. It tells nothing of the host.</summary>
    NotSent,

    /// <summary>410 from a personal inbox: the account is gone.</summary>
    InboxGone,

    /// <summary>410 from a shared inbox: the whole server is gone (wire 112).</summary>
    HostGone,
}

/// <summary>What became of one attempt.</summary>
/// <param name="Error">For the ledger, such as <c>answered 503</c>; null when delivered.</param>
/// <param name="GoneAccount">With <see cref="OutcomeKind.InboxGone"/>: the one account whose inbox it is.</param>
public sealed record DeliveryOutcome(OutcomeKind Kind, string? Error, TimeSpan? RetryAfter = null, long? GoneAccount = null)
{
    // What the ledger is told, which DeliveryReason makes sentences of.
    internal const string Answered = "answered ", NameNotFound = "its name cannot be found", Unreachable = "cannot be reached", Untrusted = "its certificate is not trusted",
        BrokenOff = "broke off its answer", NoAnswerWithin = "did not answer within ", Seconds = " s";

    private static readonly DeliveryOutcome Done = new(OutcomeKind.Delivered, null);

    public static DeliveryOutcome Of(SafeResponse answer, DateTimeOffset now) => answer.Status switch
    {
        >= 200 and < 300 => Done,
        410 => new(OutcomeKind.InboxGone, "answered 410: gone"),
        429 or 503 => new(OutcomeKind.Failed, Sentence(answer), answer.RetryAfter(now)),
        // 3xx: a redirect that cannot be followed is mostly a server under repair.
        < 400 or 408 or (>= 500 and not 501) => new(OutcomeKind.Failed, Sentence(answer)),
        _ => new(OutcomeKind.Refused, Sentence(answer)),
    };

    public static DeliveryOutcome Of(SafeHttpException failure) =>
        new(failure.Transient ? OutcomeKind.Failed : OutcomeKind.NotSent, failure.Reason switch
        {
            SafeHttpReason.TimedOut => string.Create(CultureInfo.InvariantCulture, $"{NoAnswerWithin}{(SafeHttp.ConnectTimeout + SafeHttp.ReadTimeout).TotalSeconds:0}{Seconds}"),
            SafeHttpReason.NameNotFound => NameNotFound,
            SafeHttpReason.ConnectFailed => Unreachable,
            SafeHttpReason.TlsFailed => Untrusted,
            SafeHttpReason.BrokenAnswer => BrokenOff,
            _ => failure.Message,
        });

    private static string Sentence(SafeResponse answer)
    {
        var status = string.Create(CultureInfo.InvariantCulture, $"{Answered}{answer.Status}");
        return ReasonText.In(answer) is { } reason ? $"{status}: {reason}" : status;
    }
}
