using Calf.Accounts;
using Calf.ActivityPub;
using Calf.Statuses;

namespace Calf.Federation.Inbox;

/// <summary>Sorts the ids in a policy of another server into groups.</summary>
internal sealed class PolicyReading(Account author, string ownerUri)
{
    public InteractionPolicy? Read(RemoteObject remote) => RemoteInteractionPolicy.Read(remote.Json) is { } policy
        ? new(Sort(policy.Quote), Sort(policy.Reply), Sort(policy.Like), Sort(policy.Announce))
        : null;

    private SubPolicy? Sort(RemoteSubPolicy? part) => part is null ? null : new(Sort(part.Automatic), Sort(part.Manual));

    private PolicyGroups Sort(IEnumerable<string> ids) => ids.Aggregate(PolicyGroups.Nobody, (groups, id) => groups | GroupOf(id));

    private PolicyGroups GroupOf(string id) =>
        id == Vocabulary.Public ? PolicyGroups.Everybody
        : id == author.FollowersUri ? PolicyGroups.Followers
        : id == author.FollowingUri ? PolicyGroups.Followed
        : id == ownerUri ? PolicyGroups.Owner
        // "Nobody but me" is written as the author, since an empty list is as good as none (FEP-044f).
        : id == author.Uri ? PolicyGroups.Nobody
        : PolicyGroups.Others;
}
