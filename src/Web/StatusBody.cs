using Calf.Statuses;
using Calf.Store;

namespace Calf.Web;

/// <summary>What a page shows of a post besides its text.</summary>
public sealed record StatusBody(IReadOnlyList<Attachment> Media, Poll? Poll)
{
    /// <summary>For a whole page at once.</summary>
    public static Dictionary<long, StatusBody> Load(Connection c, IEnumerable<Status> statuses)
    {
        List<long> ids = [.. statuses.Select(s => s.Id).Distinct()];
        var media = StatusParts.Attachments(c, ids);
        var polls = PollStore.FindMany(c, ids);
        return ids.ToDictionary(id => id, id => new StatusBody([.. media[id]], polls.GetValueOrDefault(id)));
    }
}
