using System.Text;

namespace Calf.Federation;

/// <summary>Comma-separated values, RFC 4180: fields in quotes may have commas, doubled quotes and line ends.</summary>
internal static class Csv
{
    /// <summary>Rows with at least one field each, and the line on which each begins. A quote that is never closed ends with the text.</summary>
    public static IEnumerable<(int Line, IReadOnlyList<string> Fields)> Rows(string text)
    {
        var fields = new List<string>();
        var field = new StringBuilder();
        var (line, begun, quoted) = (1, 1, false);
        for (var i = 0; i <= text.Length; i++)
        {
            var end = i == text.Length;
            var letter = end ? '\n' : text[i];
            if (quoted && !end)
            {
                if (letter == '\n') line++;
                if (letter != '"') field.Append(letter);
                else if (i + 1 < text.Length && text[i + 1] == '"') field.Append(text[i++]);
                else quoted = false;
            }
            else if (letter == '"' && field.Length == 0) quoted = true;
            else if (letter == ',') Take();
            else if (letter == '\n')
            {
                Take();
                if (fields is not [{ Length: 0 }]) yield return (begun, [.. fields]);
                fields.Clear();
                begun = ++line;
            }
            else if (letter != '\r') field.Append(letter);
        }

        void Take()
        {
            fields.Add(field.ToString());
            field.Clear();
        }
    }

    public static string Quoted(string text) =>
        text.AsSpan().ContainsAny(",\"\n\r") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}

/// <summary>A line of a list that was left out, and why.</summary>
public sealed record SkippedLine(int Number, string Text, string Reason)
{
    private const int MaxShown = 120;

    internal static SkippedLine Of(int number, IReadOnlyList<string> row, string reason)
    {
        var text = string.Join(',', row);
        return new(number, text.Length <= MaxShown ? text : text[..MaxShown], reason);
    }
}
