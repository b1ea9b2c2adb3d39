using Calf.Security;
using Calf.Store;

namespace Calf.Bench;

/// <summary>
/// A large server closes many accounts and tells everybody, also those that never heard of them. All is taken, and nothing comes of it:
/// nobody is asked for a key, and nothing is kept.
/// </summary>
internal sealed class Flood(Bed bed, Subject calf)
{
    private const int Deletes = 50_000;

    /// <summary>Long enough for a server at rest to have given back what it does not need.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(7);

    public void Measure()
    {
        using var stub = bed.StartStub();
        using var made = Bed.KeyOf(bed.Stub);
        var pem = made.PrivatePem;
        // One key under many names: nobody may look at it anyway.
        var requests = Enumerable.Range(0, Deletes).AsParallel().Select(n =>
        {
            var actor = $"{bed.Stub}/users/gone{n}";
            using var key = SigningKey.FromPem(pem, actor + "#main-key");
            return SignedPost.Bytes(Activities.DeleteOfItself(actor), bed.Port, key, SignatureKind.Cavage, Bed.Now);
        }).ToList();
        using var database = calf.Open();
        using var running = calf.Start();
        Thread.Sleep(Rest);
        var (asked, rows, bytes, memory) = (Asked(), database.Read(Rows), database.Read(Subject.UsedBytes), running.Memory);
        var took = Load.Each(bed.Port, requests, 202);
        var busy = running.Memory;
        Thread.Sleep(Rest);
        bed.Table.Add($"Flood of {Table.Number(Deletes)} Deletes by unknown actors", Table.Number(Deletes / took.TotalSeconds), "a second", "");
        bed.Table.Add("Flood: requests to the actors' server", Table.Number(Asked() - asked), "", "0");
        bed.Table.Add("Flood: rows more, all tables", Table.Number(database.Read(Rows) - rows), "", "0");
        bed.Table.Add("Flood: database larger by", Table.Number(database.Read(Subject.UsedBytes) - bytes), "bytes", "0");
        bed.Table.Add("Flood: RSS before, at rest", Table.Number(memory, "0.0"), "MB", "");
        bed.Table.Add("Flood: RSS at its end", Table.Number(busy, "0.0"), "MB", "");
        bed.Table.Add("Flood: RSS after, at rest", Table.Number(running.Memory, "0.0"), "MB", "");
    }

    private int Asked() => bed.Counted("posts") + bed.Counted("unknown");

    private static long Rows(Connection c)
    {
        var tables = c.Query($"SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'", r => r.Text());
        return tables.Sum(table => c.Count($"SELECT count(*) FROM {table:raw}"));
    }
}
