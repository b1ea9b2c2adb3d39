namespace Calf.Store;

/// <summary>Makes a consistent copy of a database that may be in use, and proves that the copy is whole.</summary>
public static class DatabaseCopy
{
    /// <exception cref="StoreException">The copy could not be written or does not pass SQLite's own check; no file is left behind.</exception>
    public static void Make(string source, string target)
    {
        try
        {
            using (var from = Database.Open(source, readOnly: true))
            using (var to = Database.Open(target, readOnly: false))
                from.Sqlite.BackupDatabase(to.Sqlite);
            Check(target);
        }
        catch (Exception failure) when (failure is Microsoft.Data.Sqlite.SqliteException or IOException)
        {
            foreach (var suffix in new[] { "", "-wal", "-shm" }) File.Delete(target + suffix);
            throw new StoreException($"The copy {target} could not be made: {failure.Message}. Check the free space and the folder's permissions.", failure);
        }
    }

    /// <exception cref="StoreException">SQLite finds the file damaged.</exception>
    public static void Check(string path)
    {
        using var connection = Database.Open(path, readOnly: false);
        var problems = connection.Query($"PRAGMA integrity_check(5)", r => r.Text());
        if (problems is not ["ok"])
            throw new StoreException($"{path} is damaged: {string.Join("; ", problems)}.");
        connection.Script("PRAGMA journal_mode=DELETE");
    }
}
