using System.Net;
using System.Text.Json;
using Calf.Accounts;
using Calf.Events;
using Calf.Federation;
using Calf.Store;
using Calf.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Time.Testing;

namespace Calf.Tests.Federation;

/// <summary>A Calf under the domains of <see cref="Samples.Site"/> whose owner is <see cref="Samples.Owner"/>; a test says who signed.</summary>
internal sealed class OwnServer : IAsyncDisposable
{
    /// <summary>Made once for all tests, since RSA keys take long.</summary>
    private static readonly Lazy<NewKeys> Keys = new(OwnKeys.Generate);

    private readonly TempFolder folder;
    private readonly WebApplication app;

    private OwnServer(TempFolder folder, WebApplication app, FakeTimeProvider time)
    {
        this.folder = folder;
        this.app = app;
        Time = time;
        Client = app.GetTestClient();
    }

    public HttpClient Client { get; }

    /// <summary>Who has signed every request from now on.</summary>
    public string? Signer { get; set; }

    public int SignersAsked { get; private set; }

    public FakeTimeProvider Time { get; }

    public Database Database => Get<Database>();

    public static async Task<OwnServer> Start(Func<Account, Account>? adjust = null)
    {
        var server = await StartWithoutOwner();
        await server.Database.Write(c =>
        {
            AccountStore.Save(c, (adjust ?? (a => a))(Samples.Owner));
            OwnKeys.Save(c, Keys.Value);
        });
        server.Publish(new AccountChanged(Samples.Owner.Id));
        return server;
    }

    public static async Task<OwnServer> StartWithoutOwner()
    {
        var folder = new TempFolder();
        var time = new FakeTimeProvider(Samples.Start);
        OwnServer? server = null;
        var app = Server.Build(new Settings { Domain = Samples.Site.Domain, WebDomain = Samples.Site.WebDomain, Data = folder.Path }, builder =>
        {
            builder.WebHost.UseTestServer(test => test.BaseAddress = new Uri(Samples.Site.Base));
            builder.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(time));
            builder.Services.Replace(ServiceDescriptor.Singleton<SignerOf>((_, _) => server!.Ask()));
            builder.Services.RemoveAll<Microsoft.Extensions.Hosting.IHostedService>();
        });
        await app.StartAsync();
        server = new OwnServer(folder, app, time);
        return server;
    }

    public T Get<T>() where T : notnull => app.Services.GetRequiredService<T>();

    public void Publish(Event happened) => Get<EventHub>().Publish(happened);

    public async Task<HttpResponseMessage> Ask(string path, string? accept = ContentNegotiation.ActivityJson, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (accept is not null) request.Headers.TryAddWithoutValidation("Accept", accept);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return await Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>A document that has to be there, in the one media type that everybody takes (wire 35).</summary>
    public async Task<JsonElement> Document(string path)
    {
        using var response = await Ask(path);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/activity+json", response.Content.Headers.ContentType?.ToString());
        var bytes = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        Assert.InRange(bytes.Length, 1, 64 * 1024);
        return JsonDocument.Parse(bytes).RootElement;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
        folder.Dispose();
    }

    private Task<string?> Ask()
    {
        SignersAsked++;
        return Task.FromResult(Signer);
    }
}
