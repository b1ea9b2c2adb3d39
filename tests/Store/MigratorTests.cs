using Calf.Store;
using Calf.Tests.Support;

namespace Calf.Tests.Store;

public sealed class MigratorTests : IDisposable
{
    private static readonly (int, string, string) First = (1, "001_first.sql", "CREATE TABLE a (x TEXT) STRICT; INSERT INTO a VALUES ('kept');");
    private static readonly (int, string, string) Second = (2, "002_second.sql", "ALTER TABLE a ADD COLUMN y TEXT;");
    private static readonly (int, string, string) Broken = (3, "003_broken.sql", "UPDATE a SET x = 'lost'; SELECT nonsense;");

    private readonly TempFolder folder = new();

    private string Path => folder.File("calf.db");

    [Fact]
    public void Every_migration_has_a_number_of_its_own_without_gaps()
    {
        var numbers = Directory.GetFiles(System.IO.Path.Combine(Repository.Folder, "src", "Store", "Migrations")).Order(StringComparer.Ordinal)
            .Select(file => int.Parse(System.IO.Path.GetFileName(file).AsSpan(0, 3), System.Globalization.CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(Enumerable.Range(1, numbers.Count), numbers);
    }

    [Fact]
    public void A_failed_upgrade_leaves_the_database_as_it_was()
    {
        Migrator.Migrate(Path, TimeProvider.System, [First]);
        var failure = Assert.Throws<StoreException>(() => Migrator.Migrate(Path, TimeProvider.System, [First, Second, Broken]));

        Assert.Contains("003_broken.sql", failure.Message);
        using var connection = Database.Open(Path, readOnly: true);
        Assert.Equal(1, connection.Count($"PRAGMA user_version"));
        Assert.Equal(["kept"], connection.Query($"SELECT x FROM a", r => r.Text()));
        Assert.Empty(connection.Query($"SELECT name FROM pragma_table_info('a') WHERE name = 'y'", r => r.Text()));
    }

    [Fact]
    public void An_upgrade_keeps_a_checked_copy_of_the_database_before()
    {
        Migrator.Migrate(Path, TimeProvider.System, [First]);
        Assert.Equal([Path], Directory.GetFiles(folder.Path));
        Migrator.Migrate(Path, TimeProvider.System, [First, Second]);

        var copy = Assert.Single(Directory.GetFiles(folder.Path, "calf.db.v1-*"));
        using var connection = Database.Open(copy, readOnly: true);
        Assert.Equal(["kept"], connection.Query($"SELECT x FROM a", r => r.Text()));
    }

    [Fact]
    public void An_upgrade_lets_an_older_file_give_space_back()
    {
        Migrator.Migrate(Path, TimeProvider.System, [First]);
        using (var connection = Database.Open(Path, readOnly: false)) connection.Script("PRAGMA auto_vacuum=NONE; VACUUM");
        Migrator.Migrate(Path, TimeProvider.System, [First, Second]);
        using var upgraded = Database.Open(Path, readOnly: true);
        Assert.Equal(2, upgraded.Count($"PRAGMA auto_vacuum"));
        Assert.Equal(["kept"], upgraded.Query($"SELECT x FROM a", r => r.Text()));
    }

    [Fact]
    public void A_database_of_a_newer_version_is_refused()
    {
        Migrator.Migrate(Path, TimeProvider.System, [First, Second]);
        var failure = Assert.Throws<StoreException>(() => Migrator.Migrate(Path, TimeProvider.System, [First]));
        Assert.Contains("newer", failure.Message);
    }

    [Fact]
    public void A_file_that_is_no_database_is_refused_with_a_sentence_and_kept()
    {
        File.WriteAllText(Path, new string('x', 5000));
        var failure = Assert.Throws<StoreException>(() => Migrator.Migrate(Path, TimeProvider.System, [First]));
        Assert.Contains("cannot be opened", failure.Message);
        Assert.StartsWith("xxxx", File.ReadAllText(Path));
    }

    [Fact]
    public void The_embedded_migrations_apply_to_a_new_file()
    {
        Migrator.Migrate(Path, TimeProvider.System);
        using var connection = Database.Open(Path, readOnly: true);
        Assert.True(connection.Count($"PRAGMA user_version") >= 1);
        Assert.True(connection.Exists($"SELECT 1 FROM sqlite_schema WHERE name = 'statuses'"));
    }

    [Fact]
    public void Every_migration_has_a_number_of_its_own()
    {
        var numbers = Directory.GetFiles(System.IO.Path.Combine(Repository.Folder, "src", "Store", "Migrations"), "*.sql")
            .Select(file => System.IO.Path.GetFileName(file)[..3]).Order().ToList();
        Assert.Equal(Enumerable.Range(1, numbers.Count).Select(n => $"{n:000}"), numbers);
    }

    public void Dispose() => folder.Dispose();
}
