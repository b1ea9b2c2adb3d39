using System.Net;
using System.Text.Json;
using Calf.Federation.Inbox;
using Calf.Tests.Support;

namespace Calf.Tests.Federation;

/// <summary>Every recorded document, sent by a valid signer: nothing crashes, and each gets a verdict or is applied.</summary>
public sealed class InboxCorpusTests : RemoteWorld
{
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
            var verdictsBefore = VerdictCount();
            using var response = await Rae.Send(Alice, await File.ReadAllBytesAsync(file));
            Assert.True((int)response.StatusCode < 500, $"{file}: {response.StatusCode}");
            if (response.StatusCode != HttpStatusCode.Accepted) Assert.True(VerdictCount() == verdictsBefore + 1, $"{file} got {response.StatusCode} and no verdict");
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
            var id = $"{Rae.Actor}/activities/{sent++}";
            using var response = await Rae.Send(Alice, $$"""{"id":"{{id}}","type":"Create","actor":"{{Rae.Actor}}","object":{{inner}}}""");
            Assert.True((int)response.StatusCode < 500, $"{file}: {response.StatusCode}");
            if (response.StatusCode == HttpStatusCode.Accepted) accepted.Add((id, file));
        }
        Assert.True(sent > 0);
        await UntilNothingIsTriedAgain();

        foreach (var (id, file) in accepted)
        {
            // None of them concerns the owner, so none is stored and each has one reason.
            var verdict = Assert.Single(Alice.Database.Read(c => VerdictStore.About(c, id)));
            Assert.False(verdict.Reason.Contains("error of Calf", StringComparison.Ordinal), file);
        }
        Assert.Equal(0, Alice.Database.Read(c => c.Count($"SELECT count(*) FROM statuses")));
    }

    private async Task UntilNothingIsTriedAgain()
    {
        await Fediverse.Settle();
        for (var day = 0; day < 7 && Alice.Database.Read(InboxQueue.Count) > 0; day++)
        {
            Fediverse.Time.Advance(TimeSpan.FromDays(1));
            await Fediverse.Settle();
        }
        Assert.Equal(0, Alice.Database.Read(InboxQueue.Count));
    }

    private long VerdictCount() => Alice.Database.Read(c => c.Count($"SELECT count(*) FROM verdicts"));

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
