using System.Globalization;
using Calf.Security;

namespace Calf.Media;

/// <summary>
/// Speaks to one bucket of an S3-compatible store: the five requests that files named after their content need
/// (https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html). All of them can be repeated
/// without harm. The owner named the store, so it may stand on this machine or in the same house.
/// </summary>
public sealed class S3Bucket : IDisposable
{
    /// <summary>A viewer who watches slowly holds one.</summary>
    private const int Connections = 256;

    private const int Tries = 3, MaxListBytes = 4 * 1024 * 1024, MaxErrorBytes = 16 * 1024;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(500), UploadLimit = TimeSpan.FromHours(1);

    /// <summary>After so long nothing is tried again: somebody waits.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly SafeHttp http;
    private readonly AwsSignature signature;
    private readonly TimeProvider time;
    private readonly string root;

    public S3Bucket(S3Settings settings, SafeHttpOptions network, TimeProvider time)
    {
        var endpoint = new Uri(settings.Endpoint);
        (this.time, Name) = (time, $"the bucket {settings.Bucket} at {endpoint.Authority}");
        root = settings.PathStyle ? $"{endpoint.GetLeftPart(UriPartial.Authority)}/{settings.Bucket}" : $"{endpoint.Scheme}://{settings.Bucket}.{endpoint.Authority}";
        http = new SafeHttp(network with { AllowLoopback = true, AllowPrivateNetworks = true, AllowPlainHttp = true, ConnectionsPerHost = Connections });
        signature = new AwsSignature(settings.AccessKey, settings.SecretKey, settings.Region);
    }

    /// <summary>As one would call it in a sentence.</summary>
    public string Name { get; }

    /// <param name="hash">SHA-256 of the file in hex.</param>
    public async Task Put(string key, string path, string hash, string mime, CancellationToken cancel)
    {
        var length = new FileInfo(path).Length;
        using var answer = await Ask(HttpMethod.Put, UriOf(key), [], hash, request => request with
        {
            Upload = () => new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1, FileOptions.Asynchronous | FileOptions.SequentialScan),
            UploadLength = length,
            ContentType = mime,
            TotalTimeout = UploadLimit,
        }, Tries, cancel) ?? throw Failed("it is not there");
    }

    /// <summary>Null when it is not there.</summary>
    /// <param name="method">GET or HEAD.</param>
    /// <param name="range">As in the header, such as <c>bytes=0-9</c>.</param>
    public Task<OpenAnswer?> Get(HttpMethod method, string key, string? range, CancellationToken cancel) =>
        Ask(method, UriOf(key), range is null ? [] : [new("range", range)], AwsSignature.NoBody, request => request, Tries, cancel);

    public async Task Delete(string key, CancellationToken cancel) =>
        (await Ask(HttpMethod.Delete, UriOf(key), [], AwsSignature.NoBody, request => request, Tries, cancel))?.Dispose();

    /// <param name="after">What the page before has as <see cref="S3Page.Next"/>.</param>
    public async Task<S3Page> List(string prefix, string? after, int most, bool once, CancellationToken cancel)
    {
        var token = after is null ? "" : $"continuation-token={Uri.EscapeDataString(after)}&";
        var query = string.Create(CultureInfo.InvariantCulture, $"{token}list-type=2&max-keys={most}&prefix={Uri.EscapeDataString(prefix)}");
        for (var tries = once ? 1 : Tries; ; tries--)
        {
            try
            {
                using var answer = await Ask(HttpMethod.Get, new Uri($"{root}/?{query}"), [], AwsSignature.NoBody, request => request, once ? 1 : Tries, cancel) ?? throw Failed("it is not there");
                return S3Page.Read(await answer.Text(MaxListBytes, cancel)) ?? throw Failed("its list of files cannot be read");
            }
            catch (IOException e)
            {
                if (tries <= 1) throw Failed(e.Message, e);
            }
        }
    }

    public void Dispose() => http.Dispose();

    internal MediaPlaceException Failed(string why, Exception? cause = null) => new($"{char.ToUpperInvariant(Name[0])}{Name[1..]} cannot be used: {why.TrimEnd('.')}.", cause);

    private Uri UriOf(string key) => new($"{root}/{key}");

    /// <summary>Null for a file that is not there.</summary>
    private async Task<OpenAnswer?> Ask(HttpMethod method, Uri uri, KeyValuePair<string, string>[] headers, string hash, Func<SafeRequest, SafeRequest> shape, int tries, CancellationToken cancel)
    {
        var begun = time.GetTimestamp();
        for (var attempt = 1; ; attempt++)
        {
            MediaPlaceException failure;
            bool passes;
            try
            {
                var request = shape(new SafeRequest(method, uri) { Headers = signature.Sign(method, uri, headers, hash, time.GetUtcNow()) });
                var answer = await http.Open(request, cancel);
                if (answer.Status is >= 200 and < 300) return answer;
                using (answer)
                {
                    var code = await CodeOf(answer, cancel);
                    if (answer.Status == StatusCodes.Status404NotFound && code is "" or "NoSuchKey") return null;
                    (failure, passes) = (Failed(Explain(answer.Status, code)), answer.Status is 408 or 429 or (>= 500 and not 501));
                }
            }
            catch (SafeHttpException e)
            {
                (failure, passes) = (Failed(e.Message, e), e.Transient);
            }
            if (!passes || attempt >= tries || time.GetElapsedTime(begun) > Patience) throw failure;
            await Task.Delay(FirstPause * attempt, time, cancel);
        }
    }

    /// <summary>The code of an error's XML; empty when there is none.</summary>
    private static async Task<string> CodeOf(OpenAnswer answer, CancellationToken cancel)
    {
        try
        {
            return S3Page.Text(await answer.Text(MaxErrorBytes, cancel), "code") ?? "";
        }
        catch (IOException)
        {
            return "";
        }
    }

    private static string Explain(int status, string code) => code switch
    {
        "NoSuchBucket" => "there is no bucket of that name. Make it, or correct Media:S3:Bucket",
        "InvalidAccessKeyId" => "it does not know the key. Correct Media:S3:AccessKey",
        "SignatureDoesNotMatch" => "the key's secret is another. Correct Media:S3:SecretKey",
        "RequestTimeTooSkewed" => "its clock and this machine's differ. Set this machine's clock",
        "AuthorizationHeaderMalformed" or "PermanentRedirect" => "it is in another region. Correct Media:S3:Region and Media:S3:Endpoint",
        "AccessDenied" => "the key does not allow it. It has to list the bucket, and to read, write and delete its files",
        _ => string.Create(CultureInfo.InvariantCulture, $"it answered {status}{(code.Length > 0 && code.Length < 64 && code.All(char.IsAsciiLetterOrDigit) ? $" ({code})" : "")}"),
    };
}
