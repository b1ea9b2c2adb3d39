using Calf.Store;
using Microsoft.Data.Sqlite;

namespace Calf.Operations;

/// <summary>
/// Holds the settings against the names that a database was made with: they are part of every id that other servers know, so a
/// Calf under other names would be somebody else.
/// </summary>
internal static class FolderDomain
{
    /// <summary>Fills in the names when the settings leave them open, so that they need to be said only once.</summary>
    /// <param name="serving">Whether a server is about to start. In local mode its port is part of its name.</param>
    /// <exception cref="SettingsException">The settings name other domains than the database.</exception>
    public static void Apply(Settings settings, bool serving)
    {
        if (Stored(settings.Data) is not var (domain, webDomain)) return;
        var open = settings.Domain.Length == 0;
        if (open && (!serving || !Site.IsLocalName(webDomain)))
        {
            settings.Domain = domain;
            settings.WebDomain = webDomain;
            return;
        }
        var site = SettingsFile.SiteOf(settings);
        if (site.Domain == domain && site.WebDomain == webDomain) return;
        var folder = Path.GetFullPath(settings.Data);
        throw new SettingsException(open
            ? $"The account in {folder} is @...@{domain}, and Calf would now listen as {site.Domain}. Start it with --listen http://{domain}, or choose another folder with --data."
            : $"The account in {folder} was made with Domain '{domain}' and WebDomain '{webDomain}', and the settings say '{site.Domain}' and '{site.WebDomain}'. "
              + "Other servers know it by these names, so they cannot change: set them as they were, or choose another folder with --data.");
    }

    /// <summary>The names that the account was made with; null when there is no account yet.</summary>
    private static (string Domain, string WebDomain)? Stored(string folder)
    {
        var path = Path.Combine(folder, Database.FileName);
        if (!File.Exists(path)) return null;
        try
        {
            using var connection = Database.Open(path, readOnly: true);
            if (!connection.Exists($"SELECT 1 FROM sqlite_master WHERE name = 'meta'")) return null;
            return Meta.Get(connection, Meta.Domain) is { } domain ? (domain, Meta.Get(connection, Meta.WebDomain) ?? domain) : null;
        }
        catch (SqliteException failure)
        {
            throw new StoreException($"The database {path} cannot be read: {failure.Message}. If it is damaged, restore a backup with 'calf restore FILE'.", failure);
        }
    }
}
