using System.Security.Cryptography;
using System.Text;
using Calf.Media;
using Calf.Operations;
using Calf.Tests.Media;

namespace Calf.Tests.Operations;

/// <summary>Moving media between the data folder and a bucket, stopped and spoilt at every place. No file is ever in neither of the two.</summary>
public sealed class MediaVerbTests : IAsyncLifetime
{
    private readonly Shell shell = new();
    private readonly Dictionary<string, byte[]> files = [];
    private S3StandIn s3 = null!;
    private DiskFiles disk = null!;

    public async ValueTask InitializeAsync()
    {
        s3 = await S3StandIn.Start();
        s3.PageSize = 3;
        disk = new DiskFiles(Path.Combine(shell.Data, "media"));
        await shell.AddOwner();
        Choose("s3");
        for (var i = 0; i < 8; i++) await Add($"file {i}");
    }

    public async ValueTask DisposeAsync()
    {
        shell.Dispose();
        await s3.DisposeAsync();
    }

    [Fact]
    public async Task All_files_go_to_the_bucket_and_come_back()
    {
        Assert.Equal($"Moved 8 files (0.0 MB) to the bucket calf at {new Uri(s3.Endpoint).Authority}.\n", (await Move()).AssertOk());
        Assert.Empty(OnDisk());
        Assert.Equal(files.Keys.Order(), InBucket());
        Assert.Equal("Moved 0 files (0.0 MB) to", (await Move()).AssertOk()[..25]);

        var status = (await shell.Run("status")).AssertOk();
        Assert.Contains("0.0 MB in 8 files on ", status);
        Assert.Contains("can be reached", status);
        Assert.DoesNotContain(S3StandIn.SecretKey, status + (await shell.Run("status", "--json")).AssertOk());
        var backup = await shell.Run("backup", shell.File("calf.tar"));
        Assert.Equal(ExitCodes.Ok, backup.Code);
        Assert.Contains("8 files (0.0 MB) lie in the bucket calf", backup.Error);

        Choose("disk");
        Assert.Equal("Moved 8 files (0.0 MB) to the data folder.\n", (await Move()).AssertOk());
        Assert.Equal(files.Keys.Order(), OnDisk());
        Assert.Empty(s3.Files);
        foreach (var (name, content) in files) Assert.Equal(content, File.ReadAllBytes(disk.PathOf(name)));
    }

    [Theory]
    [InlineData("s3")]
    [InlineData("disk")]
    public async Task It_stops_between_two_files_and_goes_on_where_it_stopped(string target)
    {
        if (target == "disk") (await Move()).AssertOk();
        Choose(target);
        using var stop = new CancellationTokenSource();
        var moved = 0;
        s3.Before = (method, _) =>
        {
            if (method == (target == "s3" ? "PUT" : "DELETE") && ++moved == 3) stop.Cancel();
        };

        var stopped = await shell.RunWith("", ["media", "move"], stop.Token);

        stopped.AssertFailed(ExitCodes.Failed, "Stopped after 3 of 8 files");
        Assert.Equal((target == "s3" ? 5 : 3, target == "s3" ? 3 : 5), (OnDisk().Count, InBucket().Count));
        Assert.Equal(files.Keys.Order(), OnDisk().Concat(InBucket()).Order());
        Assert.StartsWith("Moved 5 files", (await Move()).AssertOk());
        Assert.Equal((target == "s3" ? 0 : 8, target == "s3" ? 8 : 0), (OnDisk().Count, InBucket().Count));
    }

    [Theory]
    [InlineData("PUT", 4)]
    [InlineData("GET", 5)]
    public async Task A_bucket_that_goes_out_of_reach_ends_it_and_loses_nothing(string method, int at)
    {
        var count = 0;
        s3.Before = (asked, key) => s3.Down |= asked == method && key.Length > 0 && ++count == at;

        (await Move()).AssertFailed(ExitCodes.Failed, "Run 'calf media move' again to go on.");

        Assert.Equal(files.Keys.Order(), OnDisk().Concat(InBucket()).Distinct().Order());
        Assert.NotEmpty(OnDisk());
        (s3.Down, s3.Before) = (false, (_, _) => { });
        (await Move()).AssertOk();
        Assert.Equal((0, 8), (OnDisk().Count, InBucket().Count));
    }

