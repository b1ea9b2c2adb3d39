using System.Text;
using System.Text.Json.Nodes;
using Calf.ActivityPub;
using Calf.Federation.Inbox;
using Calf.Tests.Support;

namespace Calf.Tests.Federation;

/// <summary>Documents of Mastodon's own documentation, from the corpus: what a reader sees of each.</summary>
public sealed class RecordedNotesTests
{
    [Fact]
    [Trait("Wire", "080")]
    public void A_hashtag() => Assert.Equal(["cats"], Recorded("14").Remote.Tags.Hashtags);

    [Fact]
    [Trait("Wire", "081")]
    public void An_emoji()
    {
        var emoji = Assert.Single(Recorded("15").Remote.Tags.Emojis);
        Assert.Equal(("kappa", "https://example.com/emoji/123"), (emoji.Name, emoji.Uri));
        Assert.StartsWith("https://example.com/fil", emoji.Image.Url, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Wire", "077")]
    public void A_picture_with_its_point_and_one_with_its_blurhash()
    {
        var focused = Assert.Single(Recorded("16").Attachments);
        Assert.Equal(("image", "image/png", "https://example.com/files/cats.png", -0.55, 0.43), (focused.Type, focused.MediaType, focused.Url, focused.FocusX, focused.FocusY));
        Assert.Equal("UBL_:rOpGG-oBUNG,qRj2so|=eE1w^n4S5NH", Assert.Single(Recorded("17").Attachments).Blurhash);
    }

    [Fact]
    [Trait("Wire", "101")]
    public void A_poll_of_several_choices()
    {
        var poll = Recorded("4").Poll!;
        Assert.True(poll.Multiple);
        Assert.Equal(("apple", 3L), (poll.Options[0].Title, poll.Options[0].Votes));
    }

    [Theory]
    [Trait("Wire", "100")]
    [InlineData("5", "orange")]
    [InlineData("6", "banana")]
    public void A_vote(string number, string choice)
    {
        var create = JsonNode.Parse(Corpus.Text($"fediverse-jsonschema/tests/docs/mastodon/mastodon-example-{number}.json"))!;
        var vote = Read(create["object"]!.AsObject());
        Assert.True(vote.IsVote);
        Assert.Equal(choice, vote.Name);
    }

    private static PreparedStatus Recorded(string number)
    {
        var document = JsonNode.Parse(Corpus.Text($"fediverse-jsonschema/tests/docs/mastodon/mastodon-example-{number}.json"))!.AsObject();
        // The examples name no author; this one lives where they do.
        document["attributedTo"] = new Uri(new Uri(document["id"]!.GetValue<string>()), "/@alice").AbsoluteUri;
        return PreparedStatus.From(Read(document), CalfServer.NewClock());
    }

    private static RemoteObject Read(JsonObject document)
    {
        Assert.True(ParseLimits.TryParse(Encoding.UTF8.GetBytes(document.ToJsonString()), out var root, out _));
        var remote = RemoteObject.Read(root, out var reason);
        Assert.True(remote is not null, reason);
        return remote;
    }
}
