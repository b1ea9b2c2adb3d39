namespace Calf.Mastodon;

/// <summary>Who sent a request: an app with a token, or the owner's browser (then without token and app).</summary>
/// <param name="ByOwner">It acts for the owner; otherwise it stands for an app that nobody has signed in to.</param>
public sealed record Caller(long? TokenId, long? AppId, bool ByOwner, string Scopes)
{
    /// <summary>Of a browser.</summary>
    public long? SessionId { get; init; }

    public bool IsBrowser => TokenId is null;
}