    [Fact]
    public async Task A_damaged_file_is_told_of_and_left_where_it_is()
    {
        var damaged = files.Keys.Order().ElementAt(2);
        File.WriteAllText(disk.PathOf(damaged), "other");

        var outcome = await Move();

        Assert.Equal(ExitCodes.Failed, outcome.Code);
        Assert.Contains($"{damaged} is damaged", outcome.Error);
        Assert.Contains("1 damaged files were left", outcome.Error);
        Assert.StartsWith("Moved 7 files", outcome.Output);
        Assert.Equal([damaged], OnDisk());
        Assert.DoesNotContain(damaged, InBucket());

        // And in the other direction.
        Choose("disk");
        var first = InBucket()[0];
        s3.Files["my/media/" + first] = [7];
        outcome = await Move();
        Assert.Contains($"{first} is damaged", outcome.Error);
        Assert.Equal([first], InBucket());
        Assert.Equal(8 - 1, OnDisk().Count);
        Assert.Empty(Directory.GetFiles(Path.Combine(shell.Data, "media", "moving")));
    }

    [Fact]
    public async Task What_the_bucket_does_not_give_back_as_it_was_stays_on_disk()
    {
        s3.Spoils = true;
        (await Move()).AssertFailed(ExitCodes.Failed, "did not come back as it was");
        Assert.Equal(files.Keys.Order(), OnDisk());
        s3.Spoils = false;
        (await Move()).AssertOk();
        Assert.Equal(files, s3.Files.ToDictionary(file => file.Key["my/media/".Length..], file => file.Value));
    }

    [Fact]
    public async Task A_running_server_that_would_not_find_the_files_is_told_of()
    {
        var site = new Site("calf.example", "calf.example");
        using (DataFolderLock.Take(shell.Data, site, "disk")) (await Move()).AssertFailed(ExitCodes.Failed, "Restart it");
        Assert.Equal(8, OnDisk().Count);
        var settings = new Settings();
        s3.Use(settings);
        using (DataFolderLock.Take(shell.Data, site, MediaStore.PlacesIn(settings.Media))) (await Move()).AssertOk();
    }

    [Fact]
    public async Task Without_a_bucket_it_says_what_to_set()
    {
        File.Delete(Path.Combine(shell.Data, "appsettings.json"));
        (await Move()).AssertFailed(ExitCodes.Usage, "Set Media:S3:Endpoint");
    }

    [Fact]
    public async Task Only_one_moves_at_a_time()
    {
        using (new FileStream(Path.Combine(shell.Data, "media-move.lock"), FileMode.Create, FileAccess.ReadWrite, FileShare.None))
            (await Move()).AssertFailed(ExitCodes.InUse, "Another 'calf media move' runs");
        (await Move()).AssertOk();
    }

    private Task<Outcome> Move() => shell.Run("media", "move");

    private void Choose(string store) => File.WriteAllText(Path.Combine(shell.Data, "appsettings.json"), $$"""
        { "Media": { "Store": "{{store}}", "FFmpeg": "", "S3": {
          "Endpoint": "{{s3.Endpoint}}", "Bucket": "calf", "AccessKey": "{{S3StandIn.AccessKey}}", "SecretKey": "{{S3StandIn.SecretKey}}", "Prefix": "my/media" } } }
        """);

    private async Task Add(string content)
    {
        var bytes = Encoding.UTF8.GetBytes(content);
        var name = $"{Convert.ToHexStringLower(SHA256.HashData(bytes))}.png";
        files[name] = bytes;
        await File.WriteAllBytesAsync(shell.File("new"), bytes, TestContext.Current.CancellationToken);
        await disk.Put(name, shell.File("new"), TestContext.Current.CancellationToken);
    }

    private List<string> OnDisk() => [.. Directory.EnumerateFiles(Path.Combine(shell.Data, "media"), "*.png", SearchOption.AllDirectories).Select(path => Path.GetFileName(path)).Order()];

    private List<string> InBucket() => [.. s3.Files.Keys.Select(key => key["my/media/".Length..]).Order()];
}
