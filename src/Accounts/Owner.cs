using Calf.Events;
using Calf.Store;

namespace Calf.Accounts;

/// <summary>
/// The owner's account kept in memory, since nearly everything asks who it is. Its counts can lag behind; read them with
/// <see cref="AccountStore"/>.
/// </summary>
public sealed class Owner : IDisposable
{
    private readonly Database database;
    private readonly IDisposable listening;
    private volatile Account? account;

    public Owner(Database database, EventHub events)
    {
        this.database = database;
        listening = events.Listen(happened =>
        {
            if (happened is AccountChanged changed && changed.AccountId == account?.Id) account = null;
        });
    }

    /// <summary>Null until the server has been set up.</summary>
    public Account? Account => account ??= database.Read(AccountStore.Owner);

    /// <exception cref="InvalidOperationException">The server has not been set up.</exception>
    public Account Required => Account ?? throw new InvalidOperationException("This Calf has no account yet.");

    public long Id => Required.Id;

    /// <summary>Whether the user name is the owner's, in any case.</summary>
    public bool IsNamed(string username) => string.Equals(Account?.Username, username, StringComparison.OrdinalIgnoreCase);

    public void Dispose() => listening.Dispose();
}
