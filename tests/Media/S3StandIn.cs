using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Calf.Tests.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Calf.Tests.Media;

/// <summary>
/// An S3-compatible store with one bucket, on a real socket. It computes every signature and every hash of a body anew, by the text of the
/// specification, and answers as AWS does where they are wrong.
/// </summary>
internal sealed class S3StandIn : IAsyncDisposable
{
    public const string AccessKey = "AKIDEXAMPLE", SecretKey = "wJalrXUtnFEMI+K7MDENG";

    private const string Bucket = "calf";

    private LoopbackServer server = null!;

    public ConcurrentDictionary<string, byte[]> Files { get; } = new();

    public ConcurrentDictionary<string, DateTimeOffset> Times { get; } = new();

    /// <summary>Method, key and range of what was asked, in order.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    /// <summary>Breaks off every connection.</summary>
    public bool Down { get; set; }

    /// <summary>Called before a request is answered.</summary>
    public Action<string, string> Before { get; set; } = (_, _) => { };

    /// <summary>Whether it keeps something else than it was sent.</summary>
    public bool Spoils { get; set; }

    public int PageSize { get; set; } = 1000;

    public string Endpoint => server.Uri().GetLeftPart(UriPartial.Authority);

    public static async Task<S3StandIn> Start()
    {
        var store = new S3StandIn();
        store.server = await LoopbackServer.Start(store.Answer);
        return store;
    }

    public void Use(Settings settings, bool chosen = true)
    {
        if (chosen) settings.Media.Store = MediaSettings.Bucket;
        (settings.Media.S3.Endpoint, settings.Media.S3.Bucket) = (Endpoint, Bucket);
        (settings.Media.S3.AccessKey, settings.Media.S3.SecretKey, settings.Media.S3.Prefix) = (AccessKey, SecretKey, "my/media");
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private async Task Answer(HttpContext http)
    {
        var key = http.Request.Path.Value![1..];
        key = key == Bucket + "/" ? "" : key[(Bucket.Length + 1)..];
        Before(http.Request.Method, key);
        if (Down)
        {
            http.Abort();
            return;
        }
        Asked.Enqueue($"{http.Request.Method} {key} {http.Request.Headers.Range}".Trim());
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        if (!IsSigned(http, body.ToArray()))
        {
            await Fail(http, 403, "SignatureDoesNotMatch");
            return;
        }
        switch (http.Request.Method)
        {
            case "PUT":
                Files[key] = Spoils ? [1, 2, 3] : body.ToArray();
                Times[key] = TimeProvider.System.GetUtcNow();
                break;
            case "DELETE":
                Files.TryRemove(key, out _);
                http.Response.StatusCode = 204;
                break;
            case "GET" when key.Length == 0:
                await http.Response.WriteAsync(Page(http.Request.Query));
                break;
            default:
                await Send(http, key);
                break;
        }
    }

    private async Task Send(HttpContext http, string key)
    {
        if (!Files.TryGetValue(key, out var content))
        {
            await Fail(http, 404, "NoSuchKey");
            return;
        }
        http.Response.Headers.LastModified = Times[key].ToString("R", CultureInfo.InvariantCulture);
        var range = http.Request.Headers.Range.ToString();
        var (from, to) = (0, content.Length - 1);
        if (range.Length > 0)
        {
            var ends = range["bytes=".Length..].Split('-');
            (from, to) = (int.Parse(ends[0], CultureInfo.InvariantCulture), ends[1].Length > 0 ? int.Parse(ends[1], CultureInfo.InvariantCulture) : to);
            http.Response.StatusCode = 206;
        }
        http.Response.ContentLength = to - from + 1;
        if (http.Request.Method != "HEAD") await http.Response.Body.WriteAsync(content.AsMemory(from, to - from + 1));
    }

    private string Page(IQueryCollection query)
    {
        var after = query["continuation-token"].ToString() is { Length: > 0 } token ? Encoding.UTF8.GetString(Convert.FromBase64String(token)) : "";
        var most = Math.Min(PageSize, int.Parse(query["max-keys"]!, CultureInfo.InvariantCulture));
        var keys = Files.Keys.Where(key => key.StartsWith(query["prefix"].ToString(), StringComparison.Ordinal) && string.CompareOrdinal(key, after) > 0).Order(StringComparer.Ordinal).ToList();
        var xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Name>calf</Name>");
        foreach (var key in keys.Take(most))
            xml.Append(CultureInfo.InvariantCulture, $"<Contents><Key>{key}</Key><LastModified>{Times[key].UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}</LastModified><ETag>&quot;0&quot;</ETag><Size>{Files[key].Length}</Size></Contents>");
        if (keys.Count > most) xml.Append(CultureInfo.InvariantCulture, $"<NextContinuationToken>{Convert.ToBase64String(Encoding.UTF8.GetBytes(keys[most - 1]))}</NextContinuationToken>");
        return xml.Append(CultureInfo.InvariantCulture, $"<IsTruncated>{(keys.Count > most ? "true" : "false")}</IsTruncated></ListBucketResult>").ToString();
    }

    private static Task Fail(HttpContext http, int status, string code)
    {
        http.Response.StatusCode = status;
        return http.Response.WriteAsync($"<?xml version=\"1.0\"?><Error><Code>{code}</Code><Message>&lt;no&gt;</Message></Error>");
    }

    /// <summary>https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html, from the request as it came over the wire.</summary>
    private static bool IsSigned(HttpContext http, byte[] body)
    {
        var request = http.Request;
        var parts = request.Headers.Authorization.ToString().Split(' ', 2)[1].Split(',').Select(part => part.Trim().Split('=', 2)).ToDictionary(part => part[0], part => part[1]);
        var (scope, hash) = (parts["Credential"].Split('/', 2)[1], request.Headers["x-amz-content-sha256"].ToString());
        var names = parts["SignedHeaders"].Split(';');
        var target = http.Features.Get<IHttpRequestFeature>()!.RawTarget.Split('?', 2);
        var query = target.Length == 1 ? "" : string.Join('&', target[1].Split('&').Order(StringComparer.Ordinal));
        var canonical = string.Join('\n', [request.Method, target[0], query, .. names.Select(name => $"{name}:{request.Headers[name]}"), "", parts["SignedHeaders"], hash]);
        var text = $"AWS4-HMAC-SHA256\n{request.Headers["x-amz-date"]}\n{scope}\n{Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
        var key = scope.Split('/').Aggregate(Encoding.UTF8.GetBytes("AWS4" + SecretKey), (key, part) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part)));
        return parts["Credential"].StartsWith(AccessKey + "/", StringComparison.Ordinal) && names.Contains("host") && names.Contains("x-amz-date")
            && Hex(SHA256.HashData(body)) == hash && Hex(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text))) == parts["Signature"];
    }

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
