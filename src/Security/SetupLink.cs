namespace Calf.Security;

/// <summary>
/// The secret in the link that lets somebody name the account and set its password. It is printed where the server was
/// started, is new at every start, and is kept in memory only.
/// </summary>
public sealed class SetupLink
{
    public const string Page = "/setup";

    private volatile string? token = Tokens.New();

    /// <summary>Path and query of the link; null once it has been used.</summary>
    public string? Path => token is { } secret ? $"{Page}?token={secret}" : null;

    public bool Accepts(string? offered) => offered is not null && token is { } secret && Tokens.FixedTimeEquals(offered, secret);

    /// <summary>Called when the account has been made: the link never opens again.</summary>
    public void UseUp() => token = null;
}
