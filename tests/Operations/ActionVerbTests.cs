using Calf.Accounts;
using Calf.Federation.Delivery;
using Calf.Follows;
using Calf.Operations;
using Calf.Security;
using Calf.Statuses;
using Calf.Store;

namespace Calf.Tests.Operations;

public sealed class ActionVerbTests : IDisposable
{
    private const string Password = "correct horse battery staple";

    private readonly Shell shell = new();

    [Fact]
    public async Task Setup_makes_the_account_once()
    {
        Assert.Equal("@ida@calf.example https://calf.example/@ida\n", (await SetUp("--name", "Ida B.", "--domain", "calf.example")).AssertOk());
        using (var database = shell.Open())
        {
            var owner = database.Read(AccountStore.Owner);
            Assert.Equal("Ida B.", owner?.DisplayName);
            Assert.True(Passwords.Verify(Password, database.Read(c => Meta.Get(c, Meta.PasswordHash))!));
        }
        (await SetUp()).AssertFailed(ExitCodes.Failed, "has an account already: ida");
    }

    [Fact]
    public async Task Setup_refuses_a_poor_password_and_makes_nothing()
    {
        var refused = await shell.RunWith("short\n", ["setup", "--username", "ida", "--password-stdin"]);
        refused.AssertFailed(ExitCodes.Failed, "password");
        (await shell.RunWith("", ["setup", "--username", "ida"])).AssertFailed(ExitCodes.Usage, "--password-stdin");
        using var database = shell.Open();
        Assert.Null(database.Read(AccountStore.Owner));
    }

    [Fact]
    public async Task Setup_beside_a_server_takes_its_names_and_no_others()
    {
        using var running = DataFolderLock.Take(shell.Data, new Site("calf.example", "www.calf.example"));
        (await SetUp("--domain", "cow.example")).AssertFailed(ExitCodes.InUse, "A server runs here as www.calf.example");
        Assert.Equal("@ida@calf.example https://www.calf.example/@ida\n", (await SetUp()).AssertOk());
    }

    [Fact]
    public async Task A_post_is_stored_as_it_was_asked_for_and_its_address_printed()
    {
        await SetUp("--domain", "calf.example");
        var address = (await shell.Run("post", "Hello **you**", "--visibility", "unlisted", "--cw", "greeting", "--language", "en")).AssertOk().TrimEnd('\n');
        var answer = (await shell.RunWith("From a file\n", ["post", "-", "--reply-to", address])).AssertOk().TrimEnd('\n');

        using var database = shell.Open();
        var first = Find(database, address);
        Assert.Contains("<strong>you</strong>", first.Content);
        Assert.Equal((Visibility.Unlisted, "greeting", "en", true), (first.Visibility, first.SpoilerText, first.Language, first.Sensitive));
        var second = Find(database, answer);
        Assert.Equal(("From a file", Visibility.Public, first.Id), (second.Source, second.Visibility, second.InReplyToId));
    }

    [Fact]
    public async Task A_post_that_cannot_be_made_leaves_nothing()
    {
        await SetUp("--domain", "calf.example");
        (await shell.Run("post", " ")).AssertFailed(ExitCodes.Failed, "calf: ");
        (await shell.Run("post", "Hello", "--visibility", "secret")).AssertFailed(ExitCodes.Usage, "secret");
        (await shell.Run("post", "Hello", "--reply-to", "https://calf.example/@ida/1")).AssertFailed(ExitCodes.Failed, "is not a post here");
        using var database = shell.Open();
        Assert.Equal(0, database.Read(c => c.Count($"SELECT count(*) FROM statuses")));
    }

    [Fact]
    public async Task A_relay_is_added_listed_and_removed()
    {
        const string Relay = "https://relay.example/inbox";
        await SetUp("--domain", "calf.example");
        var added = await shell.Run("relay", "add", Relay);
        Assert.Equal((ExitCodes.Ok, Relay + " asked\n"), (added.Code, added.Output));
        Assert.Equal(Relay + " asked\n", (await shell.Run("relay", "list")).AssertOk());
        (await shell.Run("relay", "add", "relay.example")).AssertFailed(ExitCodes.Failed, "Write it in full");
        (await shell.Run("relay", "remove", "https://other.example/inbox")).AssertFailed(ExitCodes.Failed, "not among the relays");
        Assert.Equal(Relay + " removed\n", (await shell.Run("relay", "remove", Relay)).Output);
        Assert.Equal("", (await shell.Run("relay", "list")).AssertOk());
    }

    [Fact]
    public async Task Without_an_account_there_is_nothing_to_do()
    {
        shell.Open().Dispose();
        foreach (var arguments in new[] { new[] { "post", "Hello" }, ["follow", "@bob@remote.example"], ["unfollow", "@bob@remote.example"] })
            (await shell.Run(arguments)).AssertFailed(ExitCodes.Failed, "Make one with 'calf setup'");
    }

    [Fact]
    public async Task Following_queues_a_request_and_unfollowing_takes_it_back()
    {
        await SetUp("--domain", "calf.example");
        await AddBob();

        var asked = await shell.Run("follow", "@bob@remote.example");
        Assert.Equal((ExitCodes.Ok, "@bob@remote.example asked\n"), (asked.Code, asked.Output));
        Assert.Contains("No server runs on this data folder", asked.Error);
        using var database = shell.Open();
        Assert.Equal(["Follow"], Sent(database));
        Assert.False(database.Read(c => FollowStore.Find(c, AccountStore.Owner(c)!.Id, 7))!.Accepted);

        using (DataFolderLock.Take(shell.Data, new Site("calf.example", "calf.example")))
            Assert.Equal("@bob@remote.example not followed\n", (await shell.Run("unfollow", "bob@remote.example")).AssertOk());
        Assert.Equal(["Follow", "Undo"], Sent(database));
        Assert.Null(database.Read(c => FollowStore.Find(c, AccountStore.Owner(c)!.Id, 7)));
        Assert.Equal(2, database.Read(c => c.Count($"SELECT count(*) FROM deliveries WHERE state = {DeliveryState.Waiting} AND inbox = 'https://remote.example/users/bob/inbox'")));
    }

    [Fact]
    public async Task Unfollowing_a_stranger_is_refused()
    {
        await SetUp("--domain", "calf.example");
        (await shell.Run("unfollow", "@eve@remote.example")).AssertFailed(ExitCodes.Failed, "is not known here");
        using var database = shell.Open();
        Assert.Empty(Sent(database));
    }

    private Task<Outcome> SetUp(params string[] more) =>
        shell.RunWith(Password + "\n", ["setup", "--username", "ida", "--password-stdin", .. more]);

    private async Task AddBob()
    {
        using var database = shell.Open();
        // Fetched just now, so that nobody has to be asked.
        var now = TimeProvider.System.GetUtcNow();
        await database.Write(c => AccountStore.Save(c, new Account
        {
            Id = 7,
            Uri = "https://remote.example/users/bob",
            Url = "https://remote.example/@bob",
            Username = "bob",
            Domain = "remote.example",
            Inbox = "https://remote.example/users/bob/inbox",
            CreatedAt = now,
            FetchedAt = now,
        }));
    }

    private static Status Find(Database database, string address) =>
        database.Read(c => StatusStore.Find(c, long.Parse(address[(address.LastIndexOf('/') + 1)..])))!;

    private static List<string> Sent(Database database) => database.Read(c => c.Query($"SELECT type FROM outgoing ORDER BY id", r => r.Text()));

    public void Dispose() => shell.Dispose();
}
