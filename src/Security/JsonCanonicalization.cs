using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;

namespace Calf.Security;

/// <summary>
/// The one way to write a JSON value (RFC 8785): no spaces, keys in the order of their UTF-16 code units, ECMAScript's numbers.
/// What two readers could understand differently is refused rather than written: keys that occur twice, text that is no Unicode,
/// numbers that no double can hold.
/// </summary>
public static class JsonCanonicalization
{
    /// <param name="without">Keys of the outermost object that are left out.</param>
    /// <param name="reason">A plain sentence when this returns false.</param>
    public static bool TryWrite(JsonElement value, [NotNullWhen(true)] out byte[]? utf8, out string reason, params ReadOnlySpan<string> without)
    {
        var output = new ArrayBufferWriter<byte>(1024);
        try
        {
            Write(value, output, without);
            utf8 = output.WrittenSpan.ToArray();
            reason = "";
            return true;
        }
        catch (Exception e) when (e is NotCanonicalException or InvalidOperationException or EncoderFallbackException)
        {
            // Reading text that is no Unicode throws InvalidOperationException.
            utf8 = null;
            reason = e is NotCanonicalException ? e.Message : "It has text that is not Unicode.";
            return false;
        }
    }

    private static void Write(JsonElement value, ArrayBufferWriter<byte> output, ReadOnlySpan<string> without = default)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(value, output, without);
                break;
            case JsonValueKind.Array:
                output.Write("["u8);
                var first = true;
                foreach (var item in value.EnumerateArray())
                {
                    if (!first) output.Write(","u8);
                    first = false;
                    Write(item, output);
                }
                output.Write("]"u8);
                break;
            case JsonValueKind.String:
                CanonicalText.Write(value.GetString()!, output);
                break;
            case JsonValueKind.Number:
                if (!value.TryGetDouble(out var number) || !double.IsFinite(number)) throw new NotCanonicalException("It has a number that is too large.");
                output.Write(Encoding.ASCII.GetBytes(CanonicalNumber.Text(number)));
                break;
            default:
                output.Write(value.ValueKind switch { JsonValueKind.True => "true"u8, JsonValueKind.False => "false"u8, _ => "null"u8 });
                break;
        }
    }

    private static void WriteObject(JsonElement value, ArrayBufferWriter<byte> output, ReadOnlySpan<string> without)
    {
        var members = new List<JsonProperty>();
        foreach (var member in value.EnumerateObject()) members.Add(member);
        var names = members.ConvertAll(m => m.Name);
        var order = Enumerable.Range(0, names.Count).ToArray();
        Array.Sort(order, (a, b) => string.CompareOrdinal(names[a], names[b]));
        output.Write("{"u8);
        string? last = null;
        var any = false;
        foreach (var i in order)
        {
            if (names[i] == last) throw new NotCanonicalException($"It has the key \"{(last.Length > 50 ? last[..50] : last)}\" twice.");
            last = names[i];
            if (without.Contains(last)) continue;
            if (any) output.Write(","u8);
            any = true;
            CanonicalText.Write(last, output);
            output.Write(":"u8);
            Write(members[i].Value, output);
        }
        output.Write("}"u8);
    }

    private sealed class NotCanonicalException(string message) : Exception(message);
}
