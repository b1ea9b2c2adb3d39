using Calf.Accounts;
using Calf.Events;
using Calf.Federation;
using Calf.Federation.Delivery;
using Calf.Federation.Inbox;
using Calf.Mastodon;
using Calf.Media;
using Calf.Operations;
using Calf.Security;
using Calf.Store;
using Calf.Web;

namespace Calf;

/// <summary>
/// Puts the parts together and lists the routes: the table of contents of Calf. Tests start this too, with their own clock,
/// network and server.
/// </summary>
public static class Server
{
    public static WebApplication Build(Settings settings, Action<WebApplicationBuilder>? adjust = null)
    {
        // Else the host watches the whole working folder for changed settings, which takes seconds in a large one such as /.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = ["--hostBuilder:reloadConfigOnChange=false"] });
        // Settings come from SettingsFile alone, and the log goes to the console that started us.
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection();
        builder.WebHost.UseUrls(settings.Listen.Split(';'));
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = settings.Limits.InboxBytes;
        });

        var services = builder.Services;
        services.AddSingleton(settings);
        services.AddSingleton(SettingsFile.SiteOf(settings));
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(provider => new Database(settings.Data, provider.GetRequiredService<TimeProvider>()));
        services.AddMediaStore(settings);
        services.AddUploads();
        services.AddRemoteMedia();
        services.AddSingleton<EventHub>();
        services.AddSingleton<Owner>();
        services.AddSingleton<OwnLook>();
        services.AddWeb();
        services.AddSingleton<SetupLink>();
        services.AddFederation();
        services.AddDelivery();
        services.AddMastodon();
        services.AddIdentity();
        services.AddHostedService<OutsideChanges>();
        services.AddSingleton<Retention>();
        services.AddSingleton<OrphanedFiles>();
        services.AddSingleton<DiskKeeping>();
        services.AddHostedService<Housekeeping>();
        services.AddHostedService<StartTidying>();
        services.AddHostedService<EmojiWorker>();
        services.AddHostedService<SearchWorker>();
        services.AddSingleton<TrendsWorker>();
        services.AddHostedService(provider => provider.GetRequiredService<TrendsWorker>());
        services.AddHostedService<IdleMemory>();

        adjust?.Invoke(builder);
        var app = builder.Build();
        app.Use(next => app.Services.GetRequiredService<FetchGate>().Around(next));
        // Early, since what it keeps depends neither on who asks nor through which proxy.
        app.Use(next => app.Services.GetRequiredService<PublicCache>().Around(next));
        app.UseForwardedHeaders(TrustedProxies.Options(settings));
        app.UseWords();
        app.UseStatusCodePages(MissingPage.Show);
        app.UseRouting();
        app.Use(next => app.Services.GetRequiredService<FetchGate>().AroundDocuments(next));
        MapRoutes(app);
        return app;
    }

    private static void MapRoutes(WebApplication app)
    {
        InboxApi.Map(app);
        app.MapMastodon();
        app.MapWebFinger();
        app.MapNodeInfo();
        app.MapActors();
        app.MapCollections();
        app.MapPosts();
        app.MapStamps();
        app.MapFeaturedCollections();
        app.MapOutbox();
        app.MapWeb();
    }
}
