using System.Globalization;
using System.Text.Json;
using Calf.Tests.Support;

namespace Calf.Tests.Mastodon;

/// <summary>
/// Holds an answer against the OpenAPI description of Mastodon's API: types, required members, formats, enumerations, and no
/// member that Mastodon does not have. Covers the parts of JSON Schema that the description uses.
/// </summary>
public static class SchemaCheck
{
    /// <summary>Where Calf or Mastodon itself knowingly differs from the description.</summary>
    private static readonly Dictionary<string, string> Overrides = new()
    {
        ["WebPushSubscription.alerts.quote: unknown member"] = "What an app asked for in the request is told back; the description of the answer forgot it.",
        ["WebPushSubscription.alerts.quoted_update: unknown member"] = "As above.",
        ["WebPushSubscription.policy: unknown member"] = "As above.",
        ["V1Filter: Array is not object"] = "GET /api/v1/filters answers with a list, as its documentation says in words.",
        ["V1Instance.email: not an email"] = "Calf has no mailbox; Mastodon too writes an empty string when none is set.",
        ["Instance.contact.email: not an email"] = "As above.",
        ["AdminAccount.email: not an email"] = "As above.",
        ["Instance.configuration.vapid: unknown member"] = "Mastodon has it (REST::InstanceSerializer); the description forgot it.",
        ["MetaDetails.size: unknown member"] = "Mastodon has it for pictures, such as 640x480; the description forgot it.",
        ["Preferences.posting:default:quote_policy: unknown member"] = "Mastodon 4.5 has it; the description forgot it.",
        ["PreviewCard.language: unknown member"] = "Mastodon has it (REST::PreviewCardSerializer); the description forgot it.",
        ["PreviewCard.image_description: unknown member"] = "As above.",
        ["TrendsLink.language: unknown member"] = "As above.",
        ["TrendsLink.image_description: unknown member"] = "As above.",
        ["Status.emoji_reactions: unknown member"] = "Fedibird's and Akkoma's, read by several apps; Mastodon has no reactions.",
        ["Notification.filtered: unknown member"] = "Mastodon has it where it is true (REST::NotificationSerializer); the description forgot it.",
        ["PreviewCard.author_url: not a uri"] = "Mastodon too writes an empty string where there is none.",
        ["PreviewCard.provider_url: not a uri"] = "As above.",
        ["PreviewCard.embed_url: not a uri"] = "As above.",
        ["PreviewCardAuthor.url: not a uri"] = "As above.",
        ["TrendsLink.author_url: not a uri"] = "As above.",
        ["TrendsLink.provider_url: not a uri"] = "As above.",
        ["TrendsLink.embed_url: not a uri"] = "As above.",
        ["NotificationGroupTypeEnum: 'added_to_collection' is not one of the allowed words"] = "Mastodon groups these too (REST::NotificationGroupSerializer); the description forgot it.",
        ["NotificationGroup.collection: unknown member"] = "As above.",
        ["V1Instance.configuration.*: unknown member"] = "Mastodon 4 answers v1 with the whole configuration as well.",
    };

    /// <summary>Addresses that the description does not have, though one of its patterns fits, and the entity that they answer with.</summary>
    private static readonly Dictionary<string, string> Undescribed = new()
    {
        ["/api/v1/notifications/policy"] = "V1NotificationPolicy",
    };

    private static readonly Lazy<JsonElement> Schema = new(() =>
    {
        using var document = JsonDocument.Parse(Corpus.Bytes("mastodon-openapi/dist/schema.json"));
        return document.RootElement.Clone();
    });

    /// <summary>What is wrong with a good answer of an operation; null when the description has no JSON for it.</summary>
    public static IReadOnlyList<string>? Answer(string method, string path, JsonElement answer, int status = 200)
    {
        if (Undescribed.TryGetValue(path, out var entity)) return Entity(entity, answer);
        if (Operation(method, path) is not { } operation) return null;
        var responses = operation.GetProperty("responses");
        if ((SchemaOf(responses, $"{status}") ?? SchemaOf(responses, "200")) is not { } schema) return null;
        var wrong = new List<string>();
        Check(answer, schema, "", wrong);
        return [.. wrong.Where(w => !IsOverridden(w))];
    }

    private static JsonElement? SchemaOf(JsonElement responses, string status) =>
        responses.TryGetProperty(status, out var response) && response.TryGetProperty("content", out var content)
        && content.TryGetProperty("application/json", out var json) && json.TryGetProperty("schema", out var schema) ? schema : null;

    public static IReadOnlyList<string> Entity(string name, JsonElement value)
    {
        var wrong = new List<string>();
        Check(value, Component(name), name, wrong);
        return [.. wrong.Where(w => !IsOverridden(w))];
    }

    /// <summary>All that differs from the description, overridden or not, of an entity or a list of it; nothing when it is no entity of Mastodon's.</summary>
    public static IReadOnlyList<string> Differences(string name, JsonElement value)
    {
        if (!Schema.Value.GetProperty("components").GetProperty("schemas").TryGetProperty(name, out var schema)) return [];
        var wrong = new List<string>();
        Check(value, schema, name, wrong);
        if (value.ValueKind == JsonValueKind.Array)
            foreach (var one in value.EnumerateArray()) Check(one, schema, name, wrong);
        return wrong;
    }

    public static IEnumerable<string> OverridesUnusedBy(IReadOnlyCollection<string> differences) => Overrides.Keys.Where(key => !differences.Any(wrong => Fits(key, wrong)));

    private static bool IsOverridden(string wrong) => Overrides.Keys.Any(key => Fits(key, wrong));

