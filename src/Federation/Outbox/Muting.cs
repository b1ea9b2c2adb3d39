using Calf.Accounts;
using Calf.Follows;
using Calf.Moderation;
using Calf.Statuses;
using Calf.Store;

namespace Calf.Federation.Outbox;

/// <summary>The owner no longer wants to see an account. Nobody is told.</summary>
public sealed class Muting(Database database, Owner owner, TimeProvider time)
{
    /// <param name="notifications">Whether what they do is no longer told either.</param>
    /// <param name="duration">Null for good.</param>
    /// <exception cref="ActionException">The account is not known, or is the owner.</exception>
    public Task Mute(long accountId, bool notifications = true, TimeSpan? duration = null) => database.Write(c =>
    {
        if (AccountStore.Find(c, accountId) is null) throw ActionException.NotFound();
        if (accountId == owner.Id) throw ActionException.Invalid(Words.T("You cannot mute yourself."));
        var now = time.GetUtcNow();
        MuteStore.Save(c, new Mute(accountId, notifications, now + duration), now);
    });

    /// <summary>The owner hears no more of a thread, by whatever post of it. What is told already stays.</summary>
    /// <exception cref="ActionException">The post is not here.</exception>
    public Task<Status> MuteConversation(long statusId) => database.Write(c =>
    {
        var status = Readable.Require(c, statusId, owner.Id);
        ThreadFollowStore.Remove(c, status.Id);
        ConversationMutes.Add(c, status.Id, time.GetUtcNow());
        return status;
    });

    /// <exception cref="ActionException">The post is not here.</exception>
    public Task<Status> UnmuteConversation(long statusId) => database.Write(c =>
    {
        var status = Readable.Require(c, statusId, owner.Id);
        ConversationMutes.Remove(c, status.Id);
        return status;
    });

    public Task Unmute(long accountId) => database.Write(c => MuteStore.Remove(c, accountId));
}
