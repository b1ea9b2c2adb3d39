using Calf.Accounts;
using Calf.Federation.Delivery;
using Calf.Follows;
using Calf.Moderation;
using Calf.Notifications;
using Calf.Store;
using Calf.Timelines;

namespace Calf.Federation.Outbox;

/// <summary>The owner blocks accounts and whole domains.</summary>
public sealed class Blocking(Database database, Owner owner, Sending sending, TimeProvider time)
{
    /// <summary>Ends both follows, takes their posts out of home and tells their server.</summary>
    /// <exception cref="ActionException">The account is not known, or is the owner.</exception>
    public Task Block(long accountId) => database.Write(c =>
    {
        var me = owner.Required;
        var target = Require(c, accountId);
        if (target.Id == me.Id) throw ActionException.Invalid("You cannot block yourself.");
        var id = ActivityId.New(me.Uri, "blocks");
        if (!BlockStore.Add(c, me.Id, target.Id, id, time.GetUtcNow())) return;
        if (FollowStore.Find(c, target.Id, me.Id) is { } follower)
            sending.To(c, target, RejectBuilder.Build(me.Uri, follower.Uri, target.Uri));
        if (FollowStore.Find(c, me.Id, target.Id) is { } followed)
            sending.To(c, target, UndoBuilder.Build(FollowBuilder.Build(followed.Uri, me.Uri, target.Uri)));
        Forget(c, target.Id);
        sending.To(c, target, BlockBuilder.Build(id, me.Uri, target.Uri));
        sending.AfterOwnerChanged(c);
    });

    /// <exception cref="ActionException">The account is not known.</exception>
    public Task Unblock(long accountId) => database.Write(c =>
    {
        var me = owner.Required;
        var target = Require(c, accountId);
        if (BlockStore.UriOf(c, me.Id, target.Id) is not { } id) return;
        BlockStore.Remove(c, me.Id, target.Id);
        sending.To(c, target, UndoBuilder.Build(BlockBuilder.Build(id, me.Uri, target.Uri)));
    });

    /// <summary>Takes nothing more from a domain and sends it nothing; follows in both directions end without a word.</summary>
    /// <exception cref="ActionException">The text is not a domain, or is this server.</exception>
    public Task BlockDomain(string domain) => database.Write(c =>
    {
        var name = domain.Trim().ToLowerInvariant();
        if (name.Length == 0 || Uri.CheckHostName(name.Split(':')[0]) == UriHostNameType.Unknown)
            throw ActionException.Invalid($"'{domain}' is not a domain name.");
        if (name == owner.Required.Domain || owner.Required.Uri.Contains($"//{name}/", StringComparison.Ordinal))
            throw ActionException.Invalid("You cannot block your own server.");
        DomainBlockStore.Add(c, name, time.GetUtcNow());
        DeliveryQueue.RefuseBlocked(c);
        foreach (var id in AccountsOf(c, name)) Forget(c, id);
        sending.AfterOwnerChanged(c);
    });

    public Task UnblockDomain(string domain) => database.Write(c => DomainBlockStore.Remove(c, domain.Trim()));

    private void Forget(Connection c, long accountId)
    {
        FollowStore.Remove(c, accountId, owner.Id);
        FollowStore.Remove(c, owner.Id, accountId);
        TimelineStore.RemoveFromHome(c, accountId);
        NotificationStore.RemoveFrom(c, accountId);
    }

    private static List<long> AccountsOf(Connection c, string domain) =>
        c.Query($"SELECT id FROM accounts WHERE domain = {domain} OR domain LIKE {"%." + domain}", r => r.Long());

    private static Account Require(Connection c, long accountId) =>
        AccountStore.Find(c, accountId) ?? throw ActionException.NotFound("This account is not known here.");
}
