using System.Text.Json.Serialization;

namespace Calf.Mastodon.OAuth;

/// <summary>https://docs.joinmastodon.org/entities/Application/. The secret is told once, to who registered the app.</summary>
public sealed record ApplicationEntity(
    string Id, string Name, string? Website, IReadOnlyList<string> Scopes, string RedirectUri, IReadOnlyList<string> RedirectUris, string VapidKey)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ClientId { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ClientSecret { get; init; }

    /// <summary>0: it never runs out.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? ClientSecretExpiresAt { get; init; }
}

/// <param name="CreatedAt">Unix seconds.</param>
public sealed record TokenEntity(string AccessToken, string TokenType, string Scope, long CreatedAt);

/// <summary>RFC 6749 section 5.2.</summary>
public sealed record OAuthErrorEntity(string Error, string ErrorDescription);

/// <summary>RFC 8414.</summary>
public sealed record ServerMetadataEntity
{
    public required string Issuer { get; init; }

    public required string AuthorizationEndpoint { get; init; }

    public required string TokenEndpoint { get; init; }

    public required string RevocationEndpoint { get; init; }

    public required string UserinfoEndpoint { get; init; }

    public required string AppRegistrationEndpoint { get; init; }

    public required string ServiceDocumentation { get; init; }

    public required IReadOnlyList<string> ScopesSupported { get; init; }

    public IReadOnlyList<string> ResponseTypesSupported => ["code"];

    public IReadOnlyList<string> ResponseModesSupported => ["query"];

    public IReadOnlyList<string> CodeChallengeMethodsSupported => ["S256"];

    public IReadOnlyList<string> GrantTypesSupported => ["authorization_code", "client_credentials"];

    public IReadOnlyList<string> TokenEndpointAuthMethodsSupported => ["client_secret_basic", "client_secret_post"];
}

/// <summary>OpenID Connect's words for the owner.</summary>
public sealed record UserInfoEntity(string Iss, string Sub, string Name, string PreferredUsername, string Profile, string Picture);

/// <summary>An app that may act for the owner, in the list of Calf's own page.</summary>
public sealed record AuthorizedAppEntity(
    string Id, string Name, string? Website, IReadOnlyList<string> Scopes, DateTimeOffset CreatedAt, DateTimeOffset? LastUsedAt);
