using System.Diagnostics;
using Calf.Security;
using Calf.Store;

namespace Calf.Bench;

/// <summary>One account that is followed sends posts, as fast as they are taken.</summary>
internal sealed class Receiving(Bed bed, Subject calf)
{
    private const int Creates = 20_000;

    public async Task Measure()
    {
        var actor = $"{bed.Stub}/users/sender";
        using var key = Bed.KeyOf(actor);
        using var database = calf.Open();
        await Seeding.Followed(database, actor, key.KeyId, key.PublicPem, Bed.Now);
        var requests = Enumerable.Range(0, Creates).AsParallel()
            .Select(n => SignedPost.Bytes(Activities.Create(actor, n, Bed.Now), bed.Port, key, SignatureKind.Cavage, Bed.Now)).ToList();
        var before = database.Read(c => (Statuses(c), Bytes: Subject.UsedBytes(c)));
        using var running = calf.Start();
        var clock = Stopwatch.StartNew();
        var accepted = Load.Each(bed.Port, requests, 202);
        await Bed.Until(() => database.Read(c => c.Count($"SELECT count(*) FROM inbox_queue")) == 0);
        var applied = clock.Elapsed;
        var after = database.Read(c => (Statuses(c), Bytes: Subject.UsedBytes(c)));
        if (after.Item1 - before.Item1 != Creates) throw new BenchException($"{Creates} posts were accepted and {after.Item1 - before.Item1} are there.");
        bed.Table.Add($"Signed Creates accepted ({Load.Connections} connections)", Table.Number(Creates / accepted.TotalSeconds), "a second", "at least 3,000");
        bed.Table.Add("Signed Creates accepted and applied", Table.Number(Creates / applied.TotalSeconds), "a second", "");
        bed.Table.Add("Stored remote post (all tables and indices)", Table.Number((after.Bytes - before.Bytes) / (double)Creates), "bytes", "");
        bed.Table.Add("RSS after receiving", Table.Number(running.Memory, "0.0"), "MB", "");
    }

    private static long Statuses(Connection c) => c.Count($"SELECT count(*) FROM statuses");
}
