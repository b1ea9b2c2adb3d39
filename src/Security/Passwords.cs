using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NSec.Cryptography;

namespace Calf.Security;

/// <summary>Argon2id. A hash tells its own parameters (<c>$argon2id$v=19$m=…,t=…,p=1$salt$hash</c>), so they can be raised later.</summary>
public static class Passwords
{
    /// <summary>OWASP's smallest recommendation, 19 MiB and two passes: about a tenth of a second on a Raspberry Pi 4,
    /// and it leaves a server of 512 MB room for a few sign-ins at once.</summary>
    private const int MemoryKiB = 19456;
    private const int Passes = 2;

    private const int SaltBytes = 16;
    private const int HashBytes = 32;

    /// <summary>A stored hash that asks for more was not made by us.</summary>
    private const int MaxMemoryKiB = 256 * 1024;
    private const int MaxPasses = 16;
    private const int MaxHashBytes = 64;

    /// <summary>Longer ones are cut by nobody: refuse them before hashing.</summary>
    public const int MaxLength = 1024;

    public static string Hash(string password)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        var hash = Derive(password, salt, MemoryKiB, Passes, HashBytes);
        return string.Create(CultureInfo.InvariantCulture, $"$argon2id$v=19$m={MemoryKiB},t={Passes},p=1${Encode(salt)}${Encode(hash)}");
    }

    /// <summary>False for a wrong password and for a hash that cannot be read.</summary>
    public static bool Verify(string password, string phc)
    {
        if (phc.Split('$') is not ["", "argon2id", "v=19", var parameters, var saltText, var hashText]) return false;
        if (parameters.Split(',') is not [['m', '=', .. var m], ['t', '=', .. var t], "p=1"]) return false;
        if (!TryNumber(m, MaxMemoryKiB, out var memory) || memory < 8 || !TryNumber(t, MaxPasses, out var passes)) return false;
        if (Decode(saltText) is not { Length: SaltBytes } salt) return false;
        if (Decode(hashText) is not { Length: >= 16 and <= MaxHashBytes } hash) return false;
        return CryptographicOperations.FixedTimeEquals(Derive(password, salt, memory, passes, hash.Length), hash);
    }

    private static byte[] Derive(string password, byte[] salt, int memoryKiB, int passes, int length)
    {
        var parameters = new Argon2Parameters { DegreeOfParallelism = 1, MemorySize = memoryKiB, NumberOfPasses = passes };
        var bytes = Encoding.UTF8.GetBytes(password);
        try
        {
            return PasswordBasedKeyDerivationAlgorithm.Argon2id(parameters).DeriveBytes(bytes, salt, length);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    private static bool TryNumber(string text, int most, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number > 0 && number <= most;

    private static string Encode(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=');

    private static byte[]? Decode(string text)
    {
        var padded = text.PadRight((text.Length + 3) / 4 * 4, '=');
        var bytes = new byte[padded.Length];
        return Convert.TryFromBase64String(padded, bytes, out var length) ? bytes[..length] : null;
    }
}
