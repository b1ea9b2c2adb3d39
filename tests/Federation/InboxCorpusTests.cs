using System.Net;
using System.Text.Json;
using Calf.Federation.Inbox;
using Calf.Tests.Support;

namespace Calf.Tests.Federation;

/// <summary>Every recorded document, sent by a valid signer: nothing crashes, and each gets a verdict or is applied.</summary>
public sealed class InboxCorpusTests : IAsyncLifetime
{
    private readonly Fediverse fediverse = new();
    private CalfServer alice = null!;
    private StandIn rae = null!;

    public async ValueTask InitializeAsync()
    {
        alice = await fediverse.Join("alice.test");
        rae = new StandIn(fediverse);
    }

    public async ValueTask DisposeAsync()
    {
        rae.Dispose();
        await fediverse.DisposeAsync();
    }

    [Theory]
    [InlineData("w3c-activitystreams")]
    [InlineData("fedify")]
    [InlineData("granary")]
    [InlineData("json")]
    public async Task Every_document_gets_an_answer_and_a_verdict(string folder)
    {
        var files = Corpus.Files(folder);
        Assert.NotEmpty(files);
        foreach (var file in files)
        {
            var verdictsBefore = Verdicts();
            using var response = await rae.Send(alice, await File.ReadAllBytesAsync(file));
            Assert.True((int)response.StatusCode < 500, $"{file}: {response.StatusCode}");
            if (response.StatusCode != HttpStatusCode.Accepted) Assert.True(Verdicts() == verdictsBefore + 1, $"{file} got {response.StatusCode} and no verdict");
        }
        await UntilNothingIsTriedAgain();
    }

    [Theory]
    [InlineData("w3c-activitystreams")]
    [InlineData("fedify")]
    [InlineData("granary")]
    [InlineData("json")]
    public async Task Every_document_as_the_object_of_a_create_is_applied_or_explained(string folder)
    {
        var accepted = new List<(string Id, string File)>();
        var sent = 0;
        foreach (var file in Corpus.Files(folder))
        {
            if (Text(file) is not { } inner) continue;
            var id = $"{rae.Actor}/activities/{sent++}";
            using var response = await rae.Send(alice, $$"""{"id":"{{id}}","type":"Create","actor":"{{rae.Actor}}","object":{{inner}}}""");
            Assert.True((int)response.StatusCode < 500, $"{file}: {response.StatusCode}");
            if (response.StatusCode == HttpStatusCode.Accepted) accepted.Add((id, file));
        }
        Assert.True(sent > 0);
        await UntilNothingIsTriedAgain();

        foreach (var (id, file) in accepted)
        {
            // None of them concerns the owner, so none is stored and each has one reason.
            var verdict = Assert.Single(alice.Database.Read(c => VerdictStore.About(c, id)));
            Assert.False(verdict.Reason.Contains("error of Calf", StringComparison.Ordinal), file);
        }
        Assert.Equal(0, alice.Database.Read(c => c.Count($"SELECT count(*) FROM statuses")));
    }

    private async Task UntilNothingIsTriedAgain()
    {
        await fediverse.Settle();
        for (var day = 0; day < 7 && alice.Database.Read(InboxQueue.Count) > 0; day++)
        {
            fediverse.Time.Advance(TimeSpan.FromDays(1));
            await fediverse.Settle();
        }
        Assert.Equal(0, alice.Database.Read(InboxQueue.Count));
    }

    private long Verdicts() => alice.Database.Read(c => c.Count($"SELECT count(*) FROM verdicts"));

    /// <summary>The document's text if it can stand inside another one.</summary>
    private static string? Text(string file)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(file));
            return document.RootElement.GetRawText();
        }
        catch (Exception notText) when (notText is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
