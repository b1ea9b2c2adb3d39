using Calf.Store;
using Calf.Tests.Support;

namespace Calf.Tests.Store;

/// <summary>Subscriptions were of tokens only before browsers had them too.</summary>
public sealed class PushMigrationTests
{
    private const string Name = "056_push_sessions.sql";

    [Fact]
    public void The_subscriptions_of_apps_stay_with_what_is_still_to_be_pushed()
    {
        using var folder = new TempFolder();
        var path = folder.File("calf.db");
        var all = Directory.GetFiles(Path.Combine(Repository.Folder, "src", "Store", "Migrations"), "*.sql").Order(StringComparer.Ordinal)
            .Select(file => (Number: int.Parse(Path.GetFileName(file)[..3], System.Globalization.CultureInfo.InvariantCulture), Name: Path.GetFileName(file), Text: File.ReadAllText(file)))
            .TakeWhile(m => string.CompareOrdinal(m.Name, Name) <= 0).ToList();
        Migrator.Migrate(path, TimeProvider.System, [.. all.Where(m => m.Name != Name)]);
        using (var before = Database.Open(path, readOnly: false))
        {
            before.Execute($"INSERT INTO accounts (id, uri, url, username, domain, type, inbox, created_at, fetched_at) VALUES (1, 'u', 'u', 'bob', 'far.test', 'Person', 'i', 0, 0)");
            before.Execute($"INSERT INTO apps (id, client_id, secret_hash, name, redirect_uris, scopes, created_at) VALUES (7, 'c', x'00', 'Tusky', 'r', 'push', 0)");
            before.Execute($"INSERT INTO access_tokens (hash, id, app_id, by_owner, scopes, created_at) VALUES (x'01', 3, 7, 1, 'push', 0)");
            before.Execute($"INSERT INTO notifications (id, type, account_id, created_at, group_key) VALUES (9, 'follow', 1, 0, 'g')");
            before.Execute($"INSERT INTO push_subscriptions VALUES (5, 3, 'secret', 'https://push.test/', x'02', x'03', 1, 'follow', 'all')");
            before.Execute($"INSERT INTO pushes VALUES (4, 5, 9, 77, 2)");
        }
        Migrator.Migrate(path, TimeProvider.System, all);

        using var after = Database.Open(path, readOnly: false);
        Assert.Equal(["5 3 none secret follow"], after.Query(
            $"SELECT id || ' ' || token_id || ' ' || coalesce(session_id, 'none') || ' ' || access_token || ' ' || alerts FROM push_subscriptions", r => r.Text()));
        Assert.Equal(["4 5 9 77 2"], after.Query($"SELECT id || ' ' || subscription_id || ' ' || notification_id || ' ' || due_at || ' ' || tries FROM pushes", r => r.Text()));
        after.Execute($"DELETE FROM access_tokens");
        Assert.Equal(0, after.Count($"SELECT (SELECT count(*) FROM push_subscriptions) + (SELECT count(*) FROM pushes)"));
    }
}
