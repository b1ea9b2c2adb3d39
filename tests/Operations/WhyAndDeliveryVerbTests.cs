using Calf.Accounts;
using Calf.Federation.Delivery;
using Calf.Federation.Inbox;
using Calf.Follows;
using Calf.Operations;

namespace Calf.Tests.Operations;

/// <summary><c>calf why</c> and <c>calf delivery</c>, beside a server and without one.</summary>
public sealed class WhyAndDeliveryVerbTests : IDisposable
{
    private readonly Shell shell = new();

    [Fact]
    public async Task Why_says_in_sentences_what_is_known()
    {
        await SetUp();
        const string Post = "https://far.example/@bob/5";
        Assert.Equal($"""
            It never came here: no server has delivered it, and nobody here has looked at it.
            - You do not follow @bob@far.example, so their server does not send their posts here.
            Ask its server and fetch it with --fetch.
            https://calf.example/people/7

            """, (await shell.Run("why", Post)).AssertOk());
        using (var database = shell.Open())
        {
            await database.Write(c => VerdictStore.Add(c, new Verdict(
                new DateTimeOffset(2026, 11, 3, 4, 5, 6, TimeSpan.Zero), "far.example", "https://far.example/users/bob", "https://far.example/a", "Create", "https://far.example/users/bob/statuses/5", 401, "The signature is wrong.")));
        }
        using (DataFolderLock.Take(shell.Data, new Site("calf.example", "calf.example")))
        {
            var refused = (await shell.Run("why", Post)).AssertOk();
            Assert.StartsWith("It came here and was not taken: The signature is wrong.\n", refused, StringComparison.Ordinal);
            Assert.Contains("\n- 2026-11-03 far.example sent a Create, answered 401: The signature is wrong.\n", refused, StringComparison.Ordinal);
        }
        (await shell.Run("why", "what")).AssertFailed(ExitCodes.Usage, "neither an address nor a handle");
        Assert.StartsWith("@bob@far.example is known here, but not all of their posts go home.\n", (await shell.Run("why", "@bob@far.example")).AssertOk(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Delivery_says_who_has_a_post_and_sends_it_again()
    {
        await SetUp();
        using var database = shell.Open();
        await database.Write(c => FollowStore.Save(c, new Follow(7, AccountStore.Owner(c)!.Id, "https://far.example/f", true, true, false, DateTimeOffset.UnixEpoch)));
        var address = (await shell.Run("post", "Hello")).Output.TrimEnd('\n');
        var id = address[(address.LastIndexOf('/') + 1)..];
        Assert.StartsWith("0 delivered, 1 waiting, 0 refused\nwaiting    far.example  It is not its turn yet. 0 tries, next ", (await shell.Run("delivery", address)).AssertOk(), StringComparison.Ordinal);

        await database.Write(c =>
        {
            c.Execute($"UPDATE deliveries SET state = {DeliveryState.Refused}, attempts = 16, last_error = 'given up after 16 tries; at last it answered 503'");
            c.Execute($"DELETE FROM lanes");
        });
        Assert.Equal("0 delivered, 0 waiting, 1 refused\nrefused    far.example  Calf stopped after 16 tries. It has trouble of its own (503). 16 tries\n", (await shell.Run("delivery", id)).AssertOk());
        (await shell.Run("delivery", id, "--retry", "other.example")).AssertFailed(ExitCodes.Failed, "nothing of this post to send to other.example");
        var again = await shell.Run("delivery", address, "--retry", "far.example");
        Assert.StartsWith("0 delivered, 1 waiting, 0 refused\n", again.Output, StringComparison.Ordinal);
        Assert.Contains("No server runs", again.Error, StringComparison.Ordinal);
        await database.Write(c => c.Execute($"UPDATE deliveries SET state = {DeliveryState.Delivered}"));
        (await shell.Run("delivery", address, "--retry", "all")).AssertFailed(ExitCodes.Failed, "nothing to send again");
        (await shell.Run("delivery", "https://far.example/@bob/5")).AssertFailed(ExitCodes.Failed, "is not a post of yours");
        (await shell.Run("delivery", "12")).AssertFailed(ExitCodes.Failed, "is not a post of yours");
    }

    private async Task SetUp()
    {
        (await shell.RunWith("correct horse battery staple\n", ["setup", "--username", "ida", "--password-stdin", "--domain", "calf.example"])).AssertOk();
        using var database = shell.Open();
        var now = TimeProvider.System.GetUtcNow();
        await database.Write(c => AccountStore.Save(c, new Account
        {
            Id = 7,
            Uri = "https://far.example/users/bob",
            Url = "https://far.example/@bob",
            Username = "bob",
            Domain = "far.example",
            Inbox = "https://far.example/users/bob/inbox",
            CreatedAt = now,
            FetchedAt = now,
        }));
    }

    public void Dispose() => shell.Dispose();
}
