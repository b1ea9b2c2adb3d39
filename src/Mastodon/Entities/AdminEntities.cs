using Calf.Accounts;
using Calf.Moderation;
using Calf.Statuses;
using Calf.Store;

namespace Calf.Mastodon.Entities;

/// <summary>https://docs.joinmastodon.org/entities/Admin_Account/. What only a user of this server has is null for others, as in Mastodon.</summary>
public sealed record AdminAccountEntity(
    string Id, string Username, string? Domain, DateTimeOffset CreatedAt, string? Email, string? Ip, RoleEntity? Role, bool? Confirmed, bool Suspended,
    bool Silenced, bool? Disabled, bool? Approved, string? Locale, AccountEntity Account)
{
    public bool Sensitized => false;

    public string? InviteRequest => null;

    public IReadOnlyList<string> Ips => [];
}

/// <summary>https://docs.joinmastodon.org/entities/Admin_Report/</summary>
public sealed record AdminReportEntity(
    string Id, bool ActionTaken, DateTimeOffset? ActionTakenAt, string Category, string Comment, bool Forwarded, DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt, AdminAccountEntity Account, AdminAccountEntity TargetAccount, AdminAccountEntity? AssignedAccount,
    AdminAccountEntity? ActionTakenByAccount, IReadOnlyList<StatusEntity> Statuses, IReadOnlyList<string> Rules);

/// <summary>Makes what moderators see; here the owner is the one there is.</summary>
public sealed class AdminRendering(AccountRendering accounts, StatusRendering statuses, Owner owner)
{
    private const string DefaultLocale = "en";

    /// <summary>In the order given; accounts that are gone are left out. The number of statements does not depend on theirs.</summary>
    public List<AdminAccountEntity> Render(Connection c, IReadOnlyCollection<(long Id, DomainSeverity Severity)> found)
    {
        var known = AccountStore.FindMany(c, found.Select(f => f.Id));
        var there = found.Where(f => known.ContainsKey(f.Id)).ToList();
        var entities = accounts.Render(c, [.. there.Select(f => known[f.Id])]);
        var locale = PostingDefaults.Read(c).Language ?? DefaultLocale;
        return [.. there.Select((f, at) => Render(known[f.Id], f.Severity, entities[at], locale))];
    }

    public List<AdminReportEntity> Render(Connection c, IReadOnlyCollection<Report> reports)
    {
        var ids = reports.SelectMany(r => (long[])[r.AccountId, r.TargetId]).Append(owner.Id).Distinct().ToList();
        var people = Render(c, AccountFiltering.Severities(c, ids)).ToDictionary(a => a.Id);
        var posts = statuses.RenderIds(c, [.. reports.SelectMany(r => r.StatusIds).Distinct()], byOwner: true).ToDictionary(s => s.Id);
        return [.. reports.Select(r => new AdminReportEntity(
            EntityText.Of(r.Id), r.ActionTakenAt is not null, r.ActionTakenAt, r.Category, r.Comment, r.Forwarded, r.CreatedAt, r.ActionTakenAt ?? r.CreatedAt,
            people[EntityText.Of(r.AccountId)], people[EntityText.Of(r.TargetId)], null, r.ActionTakenAt is null ? null : people[EntityText.Of(owner.Id)],
            [.. r.StatusIds.Select(EntityText.Of).Where(posts.ContainsKey).Select(id => posts[id])], []))];
    }

    private AdminAccountEntity Render(Account a, DomainSeverity severity, AccountEntity entity, string locale)
    {
        var own = a.Id == owner.Id;
        return new AdminAccountEntity(
            EntityText.Of(a.Id), a.Username, own ? null : a.Domain, a.CreatedAt, own ? "" : null, null, own ? CredentialRendering.Role : null, own ? true : null,
            severity == DomainSeverity.Block, severity == DomainSeverity.Silence, own ? false : null, own ? true : null, own ? locale : null, entity);
    }
}
