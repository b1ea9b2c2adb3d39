using Calf.Accounts;
using Calf.ActivityPub;
using Calf.Interactions;
using Calf.Notifications;
using Calf.Statuses;
using Calf.Store;

namespace Calf.Federation.Inbox;

/// <summary>A post or a profile changed: an actor changes only itself, a post only its own author's (wire 99).</summary>
public sealed class UpdateHandler(
    Database database, RemoteAccounts remoteAccounts, RemoteStatuses remoteStatuses, StatusIntake intake, EditTelling telling, CollectionChanges collections,
    TimeProvider time) : ActivityHandler
{
    /// <summary>A change to a post that never came here is news only while the post is young, as at Mastodon.</summary>
    private static readonly TimeSpan MaxAgeOfUnknown = TimeSpan.FromDays(1);

    public override string Type => "Update";

    public override async Task<Func<Connection, Outcome>> Prepare(IncomingActivity activity, CancellationToken cancel)
    {
        if (!Origin.Same(activity.ObjectId, activity.Actor)) return _ => Outcome.Ignored("It changes something on another server than its own.");
        if (activity.ObjectId == activity.Actor)
        {
            await remoteAccounts.Refresh(activity.Actor, cancel, activity.Budget);
            return c =>
            {
                if (AccountStore.FindByUri(c, activity.Actor) is { } actor) RemoteTagStore.AskAgain(c, actor.Id);
                return Outcome.Applied;
            };
        }
        if (await collections.Prepare(activity, cancel) is { } change) return change;
        // Nobody may make us fetch what only they speak of.
        if (!activity.Trusted && activity.KnownPost(database) is null) return _ => Outcome.Ignored("Its author did not sign it, and it changes a post that is not here.");
        if (activity.CarriesObject && RemoteObject.Read(activity.Object, out _) is { IsVote: false } carried && carried.AttributedTo == activity.Actor)
        {
            var prepared = PreparedStatus.From(carried, time);
            return c => Apply(c, activity, prepared);
        }
        return await remoteStatuses.FetchObject(activity.ObjectId, cancel, activity.Budget) is { Found: { } found } && found.Author.Uri == activity.Actor
            ? c => Apply(c, activity, found.Prepared)
            : _ => Outcome.Ignored("Its origin does not confirm the change.");
    }

    private Outcome Apply(Connection c, IncomingActivity activity, PreparedStatus prepared)
    {
        if (AccountStore.FindByUri(c, activity.Actor) is not { } author) return Outcome.Ignored("The author is not known.");
        if (StatusStore.FindByUri(c, prepared.Remote.Uri) is { } known)
        {
            if (known.AccountId != author.Id) return Outcome.Ignored("It changes another account's post.");
            intake.Revise(c, known, prepared);
            telling.Tell(c, known, author);
            return Outcome.Applied;
        }
        if (prepared.Remote.Published < time.GetUtcNow() - MaxAgeOfUnknown) return Outcome.Ignored("It changes an old post that is not here.");
        if (!intake.Concerns(c, prepared.Remote, author, activity.Personal)) return Outcome.Ignored("It changes a post that is not here.");
        return intake.Store(c, prepared, author, told: true, activity.Personal) is null
            ? Outcome.Ignored("It was deleted before it arrived.")
            : Outcome.Applied;
    }
}

/// <summary>Mastodon tells those who boosted or quoted a post that it was edited.</summary>
public sealed class EditTelling(Owner owner, Notifying notifying)
{
    /// <param name="known">The post as it was before.</param>
    public void Tell(Connection c, Status known, Account author)
    {
        if (StatusStore.Find(c, known.Id)?.EditedAt == known.EditedAt) return;
        if (BoostStore.Among(c, owner.Id, [known.Id]).Count > 0) notifying.Tell(c, NotificationTypes.Update, author.Id, known.Id);
        foreach (var quoting in QuoteStore.AcceptedBy(c, owner.Id, known.Id)) notifying.Tell(c, NotificationTypes.QuotedUpdate, author.Id, quoting);
    }
}
