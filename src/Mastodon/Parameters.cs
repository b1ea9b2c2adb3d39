using System.Globalization;
using Microsoft.Extensions.Primitives;

namespace Calf.Mastodon;

/// <summary>
/// What an app sent in query, form or JSON, in one flat list spelled as Rails does: <c>status</c>, <c>media_ids[]</c>,
/// <c>source[privacy]</c>, <c>fields_attributes[0][name]</c>.
/// </summary>
public sealed class Parameters(IReadOnlyList<KeyValuePair<string, string?>> pairs)
{
    public static Parameters Of(IEnumerable<KeyValuePair<string, StringValues>> values) =>
        new([.. values.SelectMany(v => v.Value.Select(one => KeyValuePair.Create(v.Key, one)))]);

    public Parameters With(Parameters more) => new([.. pairs, .. more.Pairs]);

    private IReadOnlyList<KeyValuePair<string, string?>> Pairs => pairs;

    public bool Has(string name) => pairs.Any(p => p.Key == name);

    /// <summary>The last value under this name; null when it was not given, or given as JSON null.</summary>
    public string? Text(string name) => pairs.LastOrDefault(p => p.Key == name).Value;

    /// <summary>As Rails reads it: 0, f, false, off and no are false, nothing and blank are null, anything else is true.</summary>
    public bool? Bool(string name) => Text(name)?.Trim().ToLowerInvariant() switch
    {
        null or "" => null,
        "0" or "f" or "false" or "off" or "no" => false,
        _ => true,
    };

    public bool Is(string name) => Bool(name) == true;

    /// <exception cref="ApiException">422: it is given and is not a whole number.</exception>
    public long? Long(string name)
    {
        if (Text(name) is not { } text || string.IsNullOrWhiteSpace(text)) return null;
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw ApiException.Invalid($"{name} has to be a whole number.");
    }

    /// <summary>The values of <c>name[]</c>, of <c>name[0]</c>, <c>name[1]</c> and so on, or of a plain repeated <c>name</c>.</summary>
    public IReadOnlyList<string> List(string name) =>
        [.. pairs.Where(p => p.Key == name || p.Key == name + "[]" || IsNumbered(p.Key, name)).Select(p => p.Value).OfType<string>()];

    /// <summary>The rows <c>name[N][...]</c> in the order of N, each with its own names; also <c>name[][...]</c>.</summary>
    public IReadOnlyList<Parameters> Rows(string name)
    {
        var rows = new SortedDictionary<int, List<KeyValuePair<string, string?>>>();
        var unnumbered = new Dictionary<string, int>();
        foreach (var (key, value) in pairs)
        {
            if (!key.StartsWith(name + "[", StringComparison.Ordinal) || key.IndexOf(']', name.Length) is var end && end < 0) continue;
            if (key.Length < end + 3 || key[end + 1] != '[' || !key.EndsWith(']')) continue;
            var field = key[(end + 2)..^1];
            var index = key[(name.Length + 1)..end];
            if (!int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                // A form gives the values of one name together, so the nth of each name belongs to the nth row.
                number = unnumbered.GetValueOrDefault(field);
                unnumbered[field] = number + 1;
            }
            if (!rows.TryGetValue(number, out var row)) rows[number] = row = [];
            row.Add(KeyValuePair.Create(field, value));
        }
        return [.. rows.Values.Select(row => new Parameters(row))];
    }

    private static bool IsNumbered(string key, string name) =>
        key.Length > name.Length + 2 && key.StartsWith(name + "[", StringComparison.Ordinal) && key[^1] == ']'
        && key.AsSpan(name.Length + 1, key.Length - name.Length - 2).IndexOfAnyExceptInRange('0', '9') < 0;
}
