using Calf.Accounts;
using Calf.Federation;
using Calf.Federation.Gaps;
using Calf.Federation.Inbox;
using Calf.Federation.Outbox;
using Microsoft.Extensions.Time.Testing;

namespace Calf.Tests.Support;

/// <summary>Several Calfs that reach each other by their domains, without DNS, TLS or ports, on one clock that the test moves.</summary>
public sealed class Fediverse : IAsyncDisposable
{
    private readonly Router router = new();

    public FakeTimeProvider Time { get; } = CalfServer.NewClock();

    /// <summary>Requests that went between servers, as <c>METHOD url</c>.</summary>
    public IReadOnlyList<string> Requests => router.Requests;

    /// <summary>Starts the server of a domain such as <c>alice.test</c>; its owner is the first label.</summary>
    public async Task<CalfServer> Join(string domain, Action<Settings>? adjust = null)
    {
        var server = await CalfServer.StartOwned(domain, router, Time, adjust);
        router.Add(domain, server.Handler);
        servers.Add(server);
        return server;
    }

    private readonly List<CalfServer> servers = [];

    /// <summary>Turns a server off, as it is stopped or as the power fails. Its data stays.</summary>
    public async Task<TempFolder> Leave(CalfServer server, bool clean = true)
    {
        if (clean) await server.Get<Heartbeat>().StopAsync(CancellationToken.None);
        router.Remove(server.Site.WebDomain);
        servers.Remove(server);
        return await server.Stop();
    }

    /// <summary>Turns a server on again with its data.</summary>
    public async Task<CalfServer> Return(string domain, TempFolder folder)
    {
        var server = await CalfServer.Start(domain, router, Time, folder: folder);
        router.Add(domain, server.Handler);
        servers.Add(server);
        await server.Get<Heartbeat>().Step();
        return server;
    }

    /// <summary>Answers for a domain by hand.</summary>
    public void Answer(string domain, Func<HttpRequestMessage, Task<HttpResponseMessage>> answer) => router.Add(domain, new Answering(answer));

    /// <summary>Delivers and applies until nothing is left to do now.</summary>
    public async Task Settle()
    {
        for (var round = 0; round < 20; round++)
        {
            var busy = false;
            foreach (var server in servers)
            {
                var before = router.Requests.Count;
                await server.Delivery.Step(CancellationToken.None);
                busy |= router.Requests.Count != before;
            }
            foreach (var server in servers) busy |= await server.Get<InboxWorker>().Step(CancellationToken.None);
            foreach (var server in servers) busy |= await server.Get<QuoteWorker>().Step() > 0;
            if (!busy) return;
        }
        throw new InvalidOperationException("The servers do not come to rest.");
    }

    /// <summary>The account that one server knows of another's owner, looked up by handle.</summary>
    public static Task<Account> See(CalfServer who, CalfServer whom) =>
        who.Get<RemoteAccounts>().Resolve($"{whom.Owner.Username}@{whom.Site.Domain}", CancellationToken.None);

    /// <summary>Lets one owner follow another until it is accepted.</summary>
    public async Task Follow(CalfServer follower, CalfServer followed)
    {
        var account = await See(follower, followed);
        await follower.Get<Following>().Follow(account.Id);
        await Settle();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in servers) await server.DisposeAsync();
        router.Dispose();
    }

    private sealed class Router : HttpMessageHandler
    {
        private readonly Dictionary<string, HttpMessageInvoker> hosts = [];
        private readonly List<string> requests = [];

        public IReadOnlyList<string> Requests
        {
            get
            {
                lock (requests) return [.. requests];
            }
        }

        public void Remove(string host) => hosts.Remove(host);

        public void Add(string host, HttpMessageHandler handler) => hosts[host] = new HttpMessageInvoker(handler);

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            lock (requests) requests.Add($"{request.Method} {request.RequestUri}");
            return hosts.TryGetValue(request.RequestUri!.Host, out var host)
                ? host.SendAsync(request, cancellationToken)
                : throw new HttpRequestException($"There is no server {request.RequestUri.Host}.");
        }
    }

    private sealed class Answering(Func<HttpRequestMessage, Task<HttpResponseMessage>> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            answer(request).WaitAsync(cancellationToken);
    }
}
