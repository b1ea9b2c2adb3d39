using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Calf.Accounts;
using Calf.Media;
using Calf.Operations;
using Calf.Security;
using Calf.Statuses;
using Calf.Store;
using Calf.Tests.Media;

namespace Calf.Tests.Operations;

/// <summary>
/// The daily work with much to do, beside people who read, write and look at pictures: every answer is right, and nothing goes that is in
/// use. How long they wait is measured by tests/bench.
/// </summary>
public sealed class KeepingBesideRequestsTests : IAsyncLifetime
{
    private const string Token = "token";
    private const int Old = 1200, Young = 30, Files = 40, Pictures = 12, Readers = 4;

    private readonly List<string> orphans = [];
    private readonly Dictionary<string, byte[]> used = [];
    private readonly List<long> old = [];
    private readonly byte[] noise = Drawings.Noise(230, 230);
    private MediaOrigin origin = null!;
    private string[] home = [];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        // Five of the pictures fit.
        origin = await MediaOrigin.Start(megabytes: 1);
        for (var n = 0; n < Pictures; n++) origin.Serve(Remote(n), noise);
        var now = origin.Fediverse.Time.GetUtcNow();
        await origin.Calf.Database.Write(c =>
        {
            AppStore.Add(c, new ClientApp(7, "client", "App", null, ["https://app.test/"], "read write", now), Tokens.Hash("secret"));
            AccessTokenStore.Add(c, Tokens.Hash(Token), 7, byOwner: true, "read write", now);
            var bob = Ids.At(now);
            AccountStore.Save(c, new Account { Id = bob, Uri = "https://far.test/users/bob", Url = "https://far.test/@bob", Username = "bob", Domain = "far.test", Type = "Person", Inbox = "https://far.test/inbox", CreatedAt = now, FetchedAt = now });
            for (var n = 0; n < Old; n++) old.Add(AddStatus(c, Ids.FloorOf(now.AddDays(-100)) + n, bob));
            home = [.. Enumerable.Range(0, Young).Select(n => AddStatus(c, Ids.FloorOf(now.AddDays(-1)) + n, bob)).Reverse().Take(20).Select(id => $"{id}")];
        });
        for (var n = 0; n < Files; n++) orphans.Add(await Save([.. "orphan "u8, (byte)n]));
        for (var n = 0; n < Files; n++) used[await Save([.. "used "u8, (byte)n])] = [.. "used "u8, (byte)n];
        await origin.Calf.Database.Write(c =>
        {
            foreach (var (name, n) in used.Keys.Select((name, n) => (name, n)))
                UploadStore.Add(c, new Upload(n + 1, "image", "image/png", name, null, 6, null, 1, 1, "", null), now);
            UploadStore.MarkUsed(c, [.. Enumerable.Range(1, Files).Select(n => (long)n)]);
        });
    }

    public ValueTask DisposeAsync() => origin.DisposeAsync();

    [Fact]
    public async Task Every_answer_is_right_and_nothing_goes_that_is_in_use()
    {
        var (begun, done) = (new CountdownEvent(Readers), new TaskCompletionSource());
        var readers = Enumerable.Range(0, Readers).Select(first => Task.Run(() => Read(first, begun, done.Task), Stop)).ToList();
        var kept = new List<long>();
        var writer = Task.Run(() => Bookmark(kept), Stop);
        await Task.Run(() => begun.Wait(Stop), Stop);

        var went = await origin.Calf.Get<DiskKeeping>().Step(Stop);

        await writer;
        done.SetResult();
        await Task.WhenAll(readers);
        Assert.NotEmpty(kept);
        Assert.InRange(origin.OnDisk, 1, origin.Calf.Get<RemoteCache>().Budget);
        Assert.All(orphans, name => Assert.False(File.Exists(Disk.PathOf(name))));
        Assert.All(used, file => Assert.Equal(file.Value, File.ReadAllBytes(Disk.PathOf(file.Key))));
        var left = origin.Calf.Database.Read(c => StatusStore.FindInOrder(c, old)).Select(s => s.Id).ToHashSet();
        Assert.Equal(Files + Old - left.Count, went);
        // What was bookmarked too late had gone already, and that was said.
        Assert.Equal(kept.Order(), left.Order());
    }

    /// <summary>Again and again until all is done, and once more afterwards.</summary>
    private async Task Read(int first, CountdownEvent begun, Task done)
    {
        using var client = Client();
        var last = false;
        for (var n = first; !last; n += Readers)
        {
            last = done.IsCompleted;
            var timeline = JsonElement.Parse(await client.GetStringAsync("/api/v1/timelines/home?limit=20", Stop));
            Assert.Equal(home, timeline.EnumerateArray().Select(status => status.GetProperty("id").GetString()!));
            Assert.Equal(home[n % 20], JsonElement.Parse(await client.GetStringAsync($"/api/v1/statuses/{home[n % 20]}", Stop)).GetProperty("id").GetString());
            var (name, content) = used.ElementAt(n % Files);
            Assert.Equal(content, await client.GetByteArrayAsync($"/media/{name}", Stop));
            for (var i = 0; i < 3; i++) Assert.Equal(noise, await origin.Bytes(Remote((n * 3 + i) % Pictures)));
            if (n == first) begun.Signal();
        }
    }

    /// <summary>Old posts, which go at the same time: either one stays for ever, or it was gone already.</summary>
    private async Task Bookmark(List<long> kept)
    {
        using var client = Client();
        for (var n = 0; n < Old; n += 10)
        {
            using var answer = await client.PostAsync($"/api/v1/statuses/{old[Old - 1 - n]}/bookmark", null, Stop);
            if (answer.StatusCode == HttpStatusCode.OK) kept.Add(old[Old - 1 - n]);
            else Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    private static string Remote(int n) => $"https://far.test/{n}.png";

    private DiskFiles Disk => origin.Calf.Get<DiskFiles>();

    private HttpClient Client()
    {
        var client = origin.Calf.Client();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        return client;
    }

    private static long AddStatus(Connection c, long id, long author)
    {
        StatusStore.Add(c, new Status { Id = id, Uri = $"https://far.test/{id}", Url = $"https://far.test/{id}", AccountId = author, Content = "<p>Moo</p>", CreatedAt = Ids.TimeOf(id) });
        Calf.Timelines.TimelineStore.AddToHome(c, id);
        return id;
    }

    /// <summary>A file as it lies there after two days by the test's clock.</summary>
    private async Task<string> Save(byte[] content)
    {
        var name = await origin.Calf.Get<MediaStore>().Save(content, MediaType.Png, Stop);
        File.SetLastWriteTimeUtc(Disk.PathOf(name), origin.Fediverse.Time.GetUtcNow().AddDays(-2).UtcDateTime);
        return name;
    }
}
