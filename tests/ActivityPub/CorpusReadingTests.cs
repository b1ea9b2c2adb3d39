using System.Text.Json;
using Calf.ActivityPub;
using Calf.Tests.Support;

namespace Calf.Tests.ActivityPub;

public class CorpusReadingTests
{
    private static readonly string[] Folders = ["w3c-activitystreams", "fedify", "granary", "fediverse-jsonschema", "json", "nodeinfo", "eddsa-jcs-2022"];

    [Fact]
    public void Every_document_of_the_corpus_is_read_without_a_throw()
    {
        var read = 0;
        var actors = 0;
        var posts = 0;
        foreach (var file in Folders.SelectMany(f => Corpus.Files(f, "*.json")))
        {
            read++;
            if (!ParseLimits.TryParse(File.ReadAllBytes(file), out var root, out var reason))
            {
                Assert.NotEmpty(reason);
                continue;
            }
            foreach (var element in WithChildren(root))
            {
                ReadEverything(element);
                if (RemoteActor.Read(element, out _) is not null) actors++;
                if (RemoteObject.Read(element, out _) is not null) posts++;
            }
        }
        Assert.True(read >= 691, $"Only {read} documents were found.");
        // The reader must be tolerant, not blind: these are documents of real servers.
        Assert.True(actors >= 9, $"Only {actors} actors were understood.");
        Assert.True(posts >= 15, $"Only {posts} posts were understood.");
    }

    private static void ReadEverything(JsonElement element)
    {
        foreach (var name in (string[])["id", "type", "actor", "object", "to", "tag", "url", "icon", "published", "totalItems", "content", "@context"])
        {
            element.Id(name);
            element.Ids(name);
            element.Many(name);
            element.Text(name);
            element.Date(name);
            element.Number(name);
            element.Flag(name);
            LocalizedText.Read(element, name);
            RemoteLink.ReadAll(element, name);
            RemoteImage.Read(element, name);
        }
        RemoteActivity.Read(element, out _);
        RemoteAttachment.ReadAll(element);
        RemotePoll.Read(element);
        RemoteTags.Read(element, "https://example.com/1");
        RemoteKey.ReadAll(element, "https://example.com/1");
        RemoteField.ReadAll(element);
    }

    private static IEnumerable<JsonElement> WithChildren(JsonElement element)
    {
        yield return element;
        var children = element.ValueKind switch
        {
            JsonValueKind.Object => element.EnumerateObject().Select(p => p.Value),
            JsonValueKind.Array => element.EnumerateArray(),
            _ => Enumerable.Empty<JsonElement>(),
        };
        foreach (var descendant in children.SelectMany(WithChildren)) yield return descendant;
    }
}
