namespace Calf.Security;

/// <summary>Which kind of signature each host took (wire 1). Bounded: beyond <see cref="Capacity"/> hosts the one learned first is forgotten,
/// which costs one extra knock. Safe for any number of threads.</summary>
public sealed class SignatureMemory
{
    public const int Capacity = 20_000;

    private readonly Lock guard = new();
    private readonly Dictionary<string, SignatureKind> kinds = new(StringComparer.OrdinalIgnoreCase);
    private readonly Queue<string> order = new();

    /// <summary>Raised when a host's kind is new or has changed, outside the lock; for whoever stores it.</summary>
    public event Action<string, SignatureKind>? Learned;

    /// <summary>Null for a host that has not answered yet: begin with cavage.</summary>
    public SignatureKind? Get(string host)
    {
        lock (guard) return kinds.TryGetValue(host, out var kind) ? kind : null;
    }

    public void Learn(string host, SignatureKind kind)
    {
        if (Put(host, kind)) Learned?.Invoke(host, kind);
    }

    /// <summary>Takes over what was stored before; raises no event.</summary>
    public void Load(IEnumerable<KeyValuePair<string, SignatureKind>> known)
    {
        foreach (var (host, kind) in known) Put(host, kind);
    }

    private bool Put(string host, SignatureKind kind)
    {
        lock (guard)
        {
            if (kinds.TryGetValue(host, out var before))
            {
                kinds[host] = kind;
                return before != kind;
            }

            if (kinds.Count == Capacity) kinds.Remove(order.Dequeue());
            kinds.Add(host, kind);
            order.Enqueue(host);
            return true;
        }
    }
}
