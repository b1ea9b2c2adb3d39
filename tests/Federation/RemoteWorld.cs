using System.Text.Json;
using Calf.Accounts;
using Calf.Federation;
using Calf.Federation.Inbox;
using Calf.Federation.Outbox;
using Calf.Follows;
using Calf.Notifications;
using Calf.Statuses;
using Calf.Store;
using Calf.Tests.Support;

namespace Calf.Tests.Federation;

/// <summary>For tests of what comes in: Alice's Calf, and Rae on a server that sends whatever the test says.</summary>
public abstract class RemoteWorld : IAsyncLifetime
{
    protected const string Public = "https://www.w3.org/ns/activitystreams#Public";

    protected Fediverse Fediverse { get; } = new();

    protected CalfServer Alice { get; private set; } = null!;

    protected StandIn Rae { get; private set; } = null!;

    public virtual async ValueTask InitializeAsync()
    {
        Alice = await Fediverse.Join("alice.test");
        Rae = new StandIn(Fediverse);
    }

    public virtual async ValueTask DisposeAsync()
    {
        Rae.Dispose();
        await Fediverse.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>What Alice's Calf knows of an actor; it has to be known.</summary>
    protected Account Known(StandIn who) => Alice.Database.Read(c => AccountStore.FindByUri(c, who.Actor))!;

    protected Status? Find(string uri) => Alice.Database.Read(c => StatusStore.FindByUri(c, uri));

    protected List<Verdict> Verdicts(string? about = null) =>
        Alice.Database.Read(c => about is null ? VerdictStore.Latest(c, 50) : VerdictStore.About(c, about));

    /// <summary>What Alice was told, newest first.</summary>
    protected List<Notification> Told() => Alice.Database.Read(c => NotificationStore.All(c, NotificationFilter.All, new Paging(40)));

    protected Task<Status> Post(string text, Visibility visibility = Visibility.Public) => Alice.Get<Posting>().Post(new NewStatus(text, visibility));

    /// <summary>Alice follows somebody until it is accepted.</summary>
    protected async Task<Follow> Follow(StandIn who, string acceptId = "accept")
    {
        var account = await Alice.Get<RemoteAccounts>().Fetch(who.Actor, CancellationToken.None);
        var follow = await Alice.Get<Following>().Follow(account.Account!.Id);
        await Fediverse.Settle();
        await Send(who, acceptId, "Accept", Quote(follow.Uri));
        Assert.True(Alice.Database.Read(c => FollowStore.IsFollowing(c, Alice.Owner.Id, account.Account.Id)));
        return follow;
    }

    /// <summary>Rae creates a note, addressed to everybody if nothing else is said.</summary>
    protected Task Create(string id, string content, string to = $"\"{Public}\"") =>
        Send($"{id}/create", "Create", Note(Rae, id, content, to));

    protected static string Note(StandIn author, string id, string content, string to = $"\"{Public}\"") =>
        $$"""{"id":"{{author.Actor}}/{{id}}","type":"Note","attributedTo":"{{author.Actor}}","content":{{JsonSerializer.Serialize(content, TestJson.Default.String)}},"to":[{{to}}]}""";

    /// <summary>Rae sends an activity, and it is applied.</summary>
    protected Task Send(string id, string type, string inner, string more = "") => Send(Rae, id, type, inner, more);

    /// <param name="id">What follows the actor's id in the activity's.</param>
    /// <param name="inner">The object as JSON.</param>
    /// <param name="more">Further members, each with its comma before it.</param>
    protected Task Send(StandIn who, string id, string type, string inner, string more = "") =>
        who.SendAndSettle(Alice, $$"""{"id":"{{who.Actor}}/{{id}}","type":"{{type}}","actor":"{{who.Actor}}","object":{{inner}}{{more}}}""");

    protected static string Quote(string text) => $"\"{text}\"";
}
