using Calf.Accounts;
using Calf.Federation.Outbox;
using Calf.Follows;
using Calf.Security;
using Calf.Statuses;
using Calf.Store;

namespace Calf.Mastodon.Entities;

/// <summary>Makes the owner's account as the owner's apps see it: with what was typed and what is preferred.</summary>
public sealed class CredentialRendering(AccountRendering accounts, Owner owner)
{
    // Mastodon's default role.
    internal static readonly RoleEntity Role = new("-99", "", "65536", "", Highlighted: false, Curating.MaxCollections);

    /// <summary>Read anew, since the counts change without the owner being told.</summary>
    public AccountEntity Render(Connection c)
    {
        var account = AccountStore.Find(c, owner.Id)!;
        var defaults = PostingDefaults.Read(c);
        return accounts.Render(c, account, byOwner: true) with
        {
            Role = Role,
            Source = new AccountSourceEntity(
                EntityText.Of(defaults.Visibility), defaults.Sensitive, defaults.Language, account.NoteSource,
                [.. account.Fields.Select(f => new FieldEntity(f.Name, PlainText.OfHtml(f.Value), f.VerifiedAt))],
                FollowStore.RequestCount(c, account.Id), account.Discoverable, account.Indexable, account.HideCollections, EntityText.Of(defaults.QuotePolicy), account.AttributionDomains),
        };
    }

    public ProfileEntity Profile(Connection c)
    {
        var (a, tabs) = (AccountStore.Find(c, owner.Id)!, ProfileTabs.Read(c));
        return new ProfileEntity(
            EntityText.Of(a.Id), a.DisplayName, a.NoteSource, [.. a.Fields.Select(f => new FieldEntity(f.Name, PlainText.OfHtml(f.Value), f.VerifiedAt))],
            a.AvatarUrl, a.AvatarUrl, a.AvatarAlt, a.HeaderUrl, a.HeaderUrl, a.HeaderAlt, a.Locked, a.Bot, a.HideCollections, a.Discoverable, a.Indexable,
            tabs.Media, tabs.MediaReplies, tabs.Featured, a.AttributionDomains);
    }
}
