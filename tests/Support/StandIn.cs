using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Calf.Security;

namespace Calf.Tests.Support;

/// <summary>
/// Another server, made by hand: one actor with a key, documents that it serves, and activities that it signs as real ones do.
/// What it is asked for and does not have is 404.
/// </summary>
public sealed class StandIn : IDisposable
{
    private readonly Fediverse fediverse;
    private SigningKey key;
    private readonly Ed25519Key proofKey;
    private readonly Dictionary<string, (HttpStatusCode Status, string Json, string Type)> documents = [];

    public StandIn(Fediverse fediverse, string domain = "remote.test", string username = "rae")
    {
        this.fediverse = fediverse;
        Actor = $"https://{domain}/users/{username}";
        var keys = TestKeys.Next();
        key = SigningKey.FromPem(keys.OwnerPem, $"{Actor}#main-key");
        proofKey = Ed25519Key.FromPrivateBytes(Convert.FromBase64String(keys.OwnerEd25519));
        (Domain, Username) = (domain, username);
        Describe();
        fediverse.Answer(domain, Answer);
    }

    public string Actor { get; }

    /// <summary>Its document as it is served now.</summary>
    public string ActorJson => documents[Actor].Json;

    public string Domain { get; }

    public string Username { get; }

    /// <summary>Serves the actor document.</summary>
    /// <param name="more">Further members, each with its comma before it.</param>
    public void Describe(string type = "Person", string more = "") => Serve(Actor, $$"""
        {"@context":["https://www.w3.org/ns/activitystreams","https://w3id.org/security/v1"],"id":"{{Actor}}","type":"{{type}}","preferredUsername":"{{Username}}",
         "inbox":"{{Actor}}/inbox","outbox":"{{Actor}}/outbox","followers":"{{Actor}}/followers","endpoints":{"sharedInbox":"https://{{Domain}}/inbox"},
         "assertionMethod":[{"id":"{{Actor}}#ed25519-key","type":"Multikey","controller":"{{Actor}}","publicKeyMultibase":"{{proofKey.Multikey}}"}],
         "publicKey":{"id":"{{Actor}}#main-key","owner":"{{Actor}}","publicKeyPem":{{JsonSerializer.Serialize(key.PublicPem, TestJson.Default.String)}} }{{more}} }
        """);

    /// <summary>Bodies that came to its inboxes.</summary>
    public List<JsonElement> Received { get; } = [];

    /// <summary>The Signature headers of what came to its inboxes.</summary>
    public List<string> Signatures { get; } = [];

    /// <summary>The same as they were sent.</summary>
    public List<byte[]> Bodies { get; } = [];

    /// <summary>The requests that brought them.</summary>
    public List<HttpRequestMessage> Requests { get; } = [];

    /// <summary>What it was asked for with GET.</summary>
    public List<HttpRequestMessage> Fetches { get; } = [];

    /// <summary>Its public key.</summary>
    public string PublicPem => key.PublicPem;

    /// <summary>Names the same key otherwise from now on.</summary>
    public void CallKey(string keyId)
    {
        var named = SigningKey.FromPem(key.PrivatePem, keyId);
        key.Dispose();
        key = named;
    }

    /// <summary>Takes another key under the same name, and says so in its actor document.</summary>
    public void ChangeKey()
    {
        var (old, name) = (key.PublicPem, key.KeyId);
        key.Dispose();
        key = SigningKey.Generate(name);
        static string Json(string pem) => JsonSerializer.Serialize(pem, TestJson.Default.String);
        Serve(Actor, ActorJson.Replace(Json(old), Json(key.PublicPem), StringComparison.Ordinal));
    }

    /// <summary>Signs a request once more, with everything but its body.</summary>
    public void SignWithoutBody(HttpRequestMessage request)
    {
        HttpSignature.Sign(request, key, SignatureKind.Cavage, null, fediverse.Time.GetUtcNow());
        request.Headers.TryAddWithoutValidation("Digest", $"SHA-256={Convert.ToBase64String(SHA256.HashData(request.Content!.ReadAsByteArrayAsync().GetAwaiter().GetResult()))}");
    }

