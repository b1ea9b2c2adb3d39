using System.Text.Json;
using System.Text.Json.Nodes;
using Calf.ActivityPub;
using Calf.Federation.Inbox;
using Calf.Tests.Support;

namespace Calf.Tests.ActivityPub;

/// <summary>
/// GHSA-gg8q-rcg7-p79g (Mastodon, CVE-2026-23962): one post with tens of thousands of poll options made the server and the apps of its readers come to a
/// standstill. Nothing that another server may repeat or lengthen is taken without end.
/// </summary>
[Trait("Wire", "119")]
public sealed class LimitsAdvisoryTests
{
    private const string Actor = "https://peer.example/users/ann";
    private const int Many = 10_000;

    [Theory]
    [InlineData("oneOf")]
    [InlineData("anyOf")]
    public void A_poll_has_so_many_options_of_such_a_length(string kind)
    {
        var poll = RemoteObject.Read(Status("Question", kind, n => new JsonObject { ["type"] = "Note", ["name"] = $"{n} {new string('x', 5000)}" }), out _)!.Poll!;
        Assert.Equal(ParseLimits.MaxPollOptions, poll.Options.Count);
        Assert.All(poll.Options, o => Assert.InRange(o.Title.Length, 1, ParseLimits.MaxNameLength));
    }

    [Theory]
    [InlineData("Hashtag")]
    [InlineData("Mention")]
    [InlineData("Emoji")]
    public void A_post_has_so_many_tags(string type)
    {
        var tags = RemoteObject.Read(Status("Note", "tag", n => new JsonObject
        {
            ["type"] = type,
            ["name"] = $"n{n}",
            ["href"] = $"https://peer.example/{n}",
            ["icon"] = new JsonObject { ["type"] = "Image", ["url"] = "https://peer.example/e.png" },
        }), out _)!.Tags;
        Assert.InRange(tags.Hashtags.Count + tags.Mentions.Count + tags.Emojis.Count, 1, ParseLimits.MaxItems);
    }

    [Fact]
    public void A_post_has_so_many_files_and_so_much_text()
    {
        var files = PreparedStatus.From(
            RemoteObject.Read(Status("Note", "attachment", n => new JsonObject { ["type"] = "Image", ["url"] = $"https://peer.example/{n}.png", ["name"] = new string('x', 50_000) }, 100), out _)!,
            CalfServer.NewClock()).Attachments;
        Assert.Equal(PreparedStatus.MaxAttachments, files.Count);
        Assert.All(files, f => Assert.InRange(f.Description.Length, 1, 10_000));

        var long_ = new string('x', 2 * ParseLimits.MaxContentLength);
        var text = RemoteObject.Read(Element(new JsonObject { ["id"] = $"{Actor}/1", ["type"] = "Note", ["attributedTo"] = Actor, ["content"] = long_, ["summary"] = long_, ["name"] = long_ }), out _)!;
        Assert.InRange(text.ContentHtml!.Length, 1, ParseLimits.MaxContentLength);
        Assert.InRange(text.Summary!.Length, 1, ParseLimits.MaxContentLength);
    }

    [Fact]
    public void An_actor_has_so_many_fields_names_and_keys_of_such_a_length()
    {
        var words = new string('x', 100_000);
        JsonArray Repeat(Func<int, JsonNode> item) => [.. Enumerable.Range(0, Many / 10).Select(item)];
        var actor = RemoteActor.Read(Element(new JsonObject
        {
            ["id"] = Actor,
            ["type"] = "Person",
            ["preferredUsername"] = "ann",
            ["inbox"] = $"{Actor}/inbox",
            ["name"] = words,
            ["summary"] = words,
            ["alsoKnownAs"] = Repeat(n => $"https://peer.example/{n}"),
            ["attachment"] = Repeat(n => new JsonObject { ["type"] = "PropertyValue", ["name"] = $"{n} {words[..3000]}", ["value"] = words[..3000] }),
            ["publicKey"] = Repeat(n => new JsonObject { ["id"] = $"{Actor}#{n}", ["owner"] = Actor, ["publicKeyPem"] = "x" }),
            ["assertionMethod"] = Repeat(n => new JsonObject { ["id"] = $"{Actor}#m{n}", ["type"] = "Multikey", ["controller"] = Actor, ["publicKeyMultibase"] = "z6Mk" }),
        }), out _)!;
        Assert.Equal((ParseLimits.MaxFields, ParseLimits.MaxAliases), (actor.Fields.Count, actor.AlsoKnownAs.Count));
        Assert.All(actor.Fields, f => Assert.True(f.Name.Length <= ParseLimits.MaxNameLength && f.Value.Length <= ParseLimits.MaxNameLength));
        Assert.InRange(actor.Keys.Count, 1, ParseLimits.MaxKeys);
        Assert.InRange(actor.Name!.Length, 1, ParseLimits.MaxNameLength);
        Assert.InRange(actor.SummaryHtml!.Length, 1, ParseLimits.MaxBioLength);
        foreach (var tooLong in (string[])[new('a', ParseLimits.MaxUsernameLength + 1), "a b", "a@b", "a/b", "<b>"])
            Assert.Null(RemoteActor.Read(Element(new JsonObject { ["id"] = Actor, ["type"] = "Person", ["preferredUsername"] = tooLong, ["inbox"] = $"{Actor}/inbox" }), out _));
    }

    private static JsonElement Status(string type, string member, Func<int, JsonNode> item, int count = Many) => Element(new JsonObject
    {
        ["id"] = $"{Actor}/1",
        ["type"] = type,
        ["attributedTo"] = Actor,
        ["content"] = "x",
        [member] = new JsonArray([.. Enumerable.Range(0, count).Select(item)]),
    });

    private static JsonElement Element(JsonNode node) => JsonElement.Parse(node.ToJsonString());
}
