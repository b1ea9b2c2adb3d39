using Calf.Accounts;
using Calf.Statuses;
using Calf.Store;

namespace Calf.Federation.Documents;

/// <summary>What a post needs besides its row to be written out.</summary>
/// <param name="Named">Mentioned in the text.</param>
/// <param name="Silent">Addressed without being named.</param>
/// <param name="Replies">The first replies that anybody may read, the oldest first.</param>
public sealed record NoteParts(
    Account Author, IReadOnlyList<Account> Named, IReadOnlyList<Account> Silent, IReadOnlyList<string> Tags,
    IReadOnlyList<Attachment> Attachments, IReadOnlyList<Status> Replies)
{
    public Poll? Poll { get; init; }

    public Quote? Quote { get; init; }

    public InteractionPolicy? Policy { get; init; }

    public string? ApprovedBy { get; init; }

    /// <summary>For the owner's posts; boosts have no parts.</summary>
    public static Dictionary<long, NoteParts> Load(Connection c, Account author, IReadOnlyCollection<Status> statuses)
    {
        var ids = statuses.Select(s => s.Id).ToList();
        var mentions = StatusParts.Mentions(c, ids).ToLookup(m => m.StatusId);
        var accounts = AccountStore.FindMany(c, mentions.SelectMany(m => m).Select(m => m.AccountId).Distinct());
        var tags = StatusParts.Tags(c, ids);
        var attachments = StatusParts.Attachments(c, ids);
        var polls = PollStore.FindMany(c, ids);
        var quotes = QuoteStore.FindMany(c, ids);
        var approvals = ReplyApprovalStore.FindMany(c, ids);
        var policies = InteractionPolicyStore.FindMany(c, ids);
        return statuses.ToDictionary(s => s.Id, s => new NoteParts(
            author,
            [.. mentions[s.Id].Where(m => !m.Silent).Select(m => accounts[m.AccountId])],
            [.. mentions[s.Id].Where(m => m.Silent).Select(m => accounts[m.AccountId])],
            [.. tags[s.Id]],
            [.. attachments[s.Id]],
            s.RepliesCount == 0 ? [] : ThreadStore.Replies(c, s.Id, new Paging(CollectionBuilder.PageSize, MinId: 0)))
        {
            Poll = polls.GetValueOrDefault(s.Id),
            Quote = quotes.GetValueOrDefault(s.Id),
            ApprovedBy = approvals.GetValueOrDefault(s.Id),
            Policy = policies.GetValueOrDefault(s.Id),
        });
    }
}
