using Calf.Federation.Inbox;
using Calf.Follows;
using Calf.Statuses;
using Calf.Store;

namespace Calf.Federation.Discovery;

/// <summary>
/// Brings posts with followed hashtags here that no followed account wrote, from the timelines of the servers that the owner chose. Each post
/// is fetched from its own server, and they go home as others with the hashtag do. Nobody is told.
/// </summary>
public sealed class TagWorker(Database database, TagTimeline timeline, RemoteStatuses statuses, StatusIntake intake, TimeProvider time, ILogger<TagWorker> log)
    : PeriodicWorker(Interval, time, log)
{
    /// <summary>Between two looks for one hashtag at one server.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(15);

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    /// <summary>Looks for one due hashtag at each server. How many posts came.</summary>
    public async Task<int> Step(CancellationToken cancel = default)
    {
        var came = 0;
        foreach (var due in database.Read(c => TagSourceStore.Due(c, Time.GetUtcNow() - Every))) came += await Read(due, cancel);
        return came;
    }

    protected override Task Round(CancellationToken cancel) => Step(cancel);

    private async Task<int> Read(DueTag due, CancellationToken cancel)
    {
        var page = database.Read(c => DomainRefusal.Of(c, $"https://{due.Host}/")) is { } refusal
            ? new TagTimelinePage([], null, refusal)
            : await timeline.Read(due.Host, due.Name, due.Newest, cancel);
        // Before the posts are fetched: what is left out for want of room today is not asked for again tomorrow.
        await database.Write(c => TagSourceStore.Read(c, due, page.Newest ?? due.Newest, page.Error, Time.GetUtcNow()));
        var came = 0;
        foreach (var uri in page.Posts.Reverse())
        {
            if (database.Read(c => StatusStore.FindByUri(c, uri)) is not null) continue;
            if (!await database.Write(c => DiscoveredStore.Take(c, Time.GetUtcNow()))) break;
            if (await Bring(uri, cancel)) came++;
        }
        return came;
    }

    private async Task<bool> Bring(string uri, CancellationToken cancel)
    {
        try
        {
            if ((await statuses.Fetch(uri, cancel)).Status is not { Visibility: Visibility.Public } status) return false;
            await database.Write(c => intake.Place(c, status));
            return true;
        }
        catch (TryLaterException)
        {
            return false; // One server that is away keeps no other post out.
        }
    }
}
