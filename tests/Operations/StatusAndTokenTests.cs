using System.Text.Json;
using Calf.Accounts;
using Calf.Federation.Gaps;
using Calf.Operations;
using Calf.Security;

namespace Calf.Tests.Operations;

public sealed class StatusAndTokenTests : IDisposable
{
    private readonly Shell shell = new();

    [Fact]
    public async Task Status_counts_what_is_there()
    {
        await shell.AddOwner("calf.example");
        using (var database = shell.Open())
        {
            await database.Write(c =>
            {
                c.Execute($"INSERT INTO outgoing (id, type, body, digest, created_at) VALUES (1, 'Create', {new byte[1]}, {new byte[1]}, 0)");
                foreach (var state in new[] { 0, 0, 0, 1, 1, 2 })
                    c.Execute($"INSERT INTO deliveries (outgoing_id, inbox, host, state) VALUES (1, 'https://a.example/inbox', 'a.example', {state})");
                c.Execute($"INSERT INTO hosts (host, parked_at) VALUES ('a.example', 5), ('b.example', NULL)");
                GapStore.Add(c, 1, DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddHours(9.5), ownerId: 0);
                c.Execute($"INSERT INTO seen_activities (activity_id, seen_at) VALUES ('https://a.example/1', 1800000000000), ('https://a.example/2', 1700000000000)");
            });
        }
        Directory.CreateDirectory(Path.Combine(shell.Data, "cache", "ab"));
        await File.WriteAllBytesAsync(Path.Combine(shell.Data, "cache", "ab", "cd.jpg"), new byte[1_500_000], TestContext.Current.CancellationToken);
        using var json = JsonDocument.Parse((await shell.Run("status", "--json")).AssertOk());
        var report = json.RootElement;
        Assert.Equal("@ida@calf.example", report.GetProperty("account").GetString());
        Assert.Equal(JsonValueKind.Null, report.GetProperty("server").ValueKind);
        Assert.Equal(3, report.GetProperty("queue").GetProperty("waiting").GetInt32());
        Assert.Equal(2, report.GetProperty("queue").GetProperty("delivered").GetInt32());
        Assert.Equal(1, report.GetProperty("queue").GetProperty("refused").GetInt32());
        Assert.Equal(1, report.GetProperty("queue").GetProperty("parked_hosts").GetInt32());
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(1_800_000_000_000), report.GetProperty("last_inbound").GetDateTimeOffset());
        Assert.InRange(report.GetProperty("sizes").GetProperty("database").GetInt64(), 4096, long.MaxValue);
        Assert.Equal((1_500_000, 2_048_000_000), (report.GetProperty("sizes").GetProperty("cache").GetInt64(), report.GetProperty("sizes").GetProperty("cache_budget").GetInt64()));
        Assert.Equal(Release.Version, report.GetProperty("version").GetString());
        Assert.Equal(JsonValueKind.Array, report.GetProperty("missing").ValueKind);

        var text = (await shell.Run("status")).AssertOk();
        Assert.Contains("3 waiting, 2 made, 1 given up, 1 servers not answering", text);
        Assert.Contains("does not run", text);
        Assert.Contains("away          offline 9 h: 0 posts from 0 accounts recovered so far", text);
        Assert.Matches("missing       (nothing|ffmpeg is missing.*Install ffmpeg)", text);
        Assert.Contains("cache         1.5 MB of 2048.0 MB", text);
    }

    [Fact]
    public async Task Status_says_which_process_serves()
    {
        await shell.AddOwner("calf.example");
        using var running = DataFolderLock.Take(shell.Data, new Site("calf.example", "calf.example"));
        Assert.Contains($"runs (process {Environment.ProcessId})", (await shell.Run("status")).AssertOk());
    }

    [Fact]
    public async Task A_token_is_stored_by_its_hash_with_the_scopes_asked_for()
    {
        await shell.AddOwner();
        var token = (await shell.Run("token", "--scopes", "read write:statuses", "--name", "my script")).AssertOk().TrimEnd('\n');
        using var database = shell.Open();
        var stored = database.Read(c => AccessTokenStore.Find(c, Tokens.Hash(token)));
        Assert.NotNull(stored);
        Assert.True(stored.ByOwner);
        Assert.Equal("read write:statuses", stored.Scopes);
        Assert.Equal("my script", database.Read(c => AppStore.Find(c, stored.AppId))!.Name);
    }

    [Fact]
    public async Task A_script_may_do_what_the_owner_may_with_the_server()
    {
        await shell.AddOwner();
        var token = (await shell.Run("token", "--scopes", "admin:write admin:read:reports")).AssertOk().TrimEnd('\n');
        using var database = shell.Open();
        Assert.Equal("admin:write admin:read:reports", database.Read(c => AccessTokenStore.Find(c, Tokens.Hash(token)))!.Scopes);
    }

    [Theory]
    [InlineData("")]
    [InlineData("admin")]
    [InlineData("admin:read:everything")]
    [InlineData("browser")]
    [InlineData("read:nothing")]
    [InlineData("read,write")]
    public async Task Unknown_scopes_are_refused(string scopes)
    {
        await shell.AddOwner();
        (await shell.Run("token", "--scopes", scopes)).AssertFailed(ExitCodes.Usage, "not a list of scopes");
        using var database = shell.Open();
        Assert.Empty(database.Read(AccessTokenStore.OfOwner));
    }

    [Fact]
    public async Task Without_an_account_there_is_no_token()
    {
        shell.Open().Dispose();
        (await shell.Run("token")).AssertFailed(ExitCodes.Failed, "Make one with 'calf setup'");
    }

    public void Dispose() => shell.Dispose();
}
