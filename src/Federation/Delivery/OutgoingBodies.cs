using Calf.Store;

namespace Calf.Federation.Delivery;

/// <param name="Digest">SHA-256 of the bytes.</param>
internal sealed record OutgoingBody(long Id, long? StatusId, DateTimeOffset CreatedAt, byte[] Bytes, byte[] Digest, bool ByInstance, bool ToFollowers);

/// <summary>The bodies last sent, since one goes to many inboxes. Safe for any number of threads.</summary>
internal sealed class OutgoingBodies(Database database)
{
    private const int Capacity = 32;

    private readonly Lock guard = new();
    private readonly Dictionary<long, OutgoingBody> kept = [];
    private readonly Queue<long> order = new();

    /// <summary>Null when it has been forgotten meanwhile.</summary>
    public OutgoingBody? Get(long id)
    {
        lock (guard)
        {
            if (kept.TryGetValue(id, out var body)) return body;
        }
        var read = database.Read(c => c.Find(
            $"SELECT id, status_id, created_at, body, digest, by_instance, to_followers FROM outgoing WHERE id = {id}",
            r => new OutgoingBody(r.Long(), r.LongOrNull(), r.Time(), r.Bytes(), r.Bytes(), r.Bool(), r.Bool())));
        if (read is not null) Keep(read);
        return read;
    }

    private void Keep(OutgoingBody body)
    {
        lock (guard)
        {
            if (!kept.TryAdd(body.Id, body)) return;
            order.Enqueue(body.Id);
            if (order.Count > Capacity) kept.Remove(order.Dequeue());
        }
    }
}
