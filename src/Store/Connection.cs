using Microsoft.Data.Sqlite;

namespace Calf.Store;

/// <summary>
/// An open connection with its prepared statements. Belongs to one thread at a time; only <see cref="Database"/> makes one.
/// </summary>
public sealed class Connection : IDisposable
{
    private const int MaxPrepared = 500;

    private readonly SqliteConnection sqlite;
    private readonly Dictionary<string, SqliteCommand> prepared = new(StringComparer.Ordinal);
    private readonly List<Action> afterCommit = [];

    internal Connection(SqliteConnection sqlite) => this.sqlite = sqlite;

    internal SqliteConnection Sqlite => sqlite;

    /// <summary>How many statements ran on this connection; tests count queries with it.</summary>
    public long Statements { get; private set; }

    internal Action<string>? Watch { get; set; }

    public int Execute(Sql sql) => Command(sql).ExecuteNonQuery();

    public T? Find<T>(Sql sql, Func<Row, T> read) where T : class
    {
        using var reader = Command(sql).ExecuteReader();
        return reader.Read() ? read(new Row(reader)) : null;
    }

    /// <summary>The first row, or null when there is none.</summary>
    public T? FindValue<T>(Sql sql, Func<Row, T> read) where T : struct
    {
        using var reader = Command(sql).ExecuteReader();
        return reader.Read() ? read(new Row(reader)) : null;
    }

    public List<T> Query<T>(Sql sql, Func<Row, T> read)
    {
        using var reader = Command(sql).ExecuteReader();
        var row = new Row(reader);
        var rows = new List<T>();
        while (reader.Read()) rows.Add(read(row.Rewind()));
        return rows;
    }

    /// <summary>Hands over row after row for as long as <paramref name="more"/> says so.</summary>
    public void QueryWhile<T>(Sql sql, Func<Row, T> read, Func<T, bool> more)
    {
        using var reader = Command(sql).ExecuteReader();
        var row = new Row(reader);
        while (reader.Read() && more(read(row.Rewind())))
        {
        }
    }

    /// <summary>The first column of the first row as a number; 0 when there is no row or it is null.</summary>
    public long Count(Sql sql) => FindValue(sql, r => r.LongOrNull() ?? 0) ?? 0;

    public bool Exists(Sql sql)
    {
        using var reader = Command(sql).ExecuteReader();
        return reader.Read();
    }

    /// <summary>Runs <paramref name="action"/> once what this connection is writing has been committed; never if it was rolled back.</summary>
    public void AfterCommit(Action action) => afterCommit.Add(action);

    internal int PendingActions => afterCommit.Count;

    internal void ForgetActionsFrom(int mark) => afterCommit.RemoveRange(mark, afterCommit.Count - mark);

    internal List<Action> TakeActions()
    {
        var taken = new List<Action>(afterCommit);
        afterCommit.Clear();
        return taken;
    }

    /// <summary>A statement of several parts without parameters, such as a migration.</summary>
    internal void Script(string text)
    {
        using var command = sqlite.CreateCommand();
#pragma warning disable CA2100 // The text is a constant or a migration embedded in this program.
        command.CommandText = text;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    /// <summary>Begins, ends or marks a transaction. Prepared like the rest, since every job needs several, but not counted.</summary>
    internal void Control(string constant) => Prepared(constant, parameters: 0).ExecuteNonQuery();

    private SqliteCommand Command(Sql sql)
    {
        Statements++;
        var text = sql.Text;
        Watch?.Invoke(text);
        var command = Prepared(text, sql.Values.Count);
        for (var i = 0; i < sql.Values.Count; i++)
        {
            // A cached parameter remembers the type it guessed for its last value.
            command.Parameters[i].ResetSqliteType();
            command.Parameters[i].Value = sql.Values[i] ?? DBNull.Value;
        }
        return command;
    }

    private SqliteCommand Prepared(string text, int parameters)
    {
        if (prepared.TryGetValue(text, out var known)) return known;
        if (prepared.Count >= MaxPrepared) ForgetPrepared();
        var command = sqlite.CreateCommand();
#pragma warning disable CA2100 // Sql turns every value into a parameter; the rest are constants.
        command.CommandText = text;
#pragma warning restore CA2100
        for (var i = 0; i < parameters; i++) command.Parameters.Add(new SqliteParameter { ParameterName = Sql.NameOf(i) });
        prepared.Add(text, command);
        return command;
    }

    private void ForgetPrepared()
    {
        foreach (var command in prepared.Values) command.Dispose();
        prepared.Clear();
    }

    public void Dispose()
    {
        ForgetPrepared();
        sqlite.Dispose();
    }
}
