using Calf.ActivityPub;
using Calf.Federation.Blocklists;
using Calf.Federation.Cards;
using Calf.Federation.Conversations;
using Calf.Federation.Discovery;
using Calf.Federation.FollowLists;
using Calf.Federation.Gaps;
using Calf.Federation.Inbox;
using Calf.Federation.Outbox;
using Calf.Federation.Why;
using Calf.Notifications;
using Calf.Security;

namespace Calf.Federation;

/// <summary>Everything that federating is made of, for the composition.</summary>
public static class FederationParts
{
    public static void AddFederation(this IServiceCollection services)
    {
        AddNetwork(services);
        services.AddSingleton<OwnKeys>();
        services.AddSingleton<RemoteAccounts>();
        services.AddSingleton<RemoteStatuses>();
        services.AddSingleton<OutboxItems>();
        services.AddSingleton<RemoteOutbox>();
        services.AddSingleton<RemoteFeatured>();
        services.AddSingleton<RemotePeople>();
        services.AddSingleton<ProfileWorker>();
        services.AddHostedService(provider => provider.GetRequiredService<ProfileWorker>());
        services.AddSingleton<PollRefreshing>();
        services.AddSingleton<CardFetching>();
        services.AddSingleton<CardWorker>();
        services.AddHostedService(provider => provider.GetRequiredService<CardWorker>());
        services.AddSingleton<ThreadCompletion>();
        services.AddSingleton<ThreadWorker>();
        services.AddHostedService(provider => provider.GetRequiredService<ThreadWorker>());
        services.AddSingleton<TagTimeline>();
        services.AddSingleton<TagSources>();
        services.AddSingleton<TagWorker>();
        services.AddHostedService(provider => provider.GetRequiredService<TagWorker>());
        services.AddSingleton<FriendsWorker>();
        services.AddHostedService(provider => provider.GetRequiredService<FriendsWorker>());
        services.AddSingleton<FollowListFetching>();
        services.AddSingleton<FollowListing>();
        services.AddSingleton<FollowListWorker>();
        services.AddHostedService(provider => provider.GetRequiredService<FollowListWorker>());
        services.AddSingleton<OriginAsking>();
        services.AddSingleton<Retrieving>();
        services.AddSingleton<WhyNot>();
        AddInbox(services);
        AddOutbox(services);
        AddGaps(services);
    }

    private static void AddGaps(IServiceCollection services)
    {
        services.AddSingleton<GapPages>();
        services.AddSingleton<GapIntake>();
        services.AddSingleton<GapRepair>();
        services.AddSingleton<Heartbeat>();
        services.AddHostedService(provider => provider.GetRequiredService<Heartbeat>());
        services.AddHostedService<GapWorker>();
    }

