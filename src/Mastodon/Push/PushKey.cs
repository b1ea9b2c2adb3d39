using Calf.Security;
using Calf.Store;

namespace Calf.Mastodon.Push;

/// <summary>This server's key for push services; made at the first start and kept, since apps bind their subscriptions to it.</summary>
public sealed class PushKey : IDisposable
{
    private const string Name = "push.vapid_key";

    public PushKey(Database database)
    {
        if (database.Read(c => Meta.Get(c, Name)) is { } kept)
        {
            Key = VapidKey.Import(kept);
            return;
        }
        Key = VapidKey.Generate();
        // Waited for, once in the life of a database: nobody may be told a key that is not kept.
        database.Write(c => Meta.Set(c, Name, Key.Export())).GetAwaiter().GetResult();
    }

    public VapidKey Key { get; }

    public void Dispose() => Key.Dispose();
}
