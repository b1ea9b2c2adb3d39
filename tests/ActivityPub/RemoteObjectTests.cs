using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Calf.ActivityPub;

namespace Calf.Tests.ActivityPub;

public class RemoteObjectTests
{
    private const string Id = "https://peer.example/notes/1";
    private const string Author = "https://peer.example/users/alice";

    [Fact]
    [Trait("Wire", "075")]
    public void A_note_is_read_with_all_that_is_kept()
    {
        var note = Read("""
            {"content":"<p>Hi</p>","contentMap":{"en":"<p>Hi</p>"},"summary":"Careful","sensitive":null,"published":"2024-01-01T00:00:00Z","updated":"nonsense",
             "inReplyTo":{"id":"https://other.example/1"},"url":"https://peer.example/@alice/1","conversation":"tag:x","context":"https://peer.example/c/1",
             "to":["as:Public"],"cc":"https://peer.example/users/alice/followers","source":{"content":"Hi","mediaType":"text/markdown"},
             "replies":{"id":"https://peer.example/notes/1/replies","totalItems":4},"likes":{"totalItems":3},"shares":"https://peer.example/s",
             "tag":[{"type":"Mention","href":"https://me.example/users/me","name":"@me@me.example"},{"type":"Hashtag","name":"#Cats"},{"type":"Hashtag","name":"cats"},null,
                    {"type":"Link","mediaType":"application/ld+json; profile=\"https://www.w3.org/ns/activitystreams\"","href":"https://q.example/1"}],
             "attachment":{"type":"Document","mediaType":"image/png","url":"https://peer.example/a.png","name":"alt","summary":null,"blurhash":"LKO2","focalPoint":[0.5,-0.25],"width":"640","height":480}}
            """);
        Assert.Equal((Id, "Note", Author), (note.Uri, note.Type, note.AttributedTo));
        Assert.Equal(("<p>Hi</p>", "en", "Careful", false), (note.ContentHtml, note.Language, note.Summary, note.Sensitive));
        Assert.NotNull(note.Published);
        Assert.Null(note.Updated);
        Assert.Equal("https://other.example/1", note.InReplyTo);
        Assert.Equal(("Hi", "text/markdown"), (note.Source, note.SourceMediaType));
        Assert.True(note.Audience.ToPublic);
        Assert.False(note.Audience.CcPublic);
        Assert.Equal(("https://peer.example/notes/1/replies", 4L, 3L), (note.Replies, note.RepliesCount, note.LikesCount));
        Assert.Null(note.SharesCount);
        Assert.Equal([new RemoteMention("https://me.example/users/me", "@me@me.example")], note.Tags.Mentions);
        Assert.Equal(["Cats"], note.Tags.Hashtags);
        Assert.Equal("https://q.example/1", note.Quote);
        var file = Assert.Single(note.Attachments);
        Assert.Equal((RemoteAttachmentKind.Image, "alt", 0.5, -0.25, 640, 480), (file.Kind, file.Description, file.FocusX, file.FocusY, file.Width, file.Height));
        Assert.False(note.IsVote);
        Assert.Null(note.Poll);
    }

    [Theory]
    [Trait("Wire", "093")]
    [InlineData("""{"id":null}""")]
    [InlineData("""{"id":7}""")]
    [InlineData("""{"type":"Tombstone"}""")]
    [InlineData("""{"attributedTo":null}""")]
    [InlineData("""{"attributedTo":"https://other.example/users/alice"}""")]
    public void A_post_without_an_author_on_its_own_host_is_refused(string change)
    {
        Assert.Null(RemoteObject.Read(Document(change), out var reason));
        Assert.NotEmpty(reason);
    }

    [Fact]
    [Trait("Wire", "076")]
    public void The_author_of_a_video_is_the_person_and_its_page_is_the_html_link()
    {
        var video = Read("""
            {"type":"Video","name":"Cats","attributedTo":[{"type":"Group","id":"https://peer.example/channels/c"},{"type":"Person","id":"https://peer.example/users/alice"}],
             "url":[{"type":"Link","mediaType":"video/mp4","href":"https://peer.example/v.mp4"},{"type":"Link","mediaType":"text/html","href":"https://peer.example/w/1"}]}
            """);
        Assert.Equal((Author, "https://peer.example/w/1", "Cats"), (video.AttributedTo, video.Url, video.Name));
        Assert.True(video.IsTitled);
    }

