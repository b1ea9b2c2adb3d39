using Calf.Security;
using Calf.Store;

namespace Calf.Federation.Delivery;

/// <summary>Keeps across restarts which kind of signature each host takes (wire 1). Only what differs from the first knock is stored.</summary>
public sealed class RememberedSignatures(Database database, SignatureMemory memory) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        memory.Load(database.Read(Load));
        memory.Learned += Learned;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        memory.Learned -= Learned;
        return Task.CompletedTask;
    }

    // Not awaited: when the write fails, the next start costs one more knock.
    private void Learned(string host, SignatureKind kind) => database.Write(c => Save(c, host, kind));

    private static List<KeyValuePair<string, SignatureKind>> Load(Connection c) =>
        c.Query($"SELECT host, signature FROM hosts WHERE signature != {SignatureKind.Cavage} LIMIT {SignatureMemory.Capacity}",
            r => KeyValuePair.Create(r.Text(), (SignatureKind)r.Int()));

    private static void Save(Connection c, string host, SignatureKind kind)
    {
        if (kind == SignatureKind.Cavage)
            c.Execute($"UPDATE hosts SET signature = {kind} WHERE host = {host} AND signature != {kind}");
        else
            c.Execute($"INSERT INTO hosts (host, signature) VALUES ({host}, {kind}) ON CONFLICT (host) DO UPDATE SET signature = excluded.signature");
    }
}