    private static bool Fits(string key, string wrong) =>
        key == wrong || (key.Contains(".*:", StringComparison.Ordinal) && wrong.StartsWith(key[..key.IndexOf('*', StringComparison.Ordinal)], StringComparison.Ordinal)
            && wrong.EndsWith(key[(key.IndexOf('*', StringComparison.Ordinal) + 1)..], StringComparison.Ordinal));

    private static JsonElement? Operation(string method, string path)
    {
        var parts = path.Split('/');
        foreach (var candidate in Schema.Value.GetProperty("paths").EnumerateObject().OrderBy(p => p.Name.Contains('{', StringComparison.Ordinal)))
        {
            var pattern = candidate.Name.Split('/');
            if (pattern.Length == parts.Length && pattern.Zip(parts).All(pair => pair.First == pair.Second || pair.First.StartsWith('{'))
                && candidate.Value.TryGetProperty(method.ToLowerInvariant(), out var operation)) return operation;
        }
        return null;
    }

    private static JsonElement Component(string name) => Schema.Value.GetProperty("components").GetProperty("schemas").GetProperty(name);

    private static void Check(JsonElement value, JsonElement schema, string where, List<string> wrong)
    {
        if (schema.TryGetProperty("$ref", out var reference))
        {
            // A nullable enumeration is written as a type list beside the reference.
            if (value.ValueKind == JsonValueKind.Null && Types(schema).Contains("null")) return;
            var name = reference.GetString()!.Split('/')[^1];
            Check(value, Component(name), name, wrong);
            return;
        }
        foreach (var word in (string[])["oneOf", "anyOf"])
            if (schema.TryGetProperty(word, out var alternatives))
            {
                CheckOneOf(value, alternatives, where, wrong);
                return;
            }
        if (schema.TryGetProperty("allOf", out var all))
            foreach (var part in all.EnumerateArray()) Check(value, part, where, wrong);
        if (!IsOfType(value, Types(schema)))
        {
            wrong.Add($"{where}: {value.ValueKind} is not {string.Join(" or ", Types(schema))}");
            return;
        }
        if (schema.TryGetProperty("enum", out var allowed) && value.ValueKind == JsonValueKind.String && !allowed.EnumerateArray().Any(a => a.ValueEquals(value.GetString())))
            wrong.Add($"{where}: '{value}' is not one of the allowed words");
        if (value.ValueKind == JsonValueKind.String && schema.TryGetProperty("format", out var format)) CheckFormat(value.GetString()!, format.GetString()!, where, wrong);
        if (value.ValueKind == JsonValueKind.Object) CheckMembers(value, schema, where, wrong);
        if (value.ValueKind == JsonValueKind.Array && schema.TryGetProperty("items", out var items))
            foreach (var item in value.EnumerateArray()) Check(item, items, where + "[]", wrong);
    }

    private static void CheckOneOf(JsonElement value, JsonElement alternatives, string where, List<string> wrong)
    {
        List<string>? best = null;
        foreach (var alternative in alternatives.EnumerateArray())
        {
            var found = new List<string>();
            Check(value, alternative, where, found);
            if (best is null || found.Count(w => !IsOverridden(w)) < best.Count(w => !IsOverridden(w))) best = found;
        }
        wrong.AddRange(best ?? []);
    }

    private static void CheckMembers(JsonElement value, JsonElement schema, string where, List<string> wrong)
    {
        if (schema.TryGetProperty("required", out var required))
            wrong.AddRange(required.EnumerateArray().Where(r => !value.TryGetProperty(r.GetString()!, out _)).Select(r => $"{where}.{r}: missing"));
        if (!schema.TryGetProperty("properties", out var properties))
        {
            if (schema.TryGetProperty("additionalProperties", out var others) && others.ValueKind == JsonValueKind.Object)
                foreach (var member in value.EnumerateObject()) Check(member.Value, others, $"{where}.{member.Name}", wrong);
            return;
        }
        foreach (var member in value.EnumerateObject())
            if (properties.TryGetProperty(member.Name, out var known)) Check(member.Value, known, $"{where}.{member.Name}", wrong);
            else if (!schema.TryGetProperty("additionalProperties", out _)) wrong.Add($"{where}.{member.Name}: unknown member");
    }

    private static string[] Types(JsonElement schema) => schema.TryGetProperty("type", out var type)
        ? type.ValueKind == JsonValueKind.Array ? [.. type.EnumerateArray().Select(t => t.GetString()!)] : [type.GetString()!]
        : [];

    private static bool IsOfType(JsonElement value, string[] types) => types.Length == 0 || value.ValueKind switch
    {
        JsonValueKind.Null => types.Contains("null"),
        JsonValueKind.String => types.Contains("string"),
        JsonValueKind.True or JsonValueKind.False => types.Contains("boolean"),
        JsonValueKind.Array => types.Contains("array"),
        JsonValueKind.Object => types.Contains("object"),
        JsonValueKind.Number => types.Contains("number") || (types.Contains("integer") && value.TryGetInt64(out _)),
        _ => false,
    };

    private static void CheckFormat(string value, string format, string where, List<string> wrong)
    {
        var right = format switch
        {
            "date-time" => DateTimeOffset.TryParseExact(value, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
            "date" => DateOnly.TryParseExact(value, "yyyy-MM-dd", out _),
            "uri" => Uri.TryCreate(value, UriKind.Absolute, out _),
            "email" => value.Contains('@', StringComparison.Ordinal),
            "iso-639-1" => value.Length >= 2,
            _ => true,
        };
        if (!right) wrong.Add($"{where}: not {(format == "email" ? "an" : "a")} {format}");
    }
}
