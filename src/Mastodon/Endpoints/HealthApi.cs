using Calf.Federation;
using Calf.Federation.Delivery;
using Calf.Federation.Gaps;
using Calf.Federation.Inbox;
using Calf.Mastodon.Entities;
using Calf.Media;
using Calf.Notifications;
using Calf.Store;
using static Calf.Mastodon.Handling;

namespace Calf.Mastodon.Endpoints;

/// <summary>What waits here, how it stands with the servers around, and whether those can reach this one.</summary>
public static class HealthApi
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/calf/v1/health", Handle<Database, Settings, Heartbeat, TimeProvider>(Show)).RequireScope("admin:read");
        routes.MapGet("/api/calf/v1/domain_check", Handle<DomainCheck, Site>(CheckDomain)).RequireScope("admin:read");
    }

    private static async Task<IResult> CheckDomain(ApiRequest request, DomainCheck check, Site site) =>
        Answers.Json(DomainCheckEntity.Of(await check.Run(request.Aborted), site), MastodonJson.Api.DomainCheckEntity);

    private static IResult Show(ApiRequest request, Database database, Settings settings, Heartbeat heartbeat, TimeProvider time)
    {
        var use = DataFolder.Measure(settings);
        return Answers.Json(database.Read(c =>
        {
            var report = PeerReport.Of(c, time.GetUtcNow());
            return new HealthEntity(
                DeliveryQueueEntity.Of(report), new(InboxQueue.Count(c)), new(PushStore.CountWaiting(c)), new(FilmStore.CountWaiting(c)),
                [.. report.Peers.Select(PeerEntity.Of)], report.Total, InboxQueue.LastReceived(c),
                use.Database, use.Media, use.Cache, use.Free, Release.Version, heartbeat.StartedAt);
        }), MastodonJson.Api.HealthEntity);
    }
}
