using Calf.Accounts;
using Calf.Events;
using Calf.Statuses;
using Calf.Store;

namespace Calf.Federation.Outbox;

/// <summary>The owner votes in somebody's poll: only its author hears of it, one Note for each choice (wire 100).</summary>
public sealed class Voting(Database database, Owner owner, Sending sending, EventHub events, TimeProvider time)
{
    /// <param name="choices">Positions in the options, from 0.</param>
    /// <exception cref="ActionException">404: no such poll. 422: it has ended, is the owner's, was answered before, or has no such option.</exception>
    public Task<Status> Vote(long statusId, IReadOnlyCollection<int> choices) => database.Write(c => Apply(c, statusId, [.. choices.Distinct()]));

    private Status Apply(Connection c, long statusId, IReadOnlyList<int> choices)
    {
        var now = time.GetUtcNow();
        var status = Readable.Require(c, statusId, owner.Id);
        var poll = PollStore.Find(c, status.Id) ?? throw ActionException.NotFound();
        var voted = PollVoteStore.Choices(c, owner.Id, [status.Id])[status.Id].ToList();
        List<string> wrong = [];
        if (poll.HasEnded(now)) wrong.Add(Words.T("The poll has already ended"));
        if (choices.Any(choice => choice < 0 || choice >= poll.Options.Count)) wrong.Add(Words.T("The chosen vote option does not exist"));
        if (status.AccountId == owner.Id) wrong.Add(Words.T("You cannot vote in your own polls"));
        // The second choice where one is asked for is a second vote.
        if (poll.Multiple ? choices.Intersect(voted).Any() : voted.Count > 0 || choices.Count > 1) wrong.Add(Words.T("You have already voted on this poll"));
        if (wrong.Count > 0) throw ActionException.Invalid(Validation.Failed(string.Join(", ", wrong)));

        var author = AccountStore.Find(c, status.AccountId)!;
        foreach (var choice in choices)
        {
            var uri = ActivityId.New(owner.Required.Uri, "votes");
            PollVoteStore.Add(c, new PollVote(status.Id, owner.Id, choice, uri, now));
            sending.To(c, author, VoteBuilder.Build(uri, owner.Required.Uri, poll.Options[choice].Title, status.Uri, author.Uri));
        }
        // Counted at once, as the author's server will count it and soon say.
        PollStore.Set(c, status.Id, poll with
        {
            Options = [.. poll.Options.Select((o, i) => choices.Contains(i) ? o with { Votes = o.Votes + 1 } : o)],
            VotersCount = poll.VotersCount + (voted.Count == 0 ? 1 : 0),
        });
        PollStore.TellEnd(c, status.Id, poll.ExpiresAt + PollWorker.LastCountsTake);
        c.AfterCommit(() => events.Publish(new PollChanged(status.Id)));
        return status;
    }
}
