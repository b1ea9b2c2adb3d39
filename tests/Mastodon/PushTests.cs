using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Calf.Accounts;
using Calf.Follows;
using Calf.Mastodon.Push;
using Calf.Media;
using Calf.Notifications;
using Calf.Security;

namespace Calf.Tests.Mastodon;

/// <summary>Pushes as an app gets them: subscribed for its token, encrypted for it alone, tried again, and over when it is gone.</summary>
public sealed class PushTests : IAsyncLifetime
{
    private const string Path = "/api/v1/push/subscription";

    private readonly PushService service = new();
    private readonly ECDiffieHellman app = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] auth = RandomNumberGenerator.GetBytes(WebPushEncryption.AuthBytes);
    private ApiFixture api = null!;
    private string token = "";

    public async ValueTask InitializeAsync()
    {
        api = await ApiFixture.Start(service);
        token = await api.TokenWith("read push");
        await api.Database.Write(c => AccountStore.Save(c, api.Person(2, "bob", "far.test") with { AvatarUrl = "https://far.test/bob.png" }));
        await api.AddStatus(100, ApiFixture.OwnerId, s => s with { Content = "<p>Hello &amp; good <b>day</b></p>" });
        await api.AddStatus(101, ApiFixture.OwnerId);
    }

    public async ValueTask DisposeAsync()
    {
        await api.DisposeAsync();
        app.Dispose();
        service.Dispose();
    }

    [Fact]
    public async Task A_favourite_arrives_encrypted_and_the_app_can_read_it()
    {
        var subscription = await Subscribe(standard: true, ("data[alerts][favourite]", "true"));
        Assert.Equal((await api.Get("/api/v2/instance")).GetProperty("configuration").GetProperty("vapid").GetProperty("public_key").GetString(), subscription.GetProperty("server_key").GetString());

        await Tell(NotificationTypes.Favourite);
        await Tell(NotificationTypes.Boost);
        await Step();

        var got = Assert.Single(service.Got);
        Assert.Equal(("aes128gcm", "172800", "normal"), (got["Content-Encoding"], got["TTL"], got["Urgency"]));
        Assert.StartsWith("vapid t=", got["Authorization"], StringComparison.Ordinal);
        var payload = JsonDocument.Parse(Decrypt(service.Bodies[0])).RootElement;
        Assert.Equal((token, "favourite", "BOB likes your post", "Hello & good day"), (payload.GetProperty("access_token").GetString(),
            payload.GetProperty("notification_type").GetString(), payload.GetProperty("title").GetString(), payload.GetProperty("body").GetString()));
        Assert.Equal(api.Get<RemoteMediaUrls>().Of("https://far.test/bob.png", RemoteShape.AvatarStill), payload.GetProperty("icon").GetString());
        Assert.Equal((await api.Get("/api/v1/notifications"))[1].GetProperty("id").GetString(), payload.GetProperty("notification_id").GetInt64().ToString(System.Globalization.CultureInfo.InvariantCulture));
        await Step();
        Assert.Single(service.Got);
    }

    [Fact]
    public async Task An_older_app_gets_the_older_encoding()
    {
        await Subscribe(standard: false, ("data[alerts][favourite]", "true"));

        await Tell(NotificationTypes.Favourite);
        await Step();

        var got = Assert.Single(service.Got);
        Assert.Equal("aesgcm", got["Content-Encoding"]);
        Assert.StartsWith("WebPush ", got["Authorization"], StringComparison.Ordinal);
        Assert.Contains("p256ecdsa=", got["Crypto-Key"], StringComparison.Ordinal);
        var server = Base64Url.DecodeFromChars(got["Crypto-Key"].Split("dh=")[1].Split(';')[0]);
        var payload = JsonDocument.Parse(DecryptOlder(service.Bodies[0], server, Base64Url.DecodeFromChars(got["Encryption"].AsSpan()["salt=".Length..]))).RootElement;
        Assert.Equal("favourite", payload.GetProperty("notification_type").GetString());
    }

    [Theory]
    [InlineData("all", 2)]
    [InlineData("followed", 1)]
    [InlineData("follower", 0)]
    [InlineData("none", 0)]
    public async Task The_policy_says_whose_doings_are_pushed(string policy, int pushed)
    {
        await api.AddPerson(3, "cleo");
        await api.Database.Write(c => FollowStore.Save(c, new Follow(ApiFixture.OwnerId, 2, "https://calf.test/f", true, true, false, api.Clock.GetUtcNow())));
        await Subscribe(true, ("data[alerts][favourite]", "true"), ("data[policy]", policy));

        await Tell(NotificationTypes.Favourite);
        await Tell(NotificationTypes.Favourite, from: 3);
        await Step();

        Assert.Equal(pushed, service.Got.Count);
    }

    [Fact]
    public async Task What_is_not_taken_is_tried_again_and_kept_meanwhile()
    {
        await Subscribe(true, ("data[alerts][favourite]", "true"));
        service.Answer = HttpStatusCode.ServiceUnavailable;
        await Tell(NotificationTypes.Favourite);
        await Step();
        await Step();
        Assert.Single(service.Got);

        service.Answer = HttpStatusCode.Created;
        api.Clock.Advance(TimeSpan.FromMinutes(2));
        await Step();
        api.Clock.Advance(TimeSpan.FromDays(1));
        await Step();

        Assert.Equal(2, service.Got.Count);
    }

    [Theory]
    [InlineData(HttpStatusCode.Gone)]
    [InlineData(HttpStatusCode.NotFound)]
    [InlineData(HttpStatusCode.Forbidden)]
    public async Task An_endpoint_that_is_gone_ends_the_subscription(HttpStatusCode answer)
    {
        await Subscribe(true, ("data[alerts][favourite]", "true"));
        service.Answer = answer;

        await Tell(NotificationTypes.Favourite);
        await Step();

        await api.Get("/api/v1/push/subscription", token, 404);
        Assert.Equal(0, api.Database.Read(c => c.Count($"SELECT count(*) FROM pushes")));
    }

    [Fact]
    public async Task It_can_be_changed_ended_and_goes_with_its_token()
    {
        await Subscribe(true, ("data[alerts][mention]", "true"));
        Assert.True((await api.Get("/api/v1/push/subscription", token)).GetProperty("alerts").GetProperty("mention").GetBoolean());
        var changed = await api.Send(HttpMethod.Put, "/api/v1/push/subscription", ApiFixture.Content("""{"data":{"alerts":{"mention":false,"follow":true},"policy":"follower"}}"""), token);
        Assert.Equal((false, true, "follower"), (changed.GetProperty("alerts").GetProperty("mention").GetBoolean(), changed.GetProperty("alerts").GetProperty("follow").GetBoolean(), changed.GetProperty("policy").GetString()));
        await api.Send(HttpMethod.Delete, "/api/v1/push/subscription", null, token);
        await api.Get("/api/v1/push/subscription", token, 404);
        await api.Send(HttpMethod.Delete, "/api/v1/push/subscription", null, token);

        await Subscribe(true, ("data[alerts][favourite]", "true"));
        await Tell(NotificationTypes.Favourite);
        await api.Post("/oauth/revoke", new (string, string)[] { ("token", token), ("client_id", ClientId()), ("client_secret", "secret") });
        await Step();
        Assert.Empty(service.Got);
        Assert.Equal(0, api.Database.Read(c => c.Count($"SELECT count(*) FROM push_subscriptions")));
    }

    [Fact]
    public async Task A_signed_in_browser_is_pushed_to_until_it_is_signed_out()
    {
        using var browser = await Browser("cookie");
        await Subscribe(true, ("data[alerts][mention]", "true"));
        using (var answer = await browser.GetAsync(Path, Cancel)) Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        (await browser.PostAsync(Path, ApiFixture.Content(Form(true, ("data[alerts][favourite]", "true"))), Cancel)).EnsureSuccessStatusCode();
        Assert.True((await api.Read(await browser.GetAsync(Path, Cancel))).GetProperty("alerts").GetProperty("favourite").GetBoolean());
        // The app has its own.
        Assert.False((await api.Get(Path, token)).GetProperty("alerts").GetProperty("favourite").GetBoolean());

        await Tell(NotificationTypes.Favourite);
        await Step();
        Assert.Single(service.Got);
        var payload = JsonDocument.Parse(Decrypt(service.Bodies[0])).RootElement;
        Assert.Equal(("", "BOB likes your post"), (payload.GetProperty("access_token").GetString(), payload.GetProperty("title").GetString()));

        // Only the one whose cookie is sent: another browser of the owner's has none.
        using (var other = await Browser("other"))
        using (var answer = await other.PostAsync("/api/calf/v1/push/test", null, Cancel)) Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        await api.Database.Write(c => SessionStore.Remove(c, SessionStore.Find(c, Tokens.Hash("cookie"), api.Clock.GetUtcNow())!.Id));
        await Tell(NotificationTypes.Favourite, status: 101);
        await Step();
        Assert.Single(service.Got);
        await api.Get(Path, token);
    }

    [Fact]
    public async Task What_is_pushed_speaks_the_language_in_which_it_was_asked_for_last()
    {
        using var browser = await Browser("cookie");
        browser.DefaultRequestHeaders.AcceptLanguage.ParseAdd("de-CH, en;q=0.5");
        (await browser.PostAsync(Path, ApiFixture.Content(Form(true, ("data[alerts][favourite]", "true"))), Cancel)).EnsureSuccessStatusCode();
        Assert.Equal(("de", "BOB hat deinen Beitrag favorisiert"), await Pushed());

        browser.DefaultRequestHeaders.AcceptLanguage.Clear();
        browser.DefaultRequestHeaders.AcceptLanguage.ParseAdd("ja");
        Assert.True((await api.Read(await browser.PutAsync(Path, ApiFixture.Content("{}"), Cancel))).GetProperty("alerts").GetProperty("favourite").GetBoolean());
        var (language, title) = await Pushed();
        Assert.Equal("ja", language);
        Assert.Contains("BOB", title, StringComparison.Ordinal);
        Assert.DoesNotContain("likes", title, StringComparison.Ordinal);

        async Task<(string?, string?)> Pushed()
        {
            await api.Database.Write(c => c.Execute($"DELETE FROM notifications"));
            await Tell(NotificationTypes.Favourite);
            await Step();
            var payload = JsonDocument.Parse(Decrypt(service.Bodies[^1])).RootElement;
            return (payload.GetProperty("preferred_locale").GetString(), payload.GetProperty("title").GetString());
        }
    }

    [Fact]
    public async Task A_browser_that_was_not_used_for_long_is_pushed_to_no_more()
    {
        using var browser = await Browser("cookie");
        (await browser.PostAsync(Path, ApiFixture.Content(Form(true, ("data[alerts][favourite]", "true"))), Cancel)).EnsureSuccessStatusCode();
        api.Clock.Advance(SessionStore.Lifetime);
        await api.Database.Write(c => SessionStore.RemoveOld(c, api.Clock.GetUtcNow()));
        await Tell(NotificationTypes.Favourite);
        await Step();
        Assert.Empty(service.Got);
        Assert.Equal(0, api.Database.Read(c => c.Count($"SELECT count(*) FROM push_subscriptions")));
    }

    [Fact]
    public async Task A_browser_can_leave_without_the_app_losing_its_own()
    {
        using var browser = await Browser("cookie");
        await Subscribe(true, ("data[alerts][mention]", "true"));
        (await browser.PostAsync(Path, ApiFixture.Content(Form(true)), Cancel)).EnsureSuccessStatusCode();
        (await browser.DeleteAsync(Path, Cancel)).EnsureSuccessStatusCode();
        using (var answer = await browser.GetAsync(Path, Cancel)) Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        await api.Get(Path, token);
    }

    [Fact]
    public async Task A_push_can_be_tried()
    {
        await api.Post("/api/calf/v1/push/test", token: token, status: 404);
        await Subscribe(standard: true);
        await api.Post("/api/calf/v1/push/test", token: token);
        var payload = JsonDocument.Parse(Decrypt(Assert.Single(service.Bodies))).RootElement;
        Assert.Equal(("Notifications work here", "test", 0, token), (payload.GetProperty("title").GetString(), payload.GetProperty("notification_type").GetString(),
            payload.GetProperty("notification_id").GetInt64(), payload.GetProperty("access_token").GetString()));
        Assert.StartsWith("https://calf.test/", payload.GetProperty("icon").GetString(), StringComparison.Ordinal);

        service.Answer = HttpStatusCode.ServiceUnavailable;
        Assert.Contains("Try again", (await api.Post("/api/calf/v1/push/test", token: token, status: 503)).GetProperty("error").GetString(), StringComparison.Ordinal);
        await api.Get(Path, token);
        service.Answer = HttpStatusCode.Gone;
        Assert.Contains("off and on", (await api.Post("/api/calf/v1/push/test", token: token, status: 422)).GetProperty("error").GetString(), StringComparison.Ordinal);
        await api.Get(Path, token, 404);
    }

    [Theory]
    [InlineData("subscription[endpoint]", "http://push.test/send")]
    [InlineData("subscription[endpoint]", "nonsense")]
    [InlineData("subscription[keys][p256dh]", "AAAA")]
    [InlineData("subscription[keys][auth]", "AAAA")]
    [InlineData("data[policy]", "sometimes")]
    public async Task What_cannot_be_pushed_to_is_refused(string name, string value)
    {
        await api.Post("/api/v1/push/subscription", Form(true, (name, value)), token, 422);
        await api.Post("/api/v1/push/subscription", Form(true), await api.TokenWith("read write"), 403);
        Assert.Equal(0, api.Database.Read(c => c.Count($"SELECT count(*) FROM push_subscriptions")));
    }

    private static string ClientId() => "client";

    private async Task Step() => await api.Get<PushWorker>().Step(TestContext.Current.CancellationToken);

    private Task Tell(string type, long from = 2, long status = 100) => api.Database.Write(c => api.Get<Notifying>().Tell(c, type, from, status));

    private async Task<HttpClient> Browser(string cookie)
    {
        await api.Database.Write(c => SessionStore.Add(c, Tokens.Hash(cookie), "Firefox", api.Clock.GetUtcNow()));
        var browser = api.Client(token: null);
        browser.DefaultRequestHeaders.Add("Cookie", $"__Host-calf_session={cookie}");
        browser.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
        return browser;
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Task<JsonElement> Subscribe(bool standard, params (string, string)[] more) => api.Post("/api/v1/push/subscription", Form(standard, more), token);

    private (string, string)[] Form(bool standard, params (string Name, string Value)[] more)
    {
        (string Name, string Value)[] usual =
        [
            ("subscription[endpoint]", "https://push.test/send/1"), ("subscription[keys][p256dh]", Base64Url.EncodeToString(WebPushEncryption.PointOf(app)) + "="),
            ("subscription[keys][auth]", Convert.ToBase64String(auth)), ("subscription[standard]", standard ? "true" : "false"),
        ];
        return [.. usual.Where(u => more.All(m => m.Name != u.Name)), .. more];
    }

    /// <summary>The receiver's side of RFC 8291.</summary>
    private string Decrypt(byte[] body)
    {
        var (salt, server) = (body[..16], body[21..86]);
        var secret = HKDF.DeriveKey(HashAlgorithmName.SHA256, Agree(server), 32, auth, [.. "WebPush: info\0"u8, .. WebPushEncryption.PointOf(app), .. server]);
        var text = Open(body[86..], secret, salt, "Content-Encoding: aes128gcm\0"u8.ToArray(), "Content-Encoding: nonce\0"u8.ToArray());
        Assert.Equal(2, text[^1]);
        return Encoding.UTF8.GetString(text[..^1]);
    }

    private string DecryptOlder(byte[] body, byte[] server, byte[] salt)
    {
        var secret = HKDF.DeriveKey(HashAlgorithmName.SHA256, Agree(server), 32, auth, "Content-Encoding: auth\0"u8.ToArray());
        byte[] context = [.. "P-256\0"u8, 0, 65, .. WebPushEncryption.PointOf(app), 0, 65, .. server];
        return Encoding.UTF8.GetString(Open(body, secret, salt, [.. "Content-Encoding: aesgcm\0"u8, .. context], [.. "Content-Encoding: nonce\0"u8, .. context])[2..]);
    }

    private static byte[] Open(byte[] body, byte[] secret, byte[] salt, byte[] keyInfo, byte[] nonceInfo)
    {
        using var cipher = new AesGcm(HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, 16, salt, keyInfo), 16);
        var text = new byte[body.Length - 16];
        cipher.Decrypt(HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, 12, salt, nonceInfo), body.AsSpan(0, text.Length), body.AsSpan(text.Length), text);
        return text;
    }

    private byte[] Agree(byte[] server)
    {
        using var other = ECDiffieHellman.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = server[1..33], Y = server[33..] } });
        return app.DeriveRawSecretAgreement(other.PublicKey);
    }

    /// <summary>A push service that keeps what it gets.</summary>
    private sealed class PushService : HttpMessageHandler
    {
        public HttpStatusCode Answer { get; set; } = HttpStatusCode.Created;

        public List<Dictionary<string, string>> Got { get; } = [];

        public List<byte[]> Bodies { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var body = await request.Content!.ReadAsByteArrayAsync(cancellationToken);
            lock (Got)
            {
                Assert.Equal("https://push.test/send/1", request.RequestUri!.ToString());
                Got.Add(request.Headers.Concat(request.Content.Headers).ToDictionary(h => h.Key, h => string.Join(", ", h.Value)));
                Bodies.Add(body);
            }
            return new HttpResponseMessage(Answer);
        }
    }
}