    private static void AddNetwork(IServiceCollection services)
    {
        services.AddSingleton(provider => NetworkOptions(provider.GetRequiredService<Site>(), provider.GetRequiredService<Settings>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<SafeHttp>();
        services.AddSingleton<SignatureMemory>();
        services.AddSingleton<SignedHttp>();
        services.AddSingleton(provider =>
        {
            var keys = provider.GetRequiredService<OwnKeys>();
            var site = provider.GetRequiredService<Site>();
            return new DocumentFetcher(provider.GetRequiredService<SignedHttp>(), () => keys.Instance, site.Domain, site.WebDomain);
        });
        services.AddSingleton<WebFingerClient>();
        services.AddSingleton<RemoteInteraction>();
        services.AddSingleton<DomainCheck>();
    }

    private static SafeHttpOptions NetworkOptions(Site site, Settings settings, TimeProvider time) => new(SafeHttp.UserAgentFor(Release.Version, site.Base))
    {
        AllowLoopback = site.IsLocal,
        AllowPlainHttp = site.IsLocal,
        AllowPrivateNetworks = settings.Federation.AllowPrivateNetworks,
        Time = time,
    };

    private static void AddInbox(IServiceCollection services)
    {
        services.AddSingleton<Notifying>();
        services.AddSingleton<ActorKeys>();
        services.AddSingleton<SignerCheck>();
        services.AddSingleton<ProofCheck>();
        services.AddSingleton<FollowersSync>();
        services.AddHostedService(provider => provider.GetRequiredService<FollowersSync>());
        services.AddSingleton<Reception>();
        services.AddSingleton<QuoteIntake>();
        services.AddSingleton<StatusIntake>();
        services.AddSingleton<GroupPassing>();
        services.AddSingleton<QuoteChecking>();
        services.AddSingleton<QuoteAnswers>();
        services.AddSingleton<ReplyAnswers>();
        services.AddSingleton<FeatureAnswers>();
        services.AddSingleton<EditTelling>();
        services.AddSingleton<CollectionIntake>();
        services.AddSingleton<CollectionChanges>();
        services.AddSingleton<RemoteCollections>();
        services.AddSingleton<QuoteWorker>();
        services.AddHostedService(provider => provider.GetRequiredService<QuoteWorker>());
        services.AddSingleton<VoteIntake>();
        services.AddSingleton<ActivityHandler, FollowHandler>();
        services.AddSingleton<ActivityHandler, AcceptHandler>();
        services.AddSingleton<ActivityHandler, RejectHandler>();
        services.AddSingleton<ActivityHandler, UndoHandler>();
        services.AddSingleton<ActivityHandler, CreateHandler>();
        services.AddSingleton<ActivityHandler, UpdateHandler>();
        services.AddSingleton<ActivityHandler, DeleteHandler>();
        services.AddSingleton<ActivityHandler, LikeHandler>();
        services.AddSingleton<ActivityHandler, EmojiReactHandler>();
        services.AddSingleton<ActivityHandler, AnnounceHandler>();
        services.AddSingleton<QuoteConsent>();
        services.AddSingleton<ActivityHandler, QuoteRequestHandler>();
        services.AddSingleton<ActivityHandler, FeatureRequestHandler>();
        services.AddSingleton<ActivityHandler, BlockHandler>();
        services.AddSingleton<ActivityHandler, MoveHandler>();
        services.AddSingleton<ActivityHandler, FlagHandler>();
        services.AddSingleton<ActivityHandler, AddHandler>();
        services.AddSingleton<ActivityHandler, RemoveHandler>();
        services.AddSingleton<InboxForwarding>();
        services.AddSingleton<InboxWorker>();
        services.AddHostedService(provider => provider.GetRequiredService<InboxWorker>());
    }

    private static void AddOutbox(IServiceCollection services)
    {
        services.AddSingleton<Sending>();
        services.AddSingleton<Writing>();
        services.AddSingleton<Func<NewKeys>>(OwnKeys.Generate);
        services.AddSingleton<SettingUp>();
        services.AddSingleton<Posting>();
        services.AddSingleton<Quoting>();
        services.AddSingleton<Editing>();
        services.AddSingleton<Deleting>();
        services.AddSingleton<Voting>();
        services.AddSingleton<PollResults>();
        services.AddSingleton<PollWorker>();
        services.AddHostedService(provider => provider.GetRequiredService<PollWorker>());
        services.AddSingleton<Favouriting>();
        services.AddSingleton<Boosting>();
        services.AddSingleton<Bookmarking>();
        services.AddSingleton<Following>();
        services.AddSingleton<Reporting>();
        services.AddSingleton<Relaying>();
        services.AddSingleton<MovingAlong>();
        services.AddSingleton<Blocking>();
        services.AddSingleton<DomainBlocking>();
        services.AddSingleton<BlocklistFetching>();
        services.AddSingleton<Blocklisting>();
        services.AddHostedService<BlocklistWorker>();
        services.AddSingleton<Scheduling>();
        services.AddHostedService<SchedulingWorker>();
        services.AddSingleton<Listing>();
        services.AddSingleton<CurationNews>();
        services.AddSingleton<CurationParting>();
        services.AddSingleton<Curating>();
        services.AddSingleton<Tagging>();
        services.AddSingleton<Filtering>();
        services.AddSingleton<Muting>();
        services.AddSingleton<ThreadFollowing>();
        services.AddSingleton<Pinning>();
        services.AddSingleton<ProfileEditing>();
    }
}
