using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Calf.Store;

/// <summary>
/// A statement written as an interpolated string whose holes become parameters, so that a value can never turn into SQL.
/// <c>{ids}</c> of a list stands for a sub-select of its numbers, <c>{fragment}</c> of another <see cref="Sql"/> is spliced in,
/// <c>{Columns:raw}</c> inserts a constant of ours as text.
/// </summary>
[InterpolatedStringHandler]
public readonly struct Sql
{
    private const char Hole = '\u0001';

    private static readonly string[] Names = [.. Enumerable.Range(0, 64).Select(n => "$" + n.ToString(CultureInfo.InvariantCulture))];

    private readonly StringBuilder text;
    private readonly List<object?> values;

    public Sql(int literalLength, int formattedCount)
    {
        text = new StringBuilder(literalLength + formattedCount * 3);
        values = new List<object?>(formattedCount);
    }

    /// <summary>The statement with its holes named <c>$0</c>, <c>$1</c> and so on.</summary>
    public string Text
    {
        get
        {
            var named = new StringBuilder(text.Length + values.Count * 2);
            var next = 0;
            foreach (var chunk in text.GetChunks())
                foreach (var c in chunk.Span)
                    if (c == Hole) named.Append(Names[next++]);
                    else named.Append(c);
            return named.ToString();
        }
    }

    internal IReadOnlyList<object?> Values => values;

    internal static string NameOf(int parameter) => Names[parameter];

    public static Sql Of(Sql sql) => sql;

    public void AppendLiteral(string literal) => text.Append(literal);

    public void AppendFormatted(string? value) => Add(value);

    public void AppendFormatted(long value) => Add(value);

    public void AppendFormatted(long? value) => Add(value);

    public void AppendFormatted(double? value) => Add(value);

    public void AppendFormatted(bool value) => Add(value ? 1L : 0L);

    public void AppendFormatted(byte[]? value) => Add(value);

    public void AppendFormatted(DateTimeOffset value) => Add(value.ToUnixTimeMilliseconds());

    public void AppendFormatted(DateTimeOffset? value) => Add(value?.ToUnixTimeMilliseconds());

    public void AppendFormatted<TEnum>(TEnum value) where TEnum : struct, Enum => Add(Convert.ToInt64(value, CultureInfo.InvariantCulture));

    public void AppendFormatted(IEnumerable<long> ids)
    {
        // One parameter however long the list: the statement's text, and so its prepared form, stays the same.
        text.Append("(SELECT value FROM json_each(");
        Add("[" + string.Join(',', ids) + "]");
        text.Append("))");
    }

    public void AppendFormatted(IEnumerable<string> strings)
    {
        text.Append("(SELECT value FROM json_each(");
        Add("[" + string.Join(',', strings.Select(s => "\"" + System.Text.Json.JsonEncodedText.Encode(s) + "\"")) + "]");
        text.Append("))");
    }

    public void AppendFormatted(Sql fragment)
    {
        text.Append(fragment.text);
        values.AddRange(fragment.values);
    }

    public void AppendFormatted(string constant, string format)
    {
        if (format != "raw") throw new ArgumentException("The only format is 'raw', for constants of ours.", nameof(format));
        text.Append(constant);
    }

    private void Add(object? value)
    {
        text.Append(Hole);
        values.Add(value);
    }
}
