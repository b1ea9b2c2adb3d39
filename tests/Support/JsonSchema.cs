using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Calf.Tests.Support;

/// <summary>
/// The keywords of JSON Schema that the corpus uses. A keyword it does not know is an error, so that no rule is passed over. The
/// formats that tell the alternatives of a schema apart are asserted: an address and a time.
/// </summary>
public sealed class JsonSchema(string folder)
{
    private static readonly HashSet<string> Annotations =
        ["$schema", "$id", "id", "$defs", "definitions", "title", "description", "examples", "$comment"];

    private readonly Dictionary<string, JsonElement> files = [];

    /// <returns>What is wrong, with the path to it; empty when nothing is.</returns>
    public IReadOnlyList<string> Validate(string file, JsonElement value)
    {
        var root = Load(file);
        return Check(root, root, value, "");
    }

    private JsonElement Load(string file)
    {
        if (!files.TryGetValue(file, out var root)) files[file] = root = JsonDocument.Parse(Corpus.Text($"{folder}/{file}")).RootElement;
        return root;
    }

    private List<string> Check(JsonElement schema, JsonElement root, JsonElement value, string at)
    {
        if (schema.ValueKind == JsonValueKind.True) return [];
        if (schema.ValueKind == JsonValueKind.False) return [$"{at} must not be there"];
        return schema.EnumerateObject().SelectMany(rule => Apply(rule, schema, root, value, at)).ToList();
    }

    private IEnumerable<string> Apply(JsonProperty rule, JsonElement schema, JsonElement root, JsonElement value, string at)
    {
        var isObject = value.ValueKind == JsonValueKind.Object;
        var isArray = value.ValueKind == JsonValueKind.Array;
        switch (rule.Name)
        {
            case "$ref":
                var (target, targetRoot) = Resolve(rule.Value.GetString()!, root);
                return Check(target, targetRoot, value, at);
            case "type":
                return Types(rule.Value).Any(t => IsType(t, value)) ? [] : [$"{at} is not {rule.Value}"];
            case "const":
                return JsonElement.DeepEquals(rule.Value, value) ? [] : [$"{at} is not {rule.Value}"];
            case "enum":
                return rule.Value.EnumerateArray().Any(e => JsonElement.DeepEquals(e, value)) ? [] : [$"{at} is none of {rule.Value}"];
            case "required":
                return isObject ? rule.Value.EnumerateArray().Where(n => !value.TryGetProperty(n.GetString()!, out _)).Select(n => $"{at}/{n} is missing") : [];
            case "properties":
                return isObject ? rule.Value.EnumerateObject().Where(p => value.TryGetProperty(p.Name, out _)).SelectMany(p => Check(p.Value, root, value.GetProperty(p.Name), $"{at}/{p.Name}")) : [];
            case "patternProperties":
                return isObject ? rule.Value.EnumerateObject().SelectMany(p => value.EnumerateObject().Where(v => Regex.IsMatch(v.Name, p.Name)).SelectMany(v => Check(p.Value, root, v.Value, $"{at}/{v.Name}"))) : [];
            case "additionalProperties":
                var known = schema.TryGetProperty("properties", out var properties) ? properties : default;
                return isObject ? value.EnumerateObject().Where(v => known.ValueKind == JsonValueKind.Undefined || !known.TryGetProperty(v.Name, out _)).SelectMany(v => Check(rule.Value, root, v.Value, $"{at}/{v.Name}")) : [];
            case "propertyNames":
                return [];
            case "items":
                return isArray ? value.EnumerateArray().SelectMany((v, i) => Check(rule.Value, root, v, $"{at}/{i}")) : [];
            case "contains":
                return !isArray || value.EnumerateArray().Any(v => Check(rule.Value, root, v, at).Count == 0) ? [] : [$"{at} does not contain {rule.Value}"];
            case "minItems":
                return !isArray || value.GetArrayLength() >= rule.Value.GetInt32() ? [] : [$"{at} is too short"];
            case "minProperties":
                return !isObject || value.EnumerateObject().Count() >= rule.Value.GetInt32() ? [] : [$"{at} has too few properties"];
            case "minimum":
                return value.ValueKind != JsonValueKind.Number || value.GetDouble() >= rule.Value.GetDouble() ? [] : [$"{at} is too small"];
            case "maxLength":
                return value.ValueKind != JsonValueKind.String || value.GetString()!.Length <= rule.Value.GetInt32() ? [] : [$"{at} is too long"];
            case "format":
                return value.ValueKind != JsonValueKind.String || HasFormat(rule.Value.GetString()!, value.GetString()!) ? [] : [$"{at} is no {rule.Value}"];
            case "pattern":
                return value.ValueKind != JsonValueKind.String || Regex.IsMatch(value.GetString()!, rule.Value.GetString()!) ? [] : [$"{at} does not match {rule.Value}"];
            case "allOf":
                return rule.Value.EnumerateArray().SelectMany(s => Check(s, root, value, at));
            case "anyOf":
                return Fitting(rule.Value, root, value, at) > 0 ? [] : [$"{at} fits none of anyOf"];
            case "oneOf":
                return Fitting(rule.Value, root, value, at) is var fitting and not 1 ? [$"{at} fits {fitting} of oneOf"] : [];
            default:
                return Annotations.Contains(rule.Name) ? [] : throw new NotSupportedException($"The schema uses {rule.Name}.");
        }
    }

    private int Fitting(JsonElement schemas, JsonElement root, JsonElement value, string at) =>
        schemas.EnumerateArray().Count(s => Check(s, root, value, at).Count == 0);

    private (JsonElement Schema, JsonElement Root) Resolve(string reference, JsonElement root)
    {
        var halves = reference.Split('#', 2);
        // The corpus names its files after their ids, though two ids are wrong.
        if (halves[0].Length > 0) root = Load($"{halves[0].Replace("schema:", "", StringComparison.Ordinal)}-schema.json");
        var found = root;
        if (halves.Length > 1)
            foreach (var part in halves[1].Split('/', StringSplitOptions.RemoveEmptyEntries)) found = found.GetProperty(part);
        return (found, root);
    }

    private static bool HasFormat(string format, string value) => format switch
    {
        "uri" => Uri.TryCreate(value, UriKind.Absolute, out _),
        "date-time" => value.Contains('T', StringComparison.Ordinal) && DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, out _),
        _ => true,
    };

    private static IEnumerable<string> Types(JsonElement type) =>
        type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(t => t.GetString()!) : [type.GetString()!];

    private static bool IsType(string type, JsonElement value) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "null" => value.ValueKind == JsonValueKind.Null,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "number" => value.ValueKind == JsonValueKind.Number,
        _ => throw new NotSupportedException($"The schema has a type {type}."),
    };
}
