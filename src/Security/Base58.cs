namespace Calf.Security;

/// <summary>base58btc, quadratic in the length: meant for keys, so callers cap what they pass.</summary>
internal static class Base58
{
    private const string Alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

    public static string Encode(ReadOnlySpan<byte> bytes)
    {
        var zeros = bytes.IndexOfAnyExcept((byte)0) is >= 0 and var first ? first : bytes.Length;
        var digits = new List<int>();
        foreach (var value in bytes)
        {
            var carry = (int)value;
            for (var i = 0; i < digits.Count; i++)
            {
                carry += digits[i] << 8;
                digits[i] = carry % 58;
                carry /= 58;
            }

            for (; carry > 0; carry /= 58) digits.Add(carry % 58);
        }

        return string.Create(zeros + digits.Count, (zeros, digits), static (text, state) =>
        {
            text[..state.zeros].Fill(Alphabet[0]);
            for (var i = state.zeros; i < text.Length; i++) text[i] = Alphabet[state.digits[text.Length - 1 - i]];
        });
    }

    /// <returns>Null when a character is none of the alphabet.</returns>
    public static byte[]? Decode(ReadOnlySpan<char> text)
    {
        var zeros = text.IndexOfAnyExcept(Alphabet[0]) is >= 0 and var first ? first : text.Length;
        var bytes = new List<byte>();
        foreach (var letter in text)
        {
            var carry = Alphabet.IndexOf(letter, StringComparison.Ordinal);
            if (carry < 0) return null;
            for (var i = 0; i < bytes.Count; i++)
            {
                carry += bytes[i] * 58;
                bytes[i] = (byte)carry;
                carry >>= 8;
            }

            for (; carry > 0; carry >>= 8) bytes.Add((byte)carry);
        }

        bytes.AddRange(Enumerable.Repeat((byte)0, zeros));
        bytes.Reverse();
        return [.. bytes];
    }
}
