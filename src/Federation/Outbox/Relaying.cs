using Calf.ActivityPub;
using Calf.Federation.Documents;
using Calf.Follows;
using Calf.Store;

namespace Calf.Federation.Outbox;

/// <summary>
/// This server subscribes to relays. An address that ends in <c>/inbox</c> is asked in Mastodon's way, with a Follow of everybody; any other
/// is the actor of a relay in LitePub's way, which is followed itself and follows back.
/// </summary>
public sealed class Relaying(Database database, Site site, RemoteAccounts remoteAccounts, Sending sending, TimeProvider time)
{
    /// <summary>Asks the relay; asked before, asks again.</summary>
    /// <exception cref="ActionException">The address is none, or is of this server, or no actor answers there.</exception>
    public async Task<Relay> Add(string url, CancellationToken cancel)
    {
        var address = url.Trim();
        if (!Origin.TryParse(address, out var uri)) throw ActionException.Invalid(Words.T("{address} is not the address of a relay. Write it in full, such as https://relay.example/inbox.", ("address", address)));
        if (site.IsOwn(address)) throw ActionException.Invalid("This server cannot be its own relay.");
        var litePub = !uri.AbsolutePath.EndsWith("/inbox", StringComparison.Ordinal);
        var actor = litePub ? await remoteAccounts.Fetch(address, cancel) : null;
        if (litePub && actor?.Account is null) throw ActionException.NotFound($"{address} is no relay: {actor?.Reason}");
        return await database.Write(c =>
        {
            var before = RelayStore.Find(c, address);
            var relay = new Relay(
                address, actor?.Account?.Inbox ?? address, actor?.Account?.Uri ?? before?.ActorUri, litePub,
                before?.FollowUri ?? ActivityId.New(site.InstanceActor, "follows"),
                before is { State: RelayState.Accepted } ? RelayState.Accepted : RelayState.Asked, before?.CreatedAt ?? time.GetUtcNow());
            RelayStore.Save(c, relay);
            sending.ByInstance(c, relay.Inbox, FollowOf(relay));
            return relay;
        });
    }

    /// <exception cref="ActionException">It is not subscribed to.</exception>
    public Task Remove(string url) => database.Write(c =>
    {
        var relay = RelayStore.Find(c, url.Trim()) ?? throw ActionException.NotFound($"{url.Trim()} is not among the relays of this server.");
        RelayStore.Remove(c, relay.Url);
        sending.ByInstance(c, relay.Inbox, UndoBuilder.Build(FollowOf(relay)));
    });

    private ActivityDocument FollowOf(Relay relay) =>
        FollowBuilder.Build(relay.FollowUri, site.InstanceActor, relay.LitePub ? relay.ActorUri! : Documents.Audience.Everybody);
}
