using Calf.Mastodon.Endpoints;
using Calf.Mastodon.Entities;
using Calf.Mastodon.OAuth;
using Calf.Mastodon.Push;
using Calf.Mastodon.Streaming;
using Calf.Mastodon.Translating;
using static Calf.Mastodon.Handling;

namespace Calf.Mastodon;

/// <summary>The client API that Mastodon apps and Calf's own page speak.</summary>
public static class MastodonRoutes
{
    public static void AddMastodon(this IServiceCollection services)
    {
        services.AddSingleton<CallerLookup>();
        services.AddSingleton<RateLimits>();
        services.AddSingleton<AccountRendering>();
        services.AddSingleton<AdminRendering>();
        services.AddSingleton<CredentialRendering>();
        services.AddSingleton<RelationshipRendering>();
        services.AddSingleton<AttachmentRendering>();
        services.AddSingleton<StatusRendering>();
        services.AddSingleton<ReportRendering>();
        services.AddSingleton<NotificationRendering>();
        services.AddSingleton<GroupedNotificationRendering>();
        services.AddSingleton<InstanceRendering>();
        services.AddSingleton<PushKey>();
        services.AddSingleton<PushSending>();
        services.AddSingleton<PushWorker>();
        services.AddHostedService(provider => provider.GetRequiredService<PushWorker>());
        services.AddSingleton<TagRendering>();
        services.AddSingleton<AccountCollectionRendering>();
        services.AddSingleton<ScheduledRendering>();
        services.AddSingleton<ConversationRendering>();
        services.AddSingleton<WhyApi.Rendering>();
        services.AddSingleton<Finding>();
        services.AddSingleton<PageAnswers>();
        services.AddSingleton<ProfilePictures>();
        services.AddSingleton<Lookup>();
        services.AddSingleton<LibreTranslate>();
        services.AddSingleton<TranslationLanguages>();
        services.AddSingleton<TranslationCache>();
        services.AddSingleton<StreamEvents>();
        services.AddSingleton<StreamHub>();
        services.AddHostedService(provider => provider.GetRequiredService<StreamHub>());
    }

    public static void MapMastodon(this WebApplication app)
    {
        // Mastodon's: who does not answer is taken to be gone, and no proxy sees a connection without traffic for a minute.
        app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = StreamSocket.PingEvery, KeepAliveTimeout = StreamSocket.PingEvery });
        app.UseMiddleware<ApiGate>();

        AppsApi.Map(app);
        AuthorizeApi.Map(app);
        TokenApi.Map(app);
        ServerMetadataApi.Map(app);
        AccountsApi.Map(app);
        AccountPeopleApi.Map(app);
        AccountActionsApi.Map(app);
        ProfileApi.Map(app);
        CollectionsApi.Map(app);
        EmojisApi.Map(app);
        StatusesApi.Map(app);
        ContextApi.Map(app);
        PostingApi.Map(app);
        StatusActionsApi.Map(app);
        QuotesApi.Map(app);
        TranslationApi.Map(app);
        PollsApi.Map(app);
        AdminDomainBlocksApi.Map(app);
        AdminAccountsApi.Map(app);
        AdminReportsApi.Map(app);
        BlocklistsApi.Map(app);
        SearchApi.Map(app);
        TimelinesApi.Map(app);
        TrendsApi.Map(app);
        ListsApi.Map(app);
        AccountCollectionsApi.Map(app);
        PushApi.Map(app);
        ScheduledApi.Map(app);
        ConversationsApi.Map(app);
        EndorsementsApi.Map(app);
        DiscoveryApi.Map(app);
        TagsApi.Map(app);
        TagSourcesApi.Map(app);
        FollowListsApi.Map(app);
        FiltersApi.Map(app);
        FiltersV1Api.Map(app);
        NotificationsApi.Map(app);
        NotificationPolicyApi.Map(app);
        NotificationRequestsApi.Map(app);
        GroupedNotificationsApi.Map(app);
        ReportsApi.Map(app);
        InstanceApi.Map(app);
        InstanceDetailsApi.Map(app);
        OEmbedApi.Map(app);
        AnnouncementsApi.Map(app);
        SignUpApi.Map(app);
        PicturesApi.Map(app);
        MediaApi.Map(app);
        StreamingApi.Map(app);
        CalfApi.Map(app);
        DraftsApi.Map(app);
        LookApi.Map(app);
        HealthApi.Map(app);
        QrApi.Map(app);
        GapsApi.Map(app);
        WhyApi.Map(app);
        SessionsApi.Map(app);
        // Last, for what nothing above matches: apps expect JSON here too. Not MapFallback: as it is compiled for us it forgets its
        // pattern and answers for the whole site.
        foreach (var place in (string[])["/api/{**path}", "/oauth/{**path}"])
            app.Map(place, Handle((ApiRequest request) => Answers.Error(StatusCodes.Status404NotFound, "Not found"))).Open().WithOrder(int.MaxValue);
    }
}
