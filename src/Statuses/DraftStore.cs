using Calf.Store;

namespace Calf.Statuses;

/// <summary>Something that the owner is writing.</summary>
/// <param name="Name">Given by the page, such as what the post answers.</param>
/// <param name="Json">An object, whose fields are the page's own affair.</param>
public sealed record Draft(string Name, string Json, DateTimeOffset UpdatedAt);

/// <summary>What the owner is writing, so that another browser can go on with it.</summary>
public static class DraftStore
{
    /// <summary>How many there may be.</summary>
    public const int Most = 200;

    private const string Columns = "name, draft, updated_at";

    public static Draft? Find(Connection c, string name) => c.Find($"SELECT {Columns:raw} FROM drafts WHERE name = {name}", Read);

    /// <summary>The newest first.</summary>
    public static List<Draft> All(Connection c) => c.Query($"SELECT {Columns:raw} FROM drafts ORDER BY updated_at DESC, id DESC", Read);

    /// <summary>In the place of the one with the same name.</summary>
    /// <returns>False when it is a new one and there are <see cref="Most"/> already: then nothing is stored.</returns>
    public static bool Save(Connection c, Draft draft)
    {
        if (Find(c, draft.Name) is null && c.Count($"SELECT count(*) FROM drafts") >= Most) return false;
        c.Execute($"""
            INSERT INTO drafts ({Columns:raw}) VALUES ({draft.Name}, {draft.Json}, {draft.UpdatedAt})
            ON CONFLICT (name) DO UPDATE SET draft = excluded.draft, updated_at = excluded.updated_at
            """);
        return true;
    }

    /// <returns>Whether there was one.</returns>
    public static bool Remove(Connection c, string name) => c.Execute($"DELETE FROM drafts WHERE name = {name}") > 0;

    private static Draft Read(Row r) => new(r.Text(), r.Text(), r.Time());
}
