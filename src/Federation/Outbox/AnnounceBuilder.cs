using Calf.Accounts;
using Calf.Federation.Documents;
using Calf.Statuses;

namespace Calf.Federation.Outbox;

internal static class AnnounceBuilder
{
    /// <summary>The instance actor shows a post to a relay.</summary>
    public static ActivityDocument Build(string instanceActor, string statusUri, string relayUri) => new()
    {
        Context = LinkedDataContext.Plain,
        Id = ActivityId.New(instanceActor, "announces"),
        Type = "Announce",
        Actor = instanceActor,
        To = [Documents.Audience.Everybody],
        Cc = [relayUri],
        Object = statusUri,
    };

    public static ActivityDocument Build(Status boost, Account booster, string boostedUri, string authorUri)
    {
        var audience = Audience.Of(boost.Visibility, booster, [authorUri]);
        return new ActivityDocument
        {
            Context = LinkedDataContext.Plain,
            Id = boost.Uri,
            Type = "Announce",
            Actor = booster.Uri,
            Published = boost.CreatedAt,
            To = audience.To,
            Cc = audience.Cc,
            Object = boostedUri,
        };
    }
}
