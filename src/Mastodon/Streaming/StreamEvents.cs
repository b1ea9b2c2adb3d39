using System.Text.Json;
using Calf.Accounts;
using Calf.Events;
using Calf.Lists;
using Calf.Mastodon.Entities;
using Calf.Notifications;
using Calf.Statuses;
using Calf.Store;
using Calf.Timelines;

namespace Calf.Mastodon.Streaming;

/// <summary>Turns what happened into what streams say of it.</summary>
public sealed class StreamEvents(Database database, Owner owner, StatusRendering statuses, NotificationRendering notifications, ConversationRendering conversations, TimeProvider time)
{
    private static readonly StreamName User = new(StreamName.User);

    public IEnumerable<StreamEvent> Of(Event happened) => happened switch
    {
        StatusAdded added => OfStatus("update", added.StatusId, added.Home),
        StatusEdited edited => OfStatus("status.update", edited.StatusId, home: null),
        PollChanged changed => OfStatus("status.update", changed.StatusId, home: null),
        StatusRemoved removed => [new StreamEvent(null, "delete", EntityText.Of(removed.StatusId))],
        NotificationAdded added => OfNotification(added.NotificationId),
        ConversationChanged changed => OfConversation(changed.ConversationId),
        FiltersChanged => [new StreamEvent([User], "filters_changed", null)],
        NotificationsMerged => [new StreamEvent([User, new(StreamName.Notifications)], "notifications_merged", "1")],
        _ => [],
    };

    private StreamEvent[] OfStatus(string type, long id, bool? home) => database.Read<StreamEvent[]>(c =>
    {
        if (StatusStore.Find(c, id) is not { } status) return [];
        var streams = Streams(c, status, home != false);
        if (streams.Count == 0) return [];
        return [new StreamEvent(streams, type, JsonSerializer.Serialize(statuses.Render(c, status, byOwner: true), MastodonJson.Api.StatusEntity))];
    });

    private StreamEvent[] OfNotification(long id) => database.Read<StreamEvent[]>(c =>
    {
        if (NotificationStore.Find(c, id) is not { } found || notifications.Render(c, found) is not { } entity) return [];
        return [new StreamEvent([User, new(StreamName.Notifications)], "notification", JsonSerializer.Serialize(entity, MastodonJson.Api.NotificationEntity))];
    });

    private StreamEvent[] OfConversation(long id) => database.Read<StreamEvent[]>(c =>
        ConversationStore.Find(c, id) is not { } found
            ? []
            : [new StreamEvent([new(StreamName.Direct)], "conversation", JsonSerializer.Serialize(conversations.Render(c, [found])[0], MastodonJson.Api.ConversationEntity))]);

    private List<StreamName> Streams(Connection c, Status status, bool home)
    {
        var streams = new List<StreamName>();
        // Pages of one, so that the streams show exactly what the timelines show.
        var itself = new Paging(1, status.Id + 1, status.Id - 1);
        if (home && TimelineStore.Home(c, itself, time.GetUtcNow()).Count > 0) streams.Add(User);
        streams.AddRange(ListFeed.ListsWith(c, status.Id).Where(list => TimelineStore.List(c, list, itself, time.GetUtcNow()).Count > 0).Select(list => new StreamName(StreamName.List, EntityText.Of(list))));
        if (TimelineStore.Public(c, new PublicFeed(), itself, time.GetUtcNow()).Count == 0) return streams;
        var local = status.AccountId == owner.Account?.Id;
        streams.Add(new(StreamName.Public));
        streams.Add(new(local ? StreamName.PublicLocal : StreamName.PublicRemote));
        foreach (var tag in StatusParts.Tags(c, [status.Id])[status.Id].Select(t => t.ToLowerInvariant()))
        {
            streams.Add(new(StreamName.Hashtag, tag));
            if (local) streams.Add(new(StreamName.HashtagLocal, tag));
        }
        return streams;
    }
}
