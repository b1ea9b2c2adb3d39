using Calf.Store;

namespace Calf.Statuses;

/// <summary>A hashtag on a profile.</summary>
/// <param name="Url">The page for people, where the account's server has one.</param>
public sealed record FeaturedTag(long Id, long TagId, string Name, string? Url);

/// <summary>The hashtags on the profiles of others.</summary>
public static class RemoteTagStore
{
    /// <summary>In the order in which their server named them.</summary>
    public static List<FeaturedTag> Of(Connection c, long accountId) => c.Query(
        $"SELECT id, tag_id, name, url FROM remote_featured_tags WHERE account_id = {accountId} ORDER BY id", r => new FeaturedTag(r.Long(), r.Long(), r.Text(), r.TextOrNull()));

    /// <summary>They have changed: the next look asks for them, however lately that was done.</summary>
    public static void AskAgain(Connection c, long accountId) => c.Execute($"DELETE FROM featured_tag_fetches WHERE account_id = {accountId}");

    /// <summary>These and no others; what was there keeps its id.</summary>
    public static void Replace(Connection c, long accountId, IReadOnlyList<(string Name, string? Url)> tags, DateTimeOffset now)
    {
        var found = tags.Select(t => (Tag: TagStore.FindOrAdd(c, t.Name), t.Name, t.Url)).ToList();
        c.Execute($"DELETE FROM remote_featured_tags WHERE account_id = {accountId} AND tag_id NOT IN {found.Select(f => f.Tag.Id)}");
        foreach (var (tag, name, url) in found)
            c.Execute($"""
                INSERT INTO remote_featured_tags (id, account_id, tag_id, name, url) VALUES ({Ids.At(now)}, {accountId}, {tag.Id}, {name}, {url})
                ON CONFLICT (account_id, tag_id) DO UPDATE SET name = excluded.name, url = excluded.url
                """);
    }
}
