using Microsoft.Data.Sqlite;

namespace Calf.Store;

/// <summary>
/// One result row, read from left to right: a column list is written once, and the record's reader takes its columns in the
/// same order.
/// </summary>
public sealed class Row(SqliteDataReader reader)
{
    private int next;

    internal Row Rewind()
    {
        next = 0;
        return this;
    }

    public long Long() => reader.GetInt64(next++);

    public int Int() => (int)reader.GetInt64(next++);

    public bool Bool() => reader.GetInt64(next++) != 0;

    public string Text() => reader.GetString(next++);

    public byte[] Bytes() => reader.GetFieldValue<byte[]>(next++);

    public DateTimeOffset Time() => DateTimeOffset.FromUnixTimeMilliseconds(Long());

    public long? LongOrNull() => TakeNull() ? null : Long();

    public int? IntOrNull() => TakeNull() ? null : Int();

    public double? DoubleOrNull() => TakeNull() ? null : reader.GetDouble(next++);

    public string? TextOrNull() => TakeNull() ? null : Text();

    public DateTimeOffset? TimeOrNull() => TakeNull() ? null : Time();

    private bool TakeNull()
    {
        if (!reader.IsDBNull(next)) return false;
        next++;
        return true;
    }
}
