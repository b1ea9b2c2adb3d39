using Calf.Accounts;
using Calf.Federation;
using Calf.Mastodon.OAuth;
using Calf.Media;
using Calf.Store;

namespace Calf.Mastodon;

/// <summary>
/// Stands before every route of the client API: answers CORS, checks the route's <see cref="AccessRule"/>, and turns whatever goes
/// wrong into JSON, since apps crash on anything else.
/// </summary>
public sealed partial class ApiGate(RequestDelegate next, CallerLookup callers, RateLimits limits, ILogger<ApiGate> logger)
{
    public async Task Invoke(HttpContext http)
    {
        if (Cors.Answer(http)) return;
        if (!IsOurs(http.Request.Path))
        {
            await next(http);
            return;
        }
        try
        {
            await Admit(http);
            await next(http);
        }
        catch (Exception problem) when (!http.Response.HasStarted && !http.RequestAborted.IsCancellationRequested)
        {
            await Explain(http, problem);
        }
    }

    private static bool IsOurs(PathString path) => path.StartsWithSegments("/api") || path.StartsWithSegments("/oauth");

    private async Task Admit(HttpContext http)
    {
        if (http.GetEndpoint() is not { } endpoint) return;
        var rule = endpoint.Metadata.GetMetadata<AccessRule>()
            ?? throw new ApiException(StatusCodes.Status403Forbidden, "This address is not open.");
        var caller = await Identify(http, rule);
        if (caller is null && rule.Required)
            throw new ApiException(StatusCodes.Status401Unauthorized, "The access token is invalid");
        if (caller is not null && rule.Scopes.Count > 0 && !rule.Scopes.Any(scope => Scopes.Allow(caller.Scopes, scope)))
            throw new ApiException(StatusCodes.Status403Forbidden, "This action is outside the authorized scopes");
        if (caller is { ByOwner: false } && rule.Owner)
            throw ApiException.Invalid("This method requires an authenticated user");
        if (caller is not null) http.Items[typeof(Caller)] = caller;
    }

    /// <summary>Who asks, with the request counted: a token that is not ours counts for the address that tried it.</summary>
    private async Task<Caller?> Identify(HttpContext http, AccessRule rule)
    {
        Caller? caller = null;
        try
        {
            if (!ReferenceEquals(rule, AccessRules.Unasked)) caller = await callers.Find(http);
        }
        catch (ApiException)
        {
            limits.Spend(http, null);
            throw;
        }
        limits.Spend(http, caller);
        return caller;
    }

    private async Task Explain(HttpContext http, Exception problem)
    {
        var (status, message) = problem switch
        {
            ApiException known => (known.Status, known.Message),
            ActionException known => (known.Status, known.Message),
            MediaException refused => (StatusCodes.Status422UnprocessableEntity, Validation.Failed(refused.Message)),
            BadHttpRequestException bad => (bad.StatusCode, bad.Message),
            MediaPlaceException => (StatusCodes.Status503ServiceUnavailable, "The file cannot be stored at the moment. Try again in a while!"),
            StoreException => (StatusCodes.Status503ServiceUnavailable, "The database cannot be used at the moment."),
            _ => (StatusCodes.Status500InternalServerError, "Something went wrong on this server. Its log says what."),
        };
        if (status >= StatusCodes.Status500InternalServerError) Log.Failed(logger, http.Request.Method, http.Request.Path, problem);
        if (status == StatusCodes.Status401Unauthorized)
            http.Response.Headers.WWWAuthenticate = $"Bearer realm=\"Calf\", error=\"invalid_token\", error_description=\"{message}\"";
        await (IsOAuth(http.Request.Path) ? OAuthError(status, message) : Answers.Error(status, message)).ExecuteAsync(http);
    }

    /// <summary>Where RFC 6749 says how an error looks.</summary>
    private static bool IsOAuth(PathString path) => path.Equals("/oauth/token") || path.Equals("/oauth/revoke");

    private static IResult OAuthError(int status, string message) => new OAuthException(status, status switch
    {
        StatusCodes.Status429TooManyRequests => "temporarily_unavailable",
        >= StatusCodes.Status500InternalServerError => "server_error",
        _ => "invalid_request",
    }, message).ToResult();

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed")]
        public static partial void Failed(ILogger logger, string method, string path, Exception problem);
    }
}
