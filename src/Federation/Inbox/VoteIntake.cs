using Calf.Accounts;
using Calf.ActivityPub;
using Calf.Events;
using Calf.Statuses;
using Calf.Store;

namespace Calf.Federation.Inbox;

/// <summary>Counts votes of others in the owner's polls (wire 100). A vote is never shown as a reply.</summary>
public sealed class VoteIntake(Owner owner, EventHub events)
{
    /// <summary>How long new votes are gathered before the counts go out; Mastodon's.</summary>
    public static readonly TimeSpan ResultsEvery = TimeSpan.FromMinutes(3);

    /// <summary>The votes that a Create of its actor's carries: GoToSocial sends several as an array.</summary>
    public static IReadOnlyList<RemoteObject> In(IncomingActivity activity) =>
        activity.Trusted
            ? [.. activity.Json.Many("object").Where(o => o.Has("name") && o.Has("inReplyTo"))
                .Select(o => RemoteObject.Read(o, out _)).OfType<RemoteObject>().Where(o => o.IsVote && o.AttributedTo == activity.Actor)]
            : [];

    /// <summary>Counts what counts. Ignored, with the first reason, when nothing did.</summary>
    public Outcome Count(Connection c, IncomingActivity activity, IReadOnlyList<RemoteObject> votes)
    {
        if (AccountStore.FindByUri(c, activity.Actor) is not { } voter) return Outcome.Ignored("The voting account is not known.");
        List<Outcome> outcomes = [.. votes.Select(vote => Count(c, vote, voter, activity.ReceivedAt))];
        return outcomes.Contains(Outcome.Applied) ? Outcome.Applied : outcomes[0];
    }

    private Outcome Count(Connection c, RemoteObject vote, Account voter, DateTimeOffset received)
    {
        if (StatusStore.FindByUri(c, vote.InReplyTo!) is not { } status || status.AccountId != owner.Id || PollStore.Find(c, status.Id) is not { } poll)
            return Outcome.Ignored("It is a vote, and this poll is not one of yours.");
        if (!StatusAccess.MayRead(c, status, voter.Id)) return Outcome.Ignored("It votes in a poll that its sender may not see.");
        if (poll.HasEnded(received)) return Outcome.Ignored("It votes in a poll that has ended.");
        var choice = poll.IndexOf(vote.Name!);
        if (choice < 0) return Outcome.Ignored("It votes for something that the poll does not offer.");
        if (PollVoteStore.Choices(c, voter.Id, [status.Id])[status.Id].Contains(choice)) return Outcome.Applied;
        if (!poll.Multiple && PollVoteStore.HasVoted(c, status.Id, voter.Id)) return Outcome.Ignored("It is a second vote in a poll that takes one.");
        PollVoteStore.Add(c, new PollVote(status.Id, voter.Id, choice, vote.Uri, received));
        PollStore.Set(c, status.Id, PollVoteStore.Count(c, status.Id, poll));
        PollStore.TellResults(c, status.Id, received + ResultsEvery);
        c.AfterCommit(() => events.Publish(new PollChanged(status.Id)));
        return Outcome.Applied;
    }
}
