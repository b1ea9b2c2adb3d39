namespace Calf.Security;

/// <summary>How the bytes of a signature are made.</summary>
internal enum SignatureScheme
{
    RsaSha256,
    RsaPssSha512,
    Ed25519,
}
