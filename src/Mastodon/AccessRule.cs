namespace Calf.Mastodon;

/// <summary>
/// Who may call a route. A token needs one of <paramref name="Scopes"/>, if any are named; <paramref name="Owner"/>: it has to be the
/// owner's, not an app's own; <paramref name="Required"/>: without a token there is no answer.
/// </summary>
public sealed record AccessRule(IReadOnlyList<string> Scopes, bool Required, bool Owner);

/// <summary>Says on the route line who may call it. A route under /api without such a word is refused to all.</summary>
public static class AccessRules
{
    /// <summary>The owner, with a token that has one of the scopes or signed in with a browser.</summary>
    public static T RequireScope<T>(this T route, params string[] scopes) where T : IEndpointConventionBuilder =>
        route.WithMetadata(new AccessRule(scopes, Required: true, Owner: true));

    /// <summary>Any token with one of the scopes, if any are named; an app's own too.</summary>
    public static T RequireToken<T>(this T route, params string[] scopes) where T : IEndpointConventionBuilder =>
        route.WithMetadata(new AccessRule(scopes, Required: true, Owner: false));

    /// <summary>Everybody; who comes with a token needs one of the scopes and sees more.</summary>
    public static T OpenOrScope<T>(this T route, params string[] scopes) where T : IEndpointConventionBuilder =>
        route.WithMetadata(new AccessRule(scopes, Required: false, Owner: false));

    /// <summary>Everybody, and a token is not looked at.</summary>
    public static T Open<T>(this T route) where T : IEndpointConventionBuilder => route.WithMetadata(Unasked);

    public static readonly AccessRule Unasked = new([], Required: false, Owner: false);
}
