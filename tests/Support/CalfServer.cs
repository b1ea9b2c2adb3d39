using Calf.Accounts;
using Calf.Federation;
using Calf.Federation.Delivery;
using Calf.Federation.Outbox;
using Calf.Security;
using Calf.Store;
using Calf.Tests.Mastodon;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace Calf.Tests.Support;

/// <summary>
/// A whole Calf in memory: the real composition, routes and database, with the test's clock and network. Its workers do not run by
/// themselves; tests step them.
/// </summary>
public sealed class CalfServer : IAsyncDisposable
{
    public const string Password = "correct horse";

    private readonly TempFolder folder;
    private readonly WebApplication app;
    private readonly IEnumerable<string> statements;
    private DeliveryWorker? delivery;

    private CalfServer(TempFolder folder, WebApplication app)
    {
        this.folder = folder;
        this.app = app;
        statements = Plans.Watch(Database);
    }

    public Site Site => Get<Site>();

    public Database Database => Get<Database>();

    public Account Owner => Get<Owner>().Required;

    public TestServer TestServer => app.GetTestServer();

    /// <summary>Sends to this server; answers of the client API are held against Mastodon's description on their way.</summary>
    public HttpMessageHandler Handler => new AnswerCheck(TestServer.CreateHandler());

    /// <param name="domain">Such as <c>alice.test</c>; https and no port.</param>
    /// <param name="network">What its requests to others go through; null lets none out.</param>
    public static async Task<CalfServer> Start(string domain, HttpMessageHandler? network = null, FakeTimeProvider? time = null, Action<Settings>? adjust = null, TempFolder? folder = null)
    {
        folder ??= new TempFolder();
        // Without ffmpeg, so that tests do not depend on the machine; those of films ask for it.
        var settings = new Settings { Domain = domain, Data = folder.Path, Media = { FFmpeg = "" } };
        adjust?.Invoke(settings);
        var app = Server.Build(settings, builder =>
        {
            builder.WebHost.UseTestServer(server => server.BaseAddress = new Uri($"https://{domain}"));
            var services = builder.Services;
            services.Replace(ServiceDescriptor.Singleton<TimeProvider>(time ?? NewClock()));
            services.Replace(ServiceDescriptor.Singleton(provider => new SafeHttpOptions("Calf/test")
            {
                Inner = network ?? new NoNetwork(),
                Time = provider.GetRequiredService<TimeProvider>(),
            }));
            services.Replace(ServiceDescriptor.Singleton<Func<NewKeys>>(TestKeys.Next));
            foreach (var worker in services.Where(IsWorkerOfOurs).ToList()) services.Remove(worker);
        });
        await app.StartAsync();
        return new CalfServer(folder, app);
    }

    /// <summary>With its owner set up; the user name is the first label of the domain.</summary>
    public static async Task<CalfServer> StartOwned(string domain, HttpMessageHandler? network = null, FakeTimeProvider? time = null, Action<Settings>? adjust = null)
    {
        var server = await Start(domain, network, time, adjust);
        await server.Get<SettingUp>().Create(domain.Split('.')[0], "", Password);
        return server;
    }

    public static FakeTimeProvider NewClock() => new(new DateTimeOffset(2026, 11, 1, 12, 0, 0, TimeSpan.Zero));

    /// <summary>The worker that a running server would have.</summary>
    internal DeliveryWorker Delivery => delivery ??= ActivatorUtilities.CreateInstance<DeliveryWorker>(app.Services);

    public T Get<T>() where T : notnull => app.Services.GetRequiredService<T>();

    public HttpClient Client() => AnswerCheck.Client(TestServer.CreateHandler(), TestServer.BaseAddress);

    /// <summary>Stops it and keeps its data, for another one to be started with.</summary>
    public async Task<TempFolder> Stop()
    {
        Plans.Check(Database, statements);
        await app.StopAsync();
        await app.DisposeAsync();
        return folder;
    }

    public async ValueTask DisposeAsync() => (await Stop()).Dispose();

    private static bool IsWorkerOfOurs(ServiceDescriptor d) => d.ServiceType == typeof(IHostedService)
        && (d.ImplementationType?.Assembly ?? d.ImplementationFactory?.Method.Module.Assembly) == typeof(Server).Assembly;

    private sealed class NoNetwork : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            throw new HttpRequestException($"This test has no network: {request.RequestUri}");
    }
}
