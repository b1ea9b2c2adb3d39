using System.Globalization;
using Calf.AccountCollections;
using Calf.Accounts;
using Calf.Media;
using Calf.Store;

namespace Calf.Mastodon.Entities;

/// <summary>Makes account entities. Pictures of others are shown through this server.</summary>
public sealed class AccountRendering(Site site, RemoteMediaUrls urls)
{
    /// <summary>Mastodon's path; apps know by its end that there is no header.</summary>
    public const string MissingHeaderPath = "/headers/original/missing.png";

    public const string MissingAvatarPath = "/app/avatar.png";

    /// <param name="byOwner">The owner reads, and is told whom they may put into a collection.</param>
    public AccountEntity Render(Connection c, Account account, bool byOwner = false) => Render(c, [account], byOwner)[0];

    /// <summary>In the order of the accounts. Asks two statements: where accounts have moved to, and what they say of collections.</summary>
    public List<AccountEntity> Render(Connection c, IReadOnlyCollection<Account> accounts, bool byOwner = false)
    {
        var moved = Moved(c, accounts);
        var policies = FeaturePolicyStore.FindMany(c, [.. accounts.Concat(moved.Values).Select(account => account.Id)]);
        return [.. accounts.Select(account => Render(account, moved, policies, byOwner))];
    }

    /// <summary>In the order of the ids; accounts that are gone are left out.</summary>
    public List<AccountEntity> RenderIds(Connection c, IReadOnlyList<long> ids, bool byOwner = false)
    {
        var found = AccountStore.FindMany(c, ids);
        return Render(c, [.. ids.Where(found.ContainsKey).Select(id => found[id])], byOwner);
    }

    private AccountEntity Render(Account a, Dictionary<string, Account> moved, Dictionary<long, FeaturePolicy> policies, bool byOwner)
    {
        var header = urls.Of(a.HeaderUrl, RemoteShape.Header) ?? site.Base + MissingHeaderPath;
        return new AccountEntity
        {
            Id = EntityText.Of(a.Id),
            Username = a.Username,
            Acct = a.Acct,
            DisplayName = a.DisplayName,
            Locked = a.Locked,
            Bot = a.Bot,
            Discoverable = a.Discoverable,
            Indexable = a.Indexable,
            Group = a.Type == "Group",
            CreatedAt = a.CreatedAt,
            Note = a.Note,
            Url = a.Url,
            Uri = a.Uri,
            Avatar = Avatar(a, RemoteShape.Avatar),
            AvatarStatic = Avatar(a, RemoteShape.AvatarStill),
            AvatarDescription = a.AvatarAlt,
            Header = header,
            HeaderStatic = header,
            HeaderDescription = a.HeaderAlt,
            FollowersCount = a.FollowersCount,
            FollowingCount = a.FollowingCount,
            StatusesCount = a.StatusesCount,
            LastStatusAt = a.LastStatusAt?.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            HideCollections = a.HideCollections,
            Emojis = Emojis(a.Emojis),
            Fields = [.. a.Fields.Select(f => new FieldEntity(f.Name, f.Value, f.VerifiedAt))],
            Noindex = a.IsOwner ? !a.Indexable : null,
            Roles = a.IsOwner ? [] : null,
            FeatureApproval = FeatureApprovalEntity.Of(a, policies.GetValueOrDefault(a.Id), byOwner),
            Memorial = a.Memorial ? true : null,
            Suspended = a.GoneAt is null ? null : true,
            // One step only: an account that moved on again says so itself when it is opened. Both have to say it, or anybody could
            // claim to have become somebody else.
            Moved = a.MovedToUri is { } uri && moved.GetValueOrDefault(uri) is { } target && target.AlsoKnownAs.Contains(a.Uri) ? Render(target, [], policies, byOwner) : null,
        };
    }

    public string Avatar(Account a, RemoteShape shape) => urls.Of(a.AvatarUrl, shape) ?? site.Base + MissingAvatarPath;

    /// <summary>Those whose pictures can be shown.</summary>
    public List<EmojiEntity> Emojis(IReadOnlyList<CustomEmoji> emojis) =>
        [.. from e in emojis let shown = urls.Of(e.Url, RemoteShape.Emoji) where shown is not null select new EmojiEntity(e.Shortcode, shown, urls.Of(e.Url, RemoteShape.EmojiStill)!, VisibleInPicker: false)];

    private static Dictionary<string, Account> Moved(Connection c, IReadOnlyCollection<Account> accounts) =>
        AccountStore.FindManyByUri(c, [.. accounts.Select(a => a.MovedToUri).OfType<string>().Distinct()]);
}
