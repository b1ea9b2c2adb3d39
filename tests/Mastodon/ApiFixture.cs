using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Calf.Accounts;
using Calf.Federation;
using Calf.Mastodon.Push;
using Calf.Mastodon.Streaming;
using Calf.Security;
using Calf.Statuses;
using Calf.Store;
using Calf.Tests.Support;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Time.Testing;

namespace Calf.Tests.Mastodon;

/// <summary>
/// A server with an owner, called as an app calls it. Every answer is held against Mastodon's API description.
/// </summary>
public sealed class ApiFixture : IAsyncDisposable
{
    public const string Token = "owner-token";
    public const long OwnerId = 1;

    private readonly CalfServer server;

    private ApiFixture(CalfServer server, FakeTimeProvider clock)
    {
        this.server = server;
        Clock = clock;
    }

    public FakeTimeProvider Clock { get; }

    public Database Database => server.Database;

    public TestServer TestServer => server.TestServer;

    public T Get<T>() where T : notnull => server.Get<T>();

    public static async Task<ApiFixture> Start(HttpMessageHandler? network = null, Action<Settings>? adjust = null)
    {
        var clock = CalfServer.NewClock();
        var fixture = new ApiFixture(await CalfServer.Start("calf.test", network, clock, adjust), clock);
        var now = clock.GetUtcNow();
        await fixture.Database.Write(c =>
        {
            AccountStore.Save(c, fixture.Person(OwnerId, "ann", ""));
            OwnKeys.Save(c, TestKeys.Next());
            // The same in every run, for the golden files.
            Meta.Set(c, Meta.MediaKey, new string('0', 64));
            AppStore.Add(c, new ClientApp(7, "client", "Tusky", "https://tusky.app", ["https://app.test/back"], "read write follow push", now), Tokens.Hash("secret"));
            AccessTokenStore.Add(c, Tokens.Hash(Token), 7, byOwner: true, "read write follow push profile", now);
        });
        // As in a running server, whose worker has it from the start.
        fixture.Get<PushKey>();
        await fixture.Get<StreamHub>().StartAsync(TestContext.Current.CancellationToken);
        return fixture;
    }

    public Account Person(long id, string name, string domain) => new()
    {
        Id = id,
        Uri = domain.Length == 0 ? $"https://calf.test/users/{name}" : $"https://{domain}/users/{name}",
        Url = domain.Length == 0 ? $"https://calf.test/@{name}" : $"https://{domain}/@{name}",
        Username = name,
        Domain = domain,
        DisplayName = name.ToUpperInvariant(),
        Inbox = $"https://{(domain.Length == 0 ? "calf.test" : domain)}/users/{name}/inbox",
        Fields = [new ProfileField("Home", "<a href=\"https://x.test\">x.test</a>")],
        Emojis = [new CustomEmoji("cow", "https://far.test/cow.png")],
        CreatedAt = Clock.GetUtcNow().AddDays(-30),
        FetchedAt = Clock.GetUtcNow(),
    };

    public Task AddPerson(long id, string name, string domain = "far.test") => Database.Write(c => AccountStore.Save(c, Person(id, name, domain)));

    /// <summary>A stored status; ids say the order.</summary>
    public Task<Status> AddStatus(long id, long author, Func<Status, Status>? adjust = null, bool home = true) => Database.Write(c =>
    {
        var status = new Status
        {
            Id = id,
            Uri = $"https://far.test/statuses/{id}",
            Url = $"https://far.test/@someone/{id}",
            AccountId = author,
            Content = $"<p>Status {id}</p>",
            // Small ids stand for seconds, so that a test can count them off.
            CreatedAt = id < 1L << 32 ? Clock.GetUtcNow().AddSeconds(id) : Ids.TimeOf(id),
        };
        var added = StatusStore.Add(c, adjust?.Invoke(status) ?? status);
        if (home) Calf.Timelines.TimelineStore.AddToHome(c, added.Id);
        return added;
    });

    /// <summary>A token of the owner's with these scopes.</summary>
    public async Task<string> TokenWith(string scopes, bool byOwner = true)
    {
        var token = Tokens.New();
        await Database.Write(c => AccessTokenStore.Add(c, Tokens.Hash(token), 7, byOwner, scopes, Clock.GetUtcNow()));
        return token;
    }

    public HttpClient Client(string? token = Token)
    {
        var client = server.Client();
        if (token is not null) client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    public Task<JsonElement> Get(string address, string? token = Token, int status = 200) => Send(HttpMethod.Get, address, null, token, status);

    public Task<JsonElement> Post(string address, object? body = null, string? token = Token, int status = 200) => Send(HttpMethod.Post, address, Content(body), token, status);

    /// <summary>Sends and expects a status and JSON, which <see cref="AnswerCheck"/> has looked at.</summary>
    public async Task<JsonElement> Send(HttpMethod method, string address, HttpContent? body, string? token = Token, int status = 200)
    {
        using var client = Client(token);
        using var request = new HttpRequestMessage(method, address) { Content = body };
        using var response = await client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True((int)response.StatusCode == status, $"{method} {address} answered {(int)response.StatusCode}: {text}");
        Assert.Equal("application/json; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    public async Task<JsonElement> Read(HttpResponseMessage response)
    {
        using (response)
        {
            response.EnsureSuccessStatusCode();
            using var document = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
            return document.RootElement.Clone();
        }
    }

    /// <summary>A form from pairs, JSON from text, nothing from null.</summary>
    public static HttpContent? Content(object? body) => body switch
    {
        null => null,
        string json => new StringContent(json, Encoding.UTF8, "application/json"),
        Dictionary<string, string> form => new FormUrlEncodedContent(form),
        (string, string)[] form => new FormUrlEncodedContent(form.Select(pair => KeyValuePair.Create(pair.Item1, pair.Item2))),
        _ => throw new ArgumentException("Not a body.", nameof(body)),
    };

    public static List<string> IdsOf(JsonElement list) => [.. list.EnumerateArray().Select(item => item.GetProperty("id").GetString()!)];

    public async ValueTask DisposeAsync()
    {
        await Get<StreamHub>().StopAsync(CancellationToken.None);
        await server.DisposeAsync();
    }
}
