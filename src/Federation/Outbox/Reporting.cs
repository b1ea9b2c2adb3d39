using Calf.AccountCollections;
using Calf.Accounts;
using Calf.Federation.Inbox;
using Calf.Moderation;
using Calf.Statuses;
using Calf.Store;

namespace Calf.Federation.Outbox;

/// <summary>A complaint of the owner's about another account.</summary>
/// <param name="Forward">Whether that account's server is told.</param>
public sealed record NewReport(long AccountId, IReadOnlyList<long> StatusIds, string Comment = "", string Category = Report.Other, bool Forward = false)
{
    /// <summary>Collections of the account that it is about.</summary>
    public IReadOnlyList<long> CollectionIds { get; init; } = [];
}

/// <summary>The owner reports an account to its own server.</summary>
public sealed class Reporting(Database database, Owner owner, Site site, Sending sending, TimeProvider time)
{
    /// <summary>Mastodon's limit.</summary>
    public const int MaxComment = 1000;

    public const int MaxStatuses = 100;

    /// <exception cref="ActionException">The account or a post is not here, or the comment is too long.</exception>
    public Task<Report> Add(NewReport draft) => database.Write(c =>
    {
        if (AccountStore.Find(c, draft.AccountId) is not { } target) throw ActionException.NotFound();
        if (target.Id == owner.Id) throw ActionException.Invalid(Words.T("You cannot report yourself."));
        TextLimit.Demand(Words.T("Comment||what is too long"), draft.Comment, MaxComment);
        if (!Report.Categories.Contains(draft.Category)) throw ActionException.Invalid(Validation.Failed(Words.T("Category is not included in the list")));
        if (draft.StatusIds.Count > MaxStatuses) throw ActionException.Invalid(Validation.Failed(Words.T("A report can name {most} posts at most", ("most", Words.Digits(MaxStatuses)))));
        var statuses = StatusStore.FindInOrder(c, draft.StatusIds);
        if (statuses.Count < draft.StatusIds.Count || statuses.Any(s => s.AccountId != target.Id)) throw ActionException.NotFound();

        if (draft.CollectionIds.Count > CollectionIntake.MaxCollections) throw ActionException.Invalid($"Validation failed: A report can name {CollectionIntake.MaxCollections} collections at most");
        var collections = AccountCollectionStore.FindMany(c, [.. draft.CollectionIds]);
        if (collections.Count < draft.CollectionIds.Count || collections.Exists(one => one.AccountId != target.Id)) throw ActionException.NotFound();

        var now = time.GetUtcNow();
        var uri = ActivityId.New(site.InstanceActor, "flags");
        var report = new Report(Ids.At(now), uri, owner.Id, target.Id, [.. statuses.Select(s => s.Id)], draft.Comment, draft.Category, draft.Forward, now)
        {
            CollectionIds = [.. collections.Select(one => one.Id)],
        };
        ReportStore.Add(c, report);
        if (draft.Forward) sending.ByInstance(c, target, FlagBuilder.Build(uri, site.InstanceActor, target.Uri, [.. statuses.Select(s => s.Uri), .. collections.Select(one => one.Uri!)], draft.Comment));
        return report;
    });
}
