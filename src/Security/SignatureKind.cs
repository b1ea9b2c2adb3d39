namespace Calf.Security;

/// <summary>The two ways to sign a request that are in use between ActivityPub servers.</summary>
public enum SignatureKind
{
    /// <summary>draft-cavage-http-signatures-12: one <c>Signature</c> header. Understood everywhere, so it is tried first (wire 2).</summary>
    Cavage,

    /// <summary>RFC 9421: <c>Signature-Input</c> and <c>Signature</c>.</summary>
    Rfc9421,
}
