using System.Net;
using Calf.Accounts;
using Calf.Security;
using Calf.Statuses;
using Calf.Store;
using Calf.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Calf.Tests.Web;

/// <summary>A whole server at https://calf.example with an owner named clara, and a browser that follows no redirects.</summary>
public sealed class WebServer : IAsyncDisposable
{
    public const string Base = "https://calf.example";
    public const string Password = "correct horse";

    private readonly CalfServer calf;

    public WebServer(bool withOwner = true, HttpMessageHandler? network = null)
    {
        calf = CalfServer.Start("calf.example", network, Clock).GetAwaiter().GetResult();
        Browser = NewBrowser();
        if (withOwner) Write(c =>
        {
            AccountStore.Save(c, Owner);
            Meta.Set(c, Meta.PasswordHash, Passwords.Hash(Password));
        });
    }

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));

    public HttpClient Browser { get; }

    public Account Owner { get; } = new()
    {
        Id = 1,
        Uri = $"{Base}/users/clara",
        Url = $"{Base}/@clara",
        Username = "clara",
        Domain = "",
        DisplayName = "Clara <W>",
        Indexable = true,
        Note = "<p>I keep <em>bees</em>.</p>",
        Inbox = $"{Base}/users/clara/inbox",
        CreatedAt = DateTimeOffset.UnixEpoch,
        FetchedAt = DateTimeOffset.UnixEpoch,
        AvatarUrl = $"{Base}/media/clara.png",
        Fields = [new("Page", """<a href="https://weidemann.example" rel="me">weidemann.example</a>""", DateTimeOffset.UnixEpoch)],
    };

    /// <summary>Somebody on another server.</summary>
    public static Account Bo { get; } = new()
    {
        Id = 2,
        Uri = "https://b.example/u/bo",
        Url = "https://b.example/@bo",
        Username = "bo",
        Domain = "b.example",
        Inbox = "https://b.example/in",
        CreatedAt = DateTimeOffset.UnixEpoch,
        FetchedAt = DateTimeOffset.UnixEpoch,
    };

    public T Of<T>() where T : notnull => calf.Get<T>();

    public void Write(Action<Connection> work) => Of<Database>().Write(work).GetAwaiter().GetResult();

    public Status Post(long id, string html, Func<Status, Status>? change = null)
    {
        var status = new Status
        {
            Id = id,
            Uri = $"{Base}/users/clara/statuses/{id}",
            Url = $"{Base}/@clara/{id}",
            AccountId = Owner.Id,
            Content = html,
            CreatedAt = Clock.GetUtcNow(),
            Language = "en",
        };
        status = change?.Invoke(status) ?? status;
        Write(c => StatusStore.Add(c, status));
        return status;
    }

    public HttpClient NewBrowser()
    {
        var client = calf.Client();
        client.BaseAddress = new Uri(Base);
        client.DefaultRequestHeaders.UserAgent.ParseAdd("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0");
        return client;
    }

    /// <summary>Sends a form as a browser does from one of our own pages, or from another site.</summary>
    public static HttpRequestMessage Form(string path, Dictionary<string, string> fields, string fetchSite = "same-origin")
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(fields) };
        request.Headers.Add("Sec-Fetch-Site", fetchSite);
        return request;
    }

    public Task<HttpResponseMessage> SignIn(string password, string fetchSite = "same-origin", string next = "/home") =>
        Browser.SendAsync(Form("/session", new() { ["username"] = "clara", ["password"] = password, ["next"] = next }, fetchSite));

    /// <summary>Signs in and lets the browser carry the cookie from here on.</summary>
    public async Task<string> SignedIn()
    {
        var answer = await SignIn(Password);
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        var cookie = answer.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        Browser.DefaultRequestHeaders.Add("Cookie", cookie);
        return cookie;
    }

    public ValueTask DisposeAsync() => calf.DisposeAsync();
}
