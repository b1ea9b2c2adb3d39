using Calf.AccountCollections;
using Calf.Accounts;
using Calf.ActivityPub;
using Calf.Moderation;
using Calf.Notifications;
using Calf.Statuses;
using Calf.Store;

namespace Calf.Federation.Inbox;

/// <summary>
/// Another server passes on a complaint about the owner or their posts (wire 102). The owner is told with Mastodon's notification
/// <c>admin.report</c>, which its web app and several others show; nobody else ever sees it.
/// </summary>
public sealed class FlagHandler(Owner owner, Site site, Notifying notifying) : ActivityHandler
{
    private const int MaxComment = 5000;
    private const int MaxStatuses = 100;

    public override string Type => "Flag";

    public override Task<Func<Connection, Outcome>> Prepare(IncomingActivity activity, CancellationToken cancel) =>
        activity.Trusted ? Step(c => Apply(c, activity)) : Ignore("A report counts only when its actor signed it.");

    private Outcome Apply(Connection c, IncomingActivity activity)
    {
        if (AccountStore.FindByUri(c, activity.Actor) is not { } reporter) return Outcome.Ignored("The reporting account is not known.");
        if (DomainBlockStore.For(c, Origin.HostOf(reporter.Uri) ?? reporter.Domain) is { RejectReports: true }) return Outcome.Ignored("You take no reports from this domain.");
        var comment = activity.Json.Text("content", MaxComment) ?? "";
        // Misskey names the account alone and writes the addresses of the posts into the text.
        var named = activity.Json.Ids("object").Concat(comment.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Where(site.IsOwn));
        var about = named.Distinct().Take(MaxStatuses).ToList();
        List<long> statuses = [.. about.Select(a => StatusStore.FindByAddress(c, a)).OfType<Status>()
            .Where(s => s.AccountId == owner.Id && !s.IsBoost).Select(s => s.Id).Distinct()];
        List<long> collections = [.. about.Select(a => CollectionLookup.Find(c, owner.Required, a)).OfType<AccountCollection>()
            .Where(one => one.IsOwn).Select(one => one.Id).Distinct()];
        if (statuses.Count == 0 && collections.Count == 0 && !activity.Json.Ids("object").Contains(owner.Required.Uri)) return Outcome.Ignored("It reports somebody who is not here.");
        var report = new Report(
            Ids.At(activity.ReceivedAt), activity.Id, reporter.Id, owner.Id, statuses, comment, Report.Other, Forwarded: true, activity.ReceivedAt)
        {
            CollectionIds = collections,
        };
        if (ReportStore.Add(c, report)) notifying.Tell(c, NotificationTypes.Report, reporter.Id, null, report.Id);
        return Outcome.Applied;
    }
}
