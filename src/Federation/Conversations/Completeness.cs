using Calf.ActivityPub;
using Calf.Statuses;
using Calf.Store;

namespace Calf.Federation.Conversations;

/// <summary>A server that did not say what answers there are to its posts.</summary>
/// <param name="Posts">How many posts of the thread.</param>
public sealed record SilentServer(string Host, Absence Absence, string Reason, int Posts);

/// <summary>How much of a thread is here, of what its servers told of.</summary>
/// <param name="Here">Replies of the whole thread that the owner sees.</param>
/// <param name="Missing">Posts that a server named and that are not here; the one that the first post answers too, which is no reply.</param>
/// <param name="Hidden">Replies that are here and not shown, for the owner blocks or mutes their authors or their servers.</param>
/// <param name="ForFew">Replies that are here and are not for the owner.</param>
/// <param name="Beyond">Replies over the bound of what is fetched.</param>
/// <param name="Unlisted">Replies that their servers count and do not show.</param>
/// <param name="Look">When the thread was looked through; null when never.</param>
public sealed record Completeness(
    int Here, IReadOnlyList<MissingPost> Missing, int Hidden, int ForFew, long Beyond, long Unlisted, IReadOnlyList<SilentServer> Silent, ThreadLook? Look)
{
    /// <summary>Replies that servers told of, here or not.</summary>
    public long Announced => Here + Missing.Count(m => !m.Above) + Hidden + ForFew + Beyond + Unlisted;

    /// <summary>The state of the thread of a status, as its owner sees it.</summary>
    public static Completeness Of(Connection c, Status status, long ownerId, DateTimeOffset now)
    {
        var root = ThreadStore.Ancestors(c, status).FirstOrDefault() ?? status;
        var below = ThreadStore.Descendants(c, root);
        var access = ThreadAccess.In(c, ownerId, below, now);
        var asked = AskedPostStore.Find(c, below.Select(s => s.Id).Append(root.Id));
        return new Completeness(
            below.Count(access.Shows),
            MissingPostStore.All(c, root.Id),
            below.Count(s => !access.Shows(s) && access.Hides(s)),
            below.Count(s => !access.Shows(s) && !access.Hides(s)),
            asked.Values.Sum(a => a.Beyond),
            asked.Values.Sum(a => a.Unlisted),
            Silences(below.Prepend(root), asked),
            ThreadLookStore.Find(c, root.Id));
    }

    private static List<SilentServer> Silences(IEnumerable<Status> posts, Dictionary<long, AskedPost> asked) =>
        [.. from status in posts
            let answer = asked.GetValueOrDefault(status.Id)
            where answer is not null && answer.Absence != Absence.None
            group answer by Origin.HostOf(status.Uri) ?? "" into ofHost
            orderby ofHost.Key
            let last = ofHost.MaxBy(a => a.AskedAt)
            select new SilentServer(ofHost.Key, last.Absence, last.Reason, ofHost.Count())];
}
