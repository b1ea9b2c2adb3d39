using Calf.Accounts;
using Calf.Security;
using Calf.Store;
using Calf.Tests.Support;

namespace Calf.Tests.Accounts;

public sealed class CredentialStoresTests : IDisposable
{
    private static readonly DateTimeOffset Noon = DateTimeOffset.FromUnixTimeMilliseconds(1_800_000_000_000);
    private static readonly byte[] Hash = Tokens.Hash("secret");

    private readonly TempFolder folder = new();
    private readonly Database database;

    public CredentialStoresTests() => database = new Database(folder.Path, TimeProvider.System);

    [Fact]
    public async Task A_session_ends_when_it_is_not_used()
    {
        await database.Write(c => SessionStore.Add(c, Hash, "Firefox", Noon));
        Assert.Equal("Firefox", database.Read(c => SessionStore.Find(c, Hash, Noon))?.UserAgent);
        Assert.Null(database.Read(c => SessionStore.Find(c, Tokens.Hash("other"), Noon)));
        Assert.Null(database.Read(c => SessionStore.Find(c, Hash, Noon + SessionStore.Lifetime)));
        Assert.Empty(database.Read(c => SessionStore.All(c, Noon + SessionStore.Lifetime)));
    }

    [Fact]
    public async Task An_authorization_code_works_once_and_not_for_long()
    {
        var code = await AddedCode();
        Assert.Null(await database.Write(c => AuthorizationCodeStore.Take(c, Tokens.Hash("other"), Noon)));
        Assert.Equal(code, await database.Write(c => AuthorizationCodeStore.Take(c, Hash, Noon)));
        Assert.Null(await database.Write(c => AuthorizationCodeStore.Take(c, Hash, Noon)));
    }

    [Fact]
    public async Task An_authorization_code_runs_out()
    {
        var code = await AddedCode();
        Assert.Null(await database.Write(c => AuthorizationCodeStore.Take(c, Hash, code.ExpiresAt)));
    }

    [Fact]
    public async Task Apps_without_a_token_are_forgotten_and_others_kept()
    {
        await database.Write(c =>
        {
            AppStore.Add(c, App(1), Hash);
            AppStore.Add(c, App(2), Hash);
            AccessTokenStore.Add(c, Hash, 2, byOwner: true, "read", Noon);
            AppStore.RemoveUnused(c, Noon.AddMilliseconds(1));
        });
        Assert.Equal([2], database.Read(c => AppStore.FindMany(c, [1, 2])).Keys);
        Assert.Equal(2, database.Read(c => AccessTokenStore.Find(c, Hash))?.AppId);
    }

    private async Task<AuthorizationCode> AddedCode()
    {
        var code = new AuthorizationCode(1, "https://app.test/back", "read", null, Noon + AuthorizationCodeStore.Lifetime);
        await database.Write(c =>
        {
            AppStore.Add(c, App(1), Hash);
            AuthorizationCodeStore.Add(c, Hash, code, Noon);
        });
        return code;
    }

    private static ClientApp App(long id) => new(id, $"client{id}", "App", null, ["https://app.test/back"], "read", Noon);

    public void Dispose()
    {
        database.Dispose();
        folder.Dispose();
    }
}
