using Calf.Accounts;
using Calf.ActivityPub;
using Calf.Events;
using Calf.Follows;
using Calf.Store;

namespace Calf.Federation.Delivery;

/// <summary>What each server is told of the owner's followers there; kept while nothing changes, since one post goes to many servers.</summary>
public sealed class FollowersDigests : IDisposable
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    private readonly Database database;
    private readonly Owner owner;
    private readonly TimeProvider time;
    private readonly IDisposable listening;
    private volatile Kept? kept;

    public FollowersDigests(Database database, Owner owner, EventHub events, TimeProvider time)
    {
        (this.database, this.owner, this.time) = (database, owner, time);
        listening = events.Listen(happened =>
        {
            if (happened is AccountChanged) kept = null;
        });
    }

    /// <summary>The header for a delivery to this host.</summary>
    public string HeaderFor(string host)
    {
        var current = kept is { } known && time.GetElapsedTime(known.Since) < Lifetime ? known : kept = Load();
        var actor = owner.Required.Uri;
        var digest = current.ByHost.GetValueOrDefault(host) ?? FollowersDigest.Of([]);
        return new FollowersDigest(OwnUris.Followers(actor), OwnUris.FollowersSynchronization(actor), digest).ToString();
    }

    public void Dispose() => listening.Dispose();

    private Kept Load()
    {
        var since = time.GetTimestamp();
        var uris = database.Read(c => FollowStore.RemoteFollowers(c, owner.Id));
        return new Kept(uris.GroupBy(u => Origin.HostOf(u) ?? "").ToDictionary(g => g.Key, FollowersDigest.Of), since);
    }

    private sealed record Kept(Dictionary<string, string> ByHost, long Since);
}
