using System.Text;
using System.Text.Json;

namespace Calf.Tests.Support;

/// <summary>
/// Writes JSON documents again with a few of their parts replaced by what nobody expects there. The same seed gives the same documents.
/// What it writes need not be JSON any more.
/// </summary>
/// <param name="known">Texts that mean something to the receiver, such as addresses; they turn up in odd places.</param>
internal sealed class Mutator(int seed, IReadOnlyList<string> known)
{
    private const int MostChanges = 4;
    private const int HugeLength = 200_000;

    /// <summary>Raw JSON, one a line; \x is JSON's business.</summary>
    private static readonly string[] Odd =
    [
        "null", "true", "false", "0", "-1", "1e999", "-1e308", "9223372036854775808", "0.1", "[]", "{}", "[[]]", "[null,[null]]", "\"\"", "\" \"",
        "\"\\ud800\"", "\"\\udc00\\ud800 x\"", "\"https://remote.test/\\ud83d\"", "\"\\u0000\"", "\"a\\u0000b\"", "\"\\u202Eevil\\u202C\\u200F\"",
        "\"\\uFEFF\\uFFFE\\uFFFF\"", "\"Z\\u0351\\u036B\\u0343\\u036A\\u0302\"", "\"\\ud83d\\udc68\\u200d\\ud83d\\udc69\"", "{\"\\ud800\":1}", "{\"@value\":{\"@value\":1}}",
        "\"https://\"", "\"https://remote.test:99999/\"", "\"https://[::1]/x\"", "\"https://xn--/\"", "\"https://remote.test/%zz%00\"", "\"https://u:p@remote.test/\"",
        "\"javascript:alert(1)\"", "\"acct:\"", "\"did:ap:key:x\"", "\"as:Public\"", "\"https://remote.test/#\"", "\"https://\\u202e.test/\"", "\"//remote.test\"",
        "\"2026-13-45T99:99:99Z\"", "\"0000-00-00\"", "\"9999-12-31T23:59:59.9999999-14:00\"", "\"0001-01-01T00:00:00+14:00\"", "\"1970-01-01\"", "\"+10000-01-01T00:00:00Z\"", "\"P99999999999Y\"",
        "{\"id\":null,\"type\":null}", "{\"id\":{\"id\":{}}}", "[{\"type\":\"Mention\"},{\"type\":[\"Hashtag\",1],\"name\":{}}]", "{\"type\":\"Link\",\"href\":[]}",
        "{\"type\":\"Emoji\",\"name\":\":<b>:\",\"icon\":{\"url\":\"javascript:1\"}}", "\"<svg><script>alert(1)</script>\"", "\"<a href='&#106;avascript:x'>x\"", "\"'; DROP TABLE statuses; --\"", "\"%s%n${x}{{x}}\"",
        "\"@rae@remote.test\"", "\":emoji:\"", "\"#\"", "\"text/html; charset=\\\"\"", "\"en-\\u0000\"", "\"und-Latn-x-private-x-private-x-private-x-private\"",
    ];

    private static readonly string[] Names =
        ["id", "type", "actor", "object", "to", "cc", "tag", "content", "attributedTo", "inReplyTo", "published", "url", "attachment", "oneOf", "endTime", "quote", "name", "@context", "contentMap", "replies", "interactionPolicy"];

    private readonly Random random = new(seed);
    private readonly HashSet<int> changed = [];
    private int node;

    public T Pick<T>(IReadOnlyList<T> from) => from[random.Next(from.Count)];

    public bool Chance(int percent) => random.Next(100) < percent;

    /// <summary>The document with one to four changes.</summary>
    public byte[] Change(JsonElement document)
    {
        changed.Clear();
        node = 0;
        var nodes = Count(document);
        for (var i = random.Next(MostChanges); i >= 0; i--) changed.Add(random.Next(nodes));
        var text = new StringBuilder();
        Write(text, document);
        var bytes = Encoding.UTF8.GetBytes(text.ToString());
        // Broken UTF-8, a document cut off, bytes before it.
        return random.Next(60) switch
        {
            0 when bytes.Length > 2 => Break(bytes),
            1 => bytes[..random.Next(bytes.Length)],
            2 => [0xEF, 0xBB, 0xBF, .. bytes],
            _ => bytes,
        };
    }

    private byte[] Break(byte[] bytes)
    {
        bytes[random.Next(bytes.Length)] = (byte)random.Next(0x80, 0x100);
        return bytes;
    }

    private static int Count(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => 1 + element.EnumerateObject().Sum(p => Count(p.Value)),
        JsonValueKind.Array => 1 + element.EnumerateArray().Sum(Count),
        _ => 1,
    };

    private void Write(StringBuilder to, JsonElement element)
    {
        if (changed.Contains(node++))
        {
            Replace(to, element);
            return;
        }
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                WriteMany(to, '{', '}', element.EnumerateObject(), p => { to.Append(Quoted(p)).Append(':'); Write(to, p.Value); });
                break;
            case JsonValueKind.Array:
                WriteMany(to, '[', ']', element.EnumerateArray(), e => Write(to, e));
                break;
            default:
                to.Append(element.GetRawText());
                break;
        }
    }

    private void Replace(StringBuilder to, JsonElement element)
    {
        var before = element.GetRawText();
        node += Count(element) - 1;
        switch (random.Next(10))
        {
            case 0: to.Append('[').Append(before).Append(',').Append(Pick(Odd)).Append(']'); break;
            case 1: to.Append("{\"id\":").Append(before).Append('}'); break;
            case 2: Repeat(to, random.Next(2, 80), before); break;
            case 3: to.Append('"'); to.Insert(to.Length, Pick(["x", "<b>", "😀", "#a ", "&", "\\u202e", "https://a.test/ ", "[", "<a href=https://a.test>"]), HugeLength / 5).Append('"'); break;
            case 4: WriteMany(to, '[', ']', Enumerable.Repeat(before, random.Next(2, 1500)).TakeWhile((_, i) => i * before.Length < HugeLength), t => to.Append(t)); break;
            case 5: to.Append('"').Append(Pick(known)).Append('"'); break;
            case 6 when element.ValueKind == JsonValueKind.Object:
                // A key twice: the last one counts.
                WriteMany(to, '{', '}', element.EnumerateObject().Select(p => $"{Quoted(p)}:{p.Value.GetRawText()}").Append($"\"{Pick(Names)}\":{Pick(Odd)}"), t => to.Append(t));
                break;
            default: to.Append(Pick(Odd)); break;
        }
    }

    private static void Repeat(StringBuilder to, int depth, string inner) => to.Insert(to.Length, "[", depth).Append(inner).Insert(to.Length, "]", depth);

    private static void WriteMany<T>(StringBuilder to, char open, char close, IEnumerable<T> items, Action<T> write)
    {
        to.Append(open);
        var first = true;
        foreach (var item in items)
        {
            if (!first) to.Append(',');
            first = false;
            write(item);
        }
        to.Append(close);
    }

    /// <summary>The name as it is written, in its quotes: .Name throws for half a surrogate pair.</summary>
    public static string Quoted(JsonProperty property)
    {
        var raw = property.ToString();
        var value = property.Value.GetRawText();
        return raw[..^value.Length].TrimEnd()[..^1].TrimEnd();
    }
}