    [Theory]
    [Trait("Wire", "071")]
    [InlineData("\u200B")]
    [InlineData("")]
    [InlineData(" ")]
    public void An_empty_summary_is_no_warning(string summary) => Assert.Null(Read($$"""{"summary":"{{summary}}"}""").Summary);

    [Fact]
    [Trait("Wire", "078")]
    public void A_link_attachment_is_a_card()
    {
        var card = Assert.Single(Read("""{"attachment":[{"type":"Link","href":"https://news.example/1"},"https://x.example/",{"type":"Document","url":"javascript:x"}]}""").Attachments);
        Assert.Equal((RemoteAttachmentKind.Card, "https://news.example/1"), (card.Kind, card.Url));
    }

    [Fact]
    [Trait("Wire", "100")]
    public void A_vote_has_a_name_and_nothing_to_read()
    {
        Assert.True(Read("""{"name":"Yes","inReplyTo":"https://me.example/1"}""").IsVote);
        Assert.False(Read("""{"name":"Yes","content":"x","inReplyTo":"https://me.example/1"}""").IsVote);
        Assert.False(Read("""{"name":"Yes"}""").IsVote);
    }

    [Fact]
    [Trait("Wire", "101")]
    public void A_poll_is_read_with_its_counts()
    {
        var poll = Read("""{"type":"Question","anyOf":[{"name":"A","replies":{"totalItems":3}},{"name":"B","replies":{"totalItems":-1}},{"name":""}],"endTime":"2024-01-02T00:00:00Z","votersCount":3}""").Poll!;
        Assert.Equal([new RemotePollOption("A", 3), new RemotePollOption("B", 0)], poll.Options);
        Assert.True(poll.Multiple);
        Assert.False(poll.IsClosed);
        Assert.Equal(3, poll.VotersCount);

        var closed = Read("""{"type":"Question","oneOf":{"name":"A"},"closed":"2024-01-02T00:00:00Z"}""").Poll!;
        Assert.False(closed.Multiple);
        Assert.True(closed.IsClosed);
        Assert.NotNull(closed.EndTime);
        Assert.Null(closed.VotersCount);
        Assert.True(Read("""{"type":"Question","oneOf":[{"name":"A"}],"closed":true}""").Poll!.IsClosed);
        Assert.Null(Read("""{"type":"Question"}""").Poll);
    }

    [Theory]
    [Trait("Wire", "105")]
    [InlineData("quote")]
    [InlineData("quoteUri")]
    [InlineData("quoteUrl")]
    [InlineData("_misskey_quote")]
    public void A_quote_is_read_in_every_spelling(string name) =>
        Assert.Equal("https://q.example/1", Read($$"""{"{{name}}":"https://q.example/1"}""").Quote);

    [Fact]
    [Trait("Wire", "068")]
    public void An_activity_is_read_and_one_of_another_host_than_its_actor_is_not()
    {
        var like = RemoteActivity.Read(Parse("""{"id":"https://peer.example/l/1","type":"Like","actor":["https://peer.example/users/alice"],"object":{"id":"https://me.example/1"}}"""), out _)!;
        Assert.Equal(("Like", Author, "https://me.example/1"), (like.Type, like.Actor, like.ObjectUri));

        foreach (var bad in (string[])["{}", """{"type":"Like","actor":"x","id":"y"}""", """{"id":"https://other.example/1","type":"Like","actor":"https://peer.example/a"}"""])
        {
            Assert.Null(RemoteActivity.Read(Parse(bad), out var reason));
            Assert.NotEmpty(reason);
        }
    }

    private static RemoteObject Read(string change)
    {
        var post = RemoteObject.Read(Document(change), out var reason);
        Assert.True(post is not null, reason);
        return post;
    }

    private static JsonElement Document(string change)
    {
        var document = new JsonObject { ["id"] = Id, ["type"] = "Note", ["attributedTo"] = Author };
        foreach (var (name, value) in JsonNode.Parse(change)!.AsObject()) document[name] = value?.DeepClone();
        return Parse(document.ToJsonString());
    }

    private static JsonElement Parse(string json)
    {
        Assert.True(ParseLimits.TryParse(Encoding.UTF8.GetBytes(json), out var root, out _));
        return root;
    }
}
