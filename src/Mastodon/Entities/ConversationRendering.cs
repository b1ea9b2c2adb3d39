using Calf.Accounts;
using Calf.Statuses;
using Calf.Store;

namespace Calf.Mastodon.Entities;

/// <summary>https://docs.joinmastodon.org/entities/Conversation/</summary>
public sealed record ConversationEntity(string Id, bool Unread, IReadOnlyList<AccountEntity> Accounts, StatusEntity? LastStatus);

/// <summary>Makes conversation entities with a fixed number of statements.</summary>
public sealed class ConversationRendering(Owner owner, AccountRendering accounts, StatusRendering statuses)
{
    public List<ConversationEntity> Render(Connection c, IReadOnlyList<Conversation> conversations)
    {
        var people = AccountStore.FindMany(c, conversations.SelectMany(v => v.Participants).Append(owner.Id).Distinct());
        var rendered = people.Keys.Zip(accounts.Render(c, people.Values, byOwner: true)).ToDictionary(pair => pair.First, pair => pair.Second);
        var last = statuses.RenderIds(c, [.. conversations.Select(v => v.LastStatusId)], byOwner: true).ToDictionary(s => s.Id);
        return [.. conversations.Select(v => new ConversationEntity(
            EntityText.Of(v.Id), v.Unread,
            // Mastodon too shows who writes to themselves as the other.
            [.. (v.Participants.Count == 0 ? [owner.Id] : v.Participants).Where(rendered.ContainsKey).Select(id => rendered[id])],
            last.GetValueOrDefault(EntityText.Of(v.LastStatusId))))];
    }
}
