using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Calf.Tests.Support;

/// <summary>
/// Whole answers, kept beside the tests as they have to be. <c>CALF_REWRITE=1</c> writes them anew; read the difference before you
/// commit it.
/// </summary>
public static class Golden
{
    private static readonly string Folder = Path.Combine(Repository.Folder, "tests", "Mastodon", "Golden");

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IEnumerable<(string Name, JsonElement Value)> All()
    {
        foreach (var file in Directory.GetFiles(Folder, "*.json").Order(StringComparer.Ordinal))
        {
            using var document = JsonDocument.Parse(File.ReadAllText(file));
            yield return (Path.GetFileNameWithoutExtension(file), document.RootElement.Clone());
        }
    }

    /// <param name="changing">Members that differ from run to run, at any depth; a text becomes a star, a number 0.</param>
    public static void Check(string name, JsonElement answer, params string[] changing)
    {
        var actual = JsonNode.Parse(answer.GetRawText())!;
        Mask(actual, changing);
        var file = Path.Combine(Folder, name + ".json");
        if (Environment.GetEnvironmentVariable("CALF_REWRITE") == "1")
        {
            Directory.CreateDirectory(Folder);
            File.WriteAllText(file, actual.ToJsonString(Indented) + "\n");
            return;
        }
        Assert.True(File.Exists(file), $"{file} is missing. CALF_REWRITE=1 writes it.");
        List<string> differences = [];
        Compare(JsonNode.Parse(File.ReadAllText(file)), actual, "", differences);
        Assert.True(differences.Count == 0, $"{name} is not as in its golden file:\n{string.Join('\n', differences)}\nIf that is meant, CALF_REWRITE=1 writes it anew.");
    }

    private static void Mask(JsonNode? node, string[] changing)
    {
        if (node is JsonArray array)
            foreach (var item in array) Mask(item, changing);
        if (node is not JsonObject members) return;
        foreach (var (name, value) in members.ToList())
            if (changing.Contains(name) && value is JsonValue some) members[name] = some.GetValueKind() == JsonValueKind.Number ? 0 : "*";
            else Mask(value, changing);
    }

    private static void Compare(JsonNode? expected, JsonNode? actual, string at, List<string> differences)
    {
        if (expected is JsonObject before && actual is JsonObject after)
        {
            foreach (var name in before.Select(m => m.Key).Union(after.Select(m => m.Key)))
                if (!after.ContainsKey(name)) differences.Add($"{at}/{name} is gone");
                else if (!before.ContainsKey(name)) differences.Add($"{at}/{name} is new");
                else Compare(before[name], after[name], $"{at}/{name}", differences);
            return;
        }
        if (expected is JsonArray list && actual is JsonArray other && list.Count == other.Count)
        {
            for (var i = 0; i < list.Count; i++) Compare(list[i], other[i], $"{at}/{i}", differences);
            return;
        }
        if (!JsonNode.DeepEquals(expected, actual)) differences.Add($"{at} was {expected?.ToJsonString() ?? "null"} and is {actual?.ToJsonString() ?? "null"}");
    }
}
