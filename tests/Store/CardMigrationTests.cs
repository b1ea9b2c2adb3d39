using Calf.Store;
using Calf.Tests.Support;

namespace Calf.Tests.Store;

/// <summary>Cards stood with their statuses before there was one for each page.</summary>
public sealed class CardMigrationTests
{
    private const int Number = 45;

    [Fact]
    public void The_cards_that_there_were_stay_with_their_statuses()
    {
        using var folder = new TempFolder();
        var path = folder.File("calf.db");
        var all = Directory.GetFiles(Path.Combine(Repository.Folder, "src", "Store", "Migrations"), "*.sql").Order()
            .Select(file => (Number: int.Parse(Path.GetFileName(file)[..3], System.Globalization.CultureInfo.InvariantCulture), Name: Path.GetFileName(file), Text: File.ReadAllText(file)))
            .Where(m => m.Number <= Number).ToList();
        Migrator.Migrate(path, TimeProvider.System, [.. all.Where(m => m.Number < Number)]);
        using (var before = Database.Open(path, readOnly: false))
        {
            before.Execute($"INSERT INTO accounts (id, uri, url, username, domain, type, inbox, created_at, fetched_at) VALUES (1, 'u', 'u', 'bob', 'far.test', 'Person', 'i', 0, 0)");
            for (var id = 10; id <= 20; id += 10)
            {
                before.Execute($"INSERT INTO statuses (id, uri, url, account_id, type, visibility, created_at) VALUES ({(long)id}, 's' || {(long)id}, 'u', 1, 'Note', 0, 0)");
                before.Execute($"INSERT INTO cards (status_id, url, title, description, image_url) VALUES ({(long)id}, 'https://news.test/', 'T' || {(long)id}, 'D', NULL)");
            }
        }
        Migrator.Migrate(path, TimeProvider.System, all);
        using var after = Database.Open(path, readOnly: true);
        Assert.Equal(["10 https://news.test/ 1 T10", "20 https://news.test/ 1 T20"], after.Query(
            $"SELECT x.status_id || ' ' || x.url || ' ' || k.sent || ' ' || k.title FROM status_cards x JOIN cards k ON k.id = x.card_id ORDER BY 1", r => r.Text()));
    }
}
