using System.Globalization;
using System.Text.Json;
using Calf.Accounts;
using Calf.Events;
using Calf.Federation.Delivery;
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
        StatusRemoved removed => [Deletion(removed)],
        NotificationAdded added => OfNotification(added.NotificationId),
        ConversationChanged changed => OfConversation(changed.ConversationId),
        FiltersChanged => [new StreamEvent([User], "filters_changed", null)],
        DeliveryChanged changed => [Delivery(changed.StatusId)],
        DraftChanged changed => [ForBrowsers("calf.draft", changed.Name)],
        NotificationsMerged => [OfNotifications("notifications_merged", "1")],
        _ => [],
    };

    /// <summary>There is such a list; it may be listened to.</summary>
    public bool HasList(string id) =>
        long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && database.Read(c => ListStore.Find(c, number)) is not null;

    /// <summary>Where it was nobody knows any more; so it is told wherever such a post may have been.</summary>
    private static StreamEvent Deletion(StatusRemoved removed) => new([], "delete", EntityText.Of(removed.StatusId))
    {
        Kinds = stream => stream.Name is StreamName.User or StreamName.List || removed.Public && stream.IsPublic,
    };

    /// <summary>The home stream has them only for who may read notifications.</summary>
    private static StreamEvent OfNotifications(string type, string payload) =>
        new([User, new(StreamName.Notifications)], type, payload) { Scope = StreamName.ScopeFor(StreamName.Notifications) };

    private StreamEvent Delivery(long id)
    {
        var now = database.Read(c => DeliveryLedger.Of(c, id));
        var counts = new DeliveryCountsEntity(EntityText.Of(id), now.Delivered, now.Waiting, now.Refused);
        return ForBrowsers("calf.delivery", JsonSerializer.Serialize(counts, MastodonJson.Api.DeliveryCountsEntity));
    }

    /// <summary>Apps know no such event.</summary>
    private static StreamEvent ForBrowsers(string type, string payload) => new([User], type, payload) { Scope = Scopes.Browser };

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
        return [OfNotifications("notification", JsonSerializer.Serialize(entity, MastodonJson.Api.NotificationEntity))];
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
        if (!TimelineStore.NamesHidden(c, status.Id, time.GetUtcNow())) AddPublic(c, streams, status, itself);
        return streams;
    }

    private void AddPublic(Connection c, List<StreamName> streams, Status status, Paging itself)
    {
        var local = status.AccountId == owner.Account?.Id;
        if (TimelineStore.Public(c, new PublicFeed(), itself, time.GetUtcNow()).Count > 0)
        {
            var names = (string[])[StreamName.Public, local ? StreamName.PublicLocal : StreamName.PublicRemote];
            streams.AddRange(names.Select(name => new StreamName(name)));
            if (StatusParts.Attachments(c, [status.Id]).Count > 0) streams.AddRange(names.Select(name => new StreamName(StreamName.Media(name))));
        }
        var tags = StatusParts.Tags(c, [status.Id])[status.Id].ToList();
        // Answers are not among the public posts, and are where their hashtags are.
        if (tags.Count == 0 || TimelineStore.Tagged(c, tags[0], new PublicFeed(), itself, time.GetUtcNow()).Count == 0) return;
        foreach (var tag in tags.Select(StreamName.TagOf))
        {
            streams.Add(new(StreamName.Hashtag, tag));
            if (local) streams.Add(new(StreamName.HashtagLocal, tag));
        }
    }
}
