namespace Calf.Mastodon.OAuth;

/// <summary>A request of OAuth's that is refused, in the words of RFC 6749 section 5.2 and Doorkeeper's sentences, which apps show.</summary>
public sealed class OAuthException(int status, string error, string description) : Exception(description)
{
    public int Status => status;

    public string Error => error;

    public static OAuthException InvalidClient() => new(StatusCodes.Status401Unauthorized, "invalid_client",
        "Client authentication failed due to unknown client, no client authentication included, or unsupported authentication method.");

    public static OAuthException InvalidGrant() => new(StatusCodes.Status400BadRequest, "invalid_grant",
        "The provided authorization grant is invalid, expired, revoked, does not match the redirection URI used in the authorization request, or was issued to another client.");

    public static OAuthException InvalidScope() => new(StatusCodes.Status400BadRequest, "invalid_scope",
        "The requested scope is invalid, unknown, or malformed.");

    public static OAuthException InvalidRequest(string description) => new(StatusCodes.Status400BadRequest, "invalid_request", description);

    public static OAuthException Missing(string parameter) => InvalidRequest($"Missing required parameter: {parameter}.");

    public IResult ToResult() => Answers.Json(new OAuthErrorEntity(error, Message), MastodonJson.Api.OAuthErrorEntity, status);
}
