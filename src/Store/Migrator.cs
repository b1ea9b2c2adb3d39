using System.Globalization;
using System.Reflection;
using Microsoft.Data.Sqlite;

namespace Calf.Store;

/// <summary>
/// Brings the schema up to date: embedded <c>NNN_name.sql</c>, forward only, a transaction each, and one for all in a new file. Before
/// an existing database is touched a copy is made and checked; when a migration fails the copy takes the database's place again.
/// </summary>
public static class Migrator
{
    private const string Prefix = "migrations/";

    public static void Migrate(string path, TimeProvider time) => Migrate(path, time, Embedded());

    internal static void Migrate(string path, TimeProvider time, IReadOnlyList<(int Number, string Name, string Text)> migrations)
    {
        var newest = migrations.Count == 0 ? 0 : migrations[^1].Number;
        var version = Version(path);
        if (version > newest)
            throw new StoreException($"The database {path} was made by a newer Calf (schema {version}, this one knows {newest}). Start the newer version, or restore a backup.");
        if (version == newest) return;

        if (version == 0)
        {
            Create(path, migrations);
            return;
        }
        var copy = Copy(path, version, time);
        foreach (var migration in migrations.Where(m => m.Number > version))
        {
            try
            {
                Apply(path, migration.Number, migration.Text);
            }
            catch (SqliteException failure)
            {
                PutBack(copy, path);
                throw new StoreException(
                    $"The database upgrade {migration.Name} failed: {failure.Message}. The database is as it was before; go on with the earlier version and report this.", failure);
            }
        }
        LetShrink(path);
    }

    private static int Version(string path)
    {
        if (!File.Exists(path)) return 0;
        try
        {
            using var connection = Database.Open(path, readOnly: false);
            return (int)connection.Count($"PRAGMA user_version");
        }
        catch (SqliteException failure)
        {
            throw new StoreException($"The database {path} cannot be opened: {failure.Message}. If it is damaged, restore a backup with 'calf restore FILE'.", failure);
        }
    }

    /// <summary>A new database in one transaction, which is several times as fast: there is nothing to go back to between two steps.</summary>
    private static void Create(string path, IReadOnlyList<(int Number, string Name, string Text)> migrations)
    {
        using var connection = Database.Open(path, readOnly: false);
        connection.Script("PRAGMA foreign_keys=0");
        connection.Script("BEGIN IMMEDIATE");
        var step = "";
        try
        {
            foreach (var migration in migrations)
            {
                step = migration.Name;
                connection.Script(migration.Text);
            }
            connection.Script("PRAGMA user_version=" + migrations[^1].Number.ToString(CultureInfo.InvariantCulture));
            connection.Script("COMMIT");
        }
        catch (SqliteException failure)
        {
            // Closing the connection rolls back.
            throw new StoreException($"The database {path} could not be made: {step} failed: {failure.Message}. Check the free space and the folder's permissions.", failure);
        }
    }

    private static void Apply(string path, int number, string text)
    {
        using var connection = Database.Open(path, readOnly: false);
        // Foreign keys off: a migration may rebuild tables; the check below finds what it broke.
        connection.Script("PRAGMA foreign_keys=0");
        connection.Script("BEGIN IMMEDIATE");
        connection.Script(text);
        if (connection.Exists($"PRAGMA foreign_key_check"))
            throw new SqliteException("it would leave rows that point nowhere", 19);
        connection.Script("PRAGMA user_version=" + number.ToString(CultureInfo.InvariantCulture));
        connection.Script("COMMIT");
    }

    /// <summary>Writes a file anew that was made before freed pages could be given back (<see cref="Database.Open"/> says how).</summary>
    private static void LetShrink(string path)
    {
        using var connection = Database.Open(path, readOnly: false);
        if (connection.Count($"PRAGMA auto_vacuum") != 0) return;
        try
        {
            connection.Script("VACUUM");
        }
        catch (SqliteException)
        {
            // No room for a second copy: nothing is lost, the file only stays as large as it once was.
        }
    }

    private static string Copy(string path, int version, TimeProvider time)
    {
        var stamp = time.GetUtcNow().ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);
        var copy = $"{path}.v{version}-{stamp}";
        DatabaseCopy.Make(path, copy);
        return copy;
    }

    private static void PutBack(string copy, string path)
    {
        foreach (var suffix in new[] { "-wal", "-shm" }) File.Delete(path + suffix);
        File.Move(copy, path, overwrite: true);
    }

    private static List<(int Number, string Name, string Text)> Embedded()
    {
        var assembly = Assembly.GetExecutingAssembly();
        return [.. assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name =>
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
                var file = name[Prefix.Length..];
                return (int.Parse(file.AsSpan(0, 3), CultureInfo.InvariantCulture), file, reader.ReadToEnd());
            })];
    }
}
