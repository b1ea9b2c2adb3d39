namespace Calf.Security;

/// <summary>Why a request to another server gave no usable answer.</summary>
public enum SafeHttpReason
{
    InvalidUrl,
    AddressRefused,
    NameNotFound,
    ConnectFailed,
    TlsFailed,
    TimedOut,
    TooLarge,
    EncodingRefused,
    RedirectRefused,
    BrokenAnswer,
}

/// <summary>A request that was refused here or failed on the way. The message is a sentence that can be shown to the owner.</summary>
public sealed class SafeHttpException(SafeHttpReason reason, string message, Exception? inner = null) : Exception(message, inner)
{
    public SafeHttpReason Reason { get; } = reason;

    /// <summary>Whether the same request may work later. What we refused ourselves will be refused again.</summary>
    public bool Transient { get; } = reason is SafeHttpReason.NameNotFound or SafeHttpReason.ConnectFailed or SafeHttpReason.TlsFailed
        or SafeHttpReason.TimedOut or SafeHttpReason.BrokenAnswer;
}