    /// <summary>Signs a request with the Ed25519 key in place of the other.</summary>
    public void SignWithEd25519(HttpRequestMessage request)
    {
        var lines = $"(request-target): post {request.RequestUri!.PathAndQuery}\nhost: {request.RequestUri.Host}\ndate: {request.Headers.GetValues("Date").Single()}\ndigest: {request.Headers.GetValues("Digest").Single()}";
        request.Headers.Remove("Signature");
        request.Headers.TryAddWithoutValidation("Signature",
            $"keyId=\"{Actor}#ed25519-key\",algorithm=\"hs2019\",headers=\"(request-target) host date digest\",signature=\"{Convert.ToBase64String(proofKey.Sign(Encoding.UTF8.GetBytes(lines)))}\"");
    }

    /// <summary>Waited for before each answer; makes a slow server.</summary>
    public Func<Task> BeforeAnswer { get; set; } = () => Task.CompletedTask;

    public void Serve(string uri, string json, HttpStatusCode status = HttpStatusCode.OK, string type = "application/activity+json") =>
        documents[uri] = (status, json, type);

    /// <summary>The other one, of the same domain and made later, answers for both: two accounts on one server.</summary>
    public void ShareWith(StandIn neighbour)
    {
        foreach (var (uri, document) in documents) neighbour.documents.TryAdd(uri, document);
    }

    /// <summary>Posts an activity to the shared inbox, signed with draft-cavage.</summary>
    public Task<HttpResponseMessage> Send(CalfServer to, string json, Action<HttpRequestMessage>? afterSigning = null, string path = "/inbox") =>
        Send(to, Encoding.UTF8.GetBytes(json), afterSigning, path);

    public async Task<HttpResponseMessage> Send(
        CalfServer to, byte[] body, Action<HttpRequestMessage>? afterSigning = null, string path = "/inbox", Action<HttpRequestMessage>? beforeSigning = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, to.Site.Base + path) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/activity+json");
        beforeSigning?.Invoke(request);
        HttpSignature.Sign(request, key, SignatureKind.Cavage, SHA256.HashData(body), fediverse.Time.GetUtcNow());
        afterSigning?.Invoke(request);
        using var client = to.Client();
        return await client.SendAsync(request);
    }

    /// <summary>Asks for a document with a signed GET.</summary>
    /// <param name="address">A path, or a whole URL of the server.</param>
    public async Task<HttpResponseMessage> Get(CalfServer from, string address, SignatureKind kind = SignatureKind.Cavage, Action<HttpRequestMessage>? afterSigning = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(new Uri(from.Site.Base), address));
        request.Headers.TryAddWithoutValidation("Accept", "application/activity+json");
        HttpSignature.Sign(request, key, kind, null, fediverse.Time.GetUtcNow());
        afterSigning?.Invoke(request);
        using var client = from.Client();
        return await client.SendAsync(request);
    }

    /// <summary>Posts an activity and lets it be applied.</summary>
    public async Task<HttpStatusCode> SendAndSettle(CalfServer to, string json)
    {
        using var response = await Send(to, json);
        await fediverse.Settle();
        return response.StatusCode;
    }

    /// <summary>The activity with an integrity proof of its actor.</summary>
    public string Prove(string json, DateTimeOffset? created = null) =>
        Encoding.UTF8.GetString(IntegrityProof.Add(Encoding.UTF8.GetBytes(json), proofKey, $"{Actor}#ed25519-key", created ?? fediverse.Time.GetUtcNow()));

    public void Dispose()
    {
        key.Dispose();
        proofKey.Dispose();
    }

    private async Task<HttpResponseMessage> Answer(HttpRequestMessage request)
    {
        await BeforeAnswer();
        if (request.Method == HttpMethod.Post)
        {
            Signatures.Add(request.Headers.TryGetValues("Signature", out var values) ? string.Join(',', values) : "");
            Requests.Add(request);
            Bodies.Add(await request.Content!.ReadAsByteArrayAsync());
            Received.Add(JsonElement.Parse(Bodies[^1]));
            return new HttpResponseMessage(HttpStatusCode.Accepted);
        }
        Fetches.Add(request);
        if (!documents.TryGetValue(request.RequestUri!.AbsoluteUri, out var document)) return new HttpResponseMessage(HttpStatusCode.NotFound);
        return new HttpResponseMessage(document.Status) { Content = new StringContent(document.Json, Encoding.UTF8, document.Type) };
    }
}
