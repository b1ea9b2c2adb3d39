using System.Security.Authentication;

namespace Calf.Security;

/// <summary>
/// The one door out: every request to another server passes here (wire 33 to 42, 114). It refuses addresses that no peer can
/// have, follows redirects itself and checks each, and caps time and bytes. One instance per process: it pools connections.
/// </summary>
public sealed class SafeHttp : IDisposable
{
    public const int MaxBodyBytes = 1024 * 1024;
    public const int MaxRedirects = 3;
    public const int MaxUrlLength = 2048;
    public const int MaxConnectionsPerHost = 32;
    public const int MaxHeaderKilobytes = 32;
    public static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);
    public static readonly TimeSpan ReadTimeout = TimeSpan.FromSeconds(10);

    /// <summary>For each part of an upload, and after the last for the answer: what the system still holds of it has to go out too.</summary>
    public static readonly TimeSpan UploadStepTimeout = TimeSpan.FromMinutes(2);

    public static readonly TimeSpan TotalTimeout = TimeSpan.FromSeconds(30);
    public static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);
    public static readonly TimeSpan IdleConnectionLifetime = TimeSpan.FromSeconds(60);

    private readonly SafeHttpOptions _options;
    private readonly SafeConnect _connect;
    private readonly HttpMessageInvoker _invoker;

    public SafeHttp(SafeHttpOptions options)
    {
        _options = options;
        _connect = new SafeConnect(options);
        _invoker = new HttpMessageInvoker(options.Inner ?? _connect.CreateHandler(), disposeHandler: options.Inner is null);
    }

    /// <summary>The User-Agent that tells other servers who asks and where to complain.</summary>
    public static string UserAgentFor(string version, string baseUrl) => $"Calf/{version} (+{baseUrl.TrimEnd('/')}/)";

    /// <summary>The scheme to begin with for a host of which only the name is known: http for this machine in local mode, else https.</summary>
    public string SchemeFor(string host)
    {
        var name = host.Split(':')[0];
        var local = name is "localhost" or "127.0.0.1" || name.EndsWith(".localhost", StringComparison.Ordinal)
            || host.StartsWith("[::1]", StringComparison.Ordinal);
        return local && _options.AllowPlainHttp ? Uri.UriSchemeHttp : Uri.UriSchemeHttps;
    }

    /// <summary>Sends and reads the whole answer. An answer of any status is returned; a 3xx only where it cannot be followed.</summary>
    /// <exception cref="SafeHttpException">Refused here, or failed on the way.</exception>
    public async Task<SafeResponse> Send(SafeRequest request, CancellationToken ct)
    {
        using var deadline = new Deadline(_options.Time, request.TotalTimeout, ct);
        var uri = request.Uri;
        try
        {
            for (var hop = 0; ; hop++)
            {
                CheckUrl(uri);
                request.Demand?.Invoke(uri);
                using var message = MessageFor(request, uri);
                deadline.Step(ConnectTimeout + ReadTimeout);
                using var answer = await _invoker.SendAsync(message, deadline.Token);
                if (RedirectOf(request, uri, answer) is not { } next)
                {
                    var body = await CappedBody.Read(answer, request, deadline);
                    return new SafeResponse((int)answer.StatusCode, uri, answer.Headers, answer.Content.Headers, body);
                }
                if (hop >= request.MaxRedirects)
                    throw Refused(SafeHttpReason.RedirectRefused, $"{request.Uri} redirects more than {request.MaxRedirects} times.");
                uri = next;
            }
        }
        catch (Exception e) when (Explained(uri, e, deadline, ct) is { } told)
        {
            throw told;
        }
    }

    /// <summary>
    /// Sends, and gives the answer once its headers are there; its body comes as it is read. Nothing of either body is kept in memory, and
    /// each step of both has its time limit, so that the whole may take long. No redirect is followed.
    /// </summary>
    /// <exception cref="SafeHttpException">Refused here, or failed on the way.</exception>
    public async Task<OpenAnswer> Open(SafeRequest request, CancellationToken ct)
    {
        CheckUrl(request.Uri);
        using var deadline = new Deadline(_options.Time, request.TotalTimeout, ct);
        using var message = MessageFor(request, request.Uri);
        // What is passed on in parts must come as it is stored.
        message.Headers.Remove("Accept-Encoding");
        if (request.Upload is { } upload)
        {
            message.Content = new StreamContent(new SteppingStream(upload(), () => deadline.Step(UploadStepTimeout)));
            message.Content.Headers.ContentLength = request.UploadLength;
            message.Content.Headers.TryAddWithoutValidation("Content-Type", request.ContentType);
        }
        try
        {
            deadline.Step(ConnectTimeout + ReadTimeout);
            return new OpenAnswer(await _invoker.SendAsync(message, deadline.Token), _options.Time);
        }
        catch (Exception e) when (Explained(request.Uri, e, deadline, ct) is { } told)
        {
            throw told;
        }
    }

    public void Dispose() => _invoker.Dispose();

    private void CheckUrl(Uri uri)
    {
        if (!uri.IsAbsoluteUri || uri.OriginalString.Length > MaxUrlLength)
            throw Refused(SafeHttpReason.InvalidUrl, "Only absolute URLs of ordinary length can be fetched.");
        if (uri.Scheme != Uri.UriSchemeHttps && !(uri.Scheme == Uri.UriSchemeHttp && _options.AllowPlainHttp))
            throw Refused(SafeHttpReason.InvalidUrl, $"{uri} is not an https URL.");
        if (uri.UserInfo.Length > 0 || uri.Host.Length == 0)
            throw Refused(SafeHttpReason.InvalidUrl, $"The URL of {uri.Host} carries a user name or no host.");
        _connect.CheckLiteral(uri);
    }

    private HttpRequestMessage MessageFor(SafeRequest request, Uri uri)
    {
        var message = new HttpRequestMessage(request.Method, uri);
        message.Headers.TryAddWithoutValidation("User-Agent", _options.UserAgent);
        if (request.Accept is not null) message.Headers.TryAddWithoutValidation("Accept", request.Accept);
        if (request.Method == HttpMethod.Get) message.Headers.TryAddWithoutValidation("Accept-Encoding", "gzip, deflate, br");
        if (request.Body is { } body)
        {
            message.Content = new ByteArrayContent(body);
            if (request.ContentType is not null) message.Content.Headers.TryAddWithoutValidation("Content-Type", request.ContentType);
        }
        foreach (var (name, value) in request.Headers)
        {
            if (SameOrigin(uri, request.Uri) || !name.Equals("Authorization", StringComparison.OrdinalIgnoreCase))
                Add(message, name, value);
        }
        request.Sign?.Invoke(message);
        return message;
    }

    /// <summary>Where to go next, or null when this is the answer. A POST is repeated only where the status says so (307, 308).</summary>
    private static Uri? RedirectOf(SafeRequest request, Uri from, HttpResponseMessage answer)
    {
        var repeats = (int)answer.StatusCode is 307 or 308;
        if (!repeats && !(request.Method == HttpMethod.Get && (int)answer.StatusCode is 301 or 302 or 303)) return null;
        if (answer.Headers.Location is not { } location || !Uri.TryCreate(from, location, out var next)) return null;
        if (from.Scheme == Uri.UriSchemeHttps && next.Scheme != Uri.UriSchemeHttps)
            throw Refused(SafeHttpReason.RedirectRefused, $"{from.Host} redirects from https to {next.Scheme}.");
        return next.Fragment.Length == 0 ? next : new Uri(next.GetLeftPart(UriPartial.Query));
    }

    /// <summary>Some headers belong to the body, such as Content-Encoding.</summary>
    private static void Add(HttpRequestMessage message, string name, string value)
    {
        if (!message.Headers.TryAddWithoutValidation(name, value)) message.Content?.Headers.TryAddWithoutValidation(name, value);
    }

    private static bool SameOrigin(Uri a, Uri b) => a.Scheme == b.Scheme && a.IdnHost == b.IdnHost && a.Port == b.Port;

    private static SafeHttpException Refused(SafeHttpReason reason, string message) => new(reason, message);

    /// <summary>Null for what is no failure of the other side.</summary>
    private static SafeHttpException? Explained(Uri uri, Exception e, Deadline deadline, CancellationToken ct) => e switch
    {
        OperationCanceledException when deadline.Passed => new SafeHttpException(SafeHttpReason.TimedOut, $"{uri.Host} did not answer in time.", e),
        HttpRequestException or IOException or InvalidDataException => Explain(uri, e),
        OperationCanceledException when !ct.IsCancellationRequested => Explain(uri, e),
        _ => null,
    };

    private static SafeHttpException Explain(Uri uri, Exception e)
    {
        for (var cause = e; cause is not null; cause = cause.InnerException)
        {
            if (cause is SafeHttpException ours) return ours;
            if (cause is AuthenticationException)
                return new(SafeHttpReason.TlsFailed, $"The certificate of {uri.Host} is not trusted: {cause.Message}", e);
        }
        return e switch
        {
            HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } =>
                new(SafeHttpReason.TooLarge, $"The headers of {uri.Host} are larger than {MaxHeaderKilobytes} kB.", e),
            HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } or OperationCanceledException =>
                new(SafeHttpReason.ConnectFailed, $"{uri.Host} cannot be reached: {e.Message}", e),
            _ => new(SafeHttpReason.BrokenAnswer, $"The answer of {uri.Host} broke off or is not HTTP: {e.Message}", e),
        };
    }
}
