using System.Text;
using System.Text.Json;
using Calf.Accounts;
using Calf.Federation.Documents;
using Calf.Statuses;

namespace Calf.Tests.Federation;

public sealed class NoteBuilderTests
{
    private const string Followers = "https://social.alice.test/users/alice/followers";

    private static readonly Account Bob = Samples.Remote(2, "bob");

    [Theory]
    [InlineData(Visibility.Public, new[] { Audience.Everybody }, new[] { Followers, "https://bob.test/users/bob" })]
    [InlineData(Visibility.Unlisted, new[] { Followers }, new[] { Audience.Everybody, "https://bob.test/users/bob" })]
    [InlineData(Visibility.Private, new[] { Followers }, new[] { "https://bob.test/users/bob" })]
    [InlineData(Visibility.Direct, new[] { "https://bob.test/users/bob" }, new string[0])]
    public void Each_visibility_addresses_exactly_its_readers(Visibility visibility, string[] to, string[] cc)
    {
        var note = Json(Samples.Post(5, visibility), Parts() with { Named = [Bob] });
        Assert.Equal(to, Strings(note.GetProperty("to")));
        Assert.Equal(cc, Strings(note.GetProperty("cc")));
    }

    [Fact]
    [Trait("Wire", "074")]
    public void A_note_reads_as_it_was_written()
    {
        var note = Json(Samples.Post(5) with { SpoilerText = "Greetings", Sensitive = true, EditedAt = Samples.Start.AddHours(1) },
            Parts() with { Named = [Bob], Tags = ["Calf"] });
        Assert.Equal("https://social.alice.test/users/alice/statuses/5", note.GetProperty("id").GetString());
        Assert.Equal("Note", note.GetProperty("type").GetString());
        Assert.Equal("<p>Grüße &amp; <b>more</b></p>", note.GetProperty("content").GetString());
        Assert.Equal("<p>Grüße &amp; <b>more</b></p>", note.GetProperty("contentMap").GetProperty("de").GetString());
        Assert.Equal("text/markdown", note.GetProperty("source").GetProperty("mediaType").GetString());
        Assert.Equal("Greetings", note.GetProperty("summary").GetString());
        Assert.True(note.GetProperty("sensitive").GetBoolean());
        Assert.Equal("2026-11-23T18:05:00.000Z", note.GetProperty("published").GetString());
        Assert.Equal("2026-11-23T19:00:00.000Z", note.GetProperty("updated").GetString());
        Assert.Equal("@bob@bob.test", note.GetProperty("tag")[0].GetProperty("name").GetString());
        Assert.Equal("https://bob.test/users/bob", note.GetProperty("tag")[0].GetProperty("href").GetString());
        Assert.Equal("#Calf", note.GetProperty("tag")[1].GetProperty("name").GetString());
        Assert.Equal("https://social.alice.test/tags/calf", note.GetProperty("tag")[1].GetProperty("href").GetString());
        Assert.Equal(JsonValueKind.Array, note.GetProperty("attachment").ValueKind);
    }

    [Fact]
    public void A_silent_recipient_is_addressed_and_not_named()
    {
        var note = Json(Samples.Post(5, Visibility.Direct), Parts() with { Silent = [Bob] });
        Assert.Equal([Bob.Uri], Strings(note.GetProperty("to")));
        Assert.Empty(note.GetProperty("tag").EnumerateArray());
    }

    [Fact]
    public void What_is_not_set_is_left_out_and_text_is_not_escaped()
    {
        var text = Encoding.UTF8.GetString(DocumentsJson.Bytes(NoteBuilder.Build(Samples.Post(5), Parts(), Samples.Site)));
        Assert.DoesNotContain("null", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\\u", text, StringComparison.Ordinal);
        Assert.DoesNotContain("inReplyTo", text, StringComparison.Ordinal);
        Assert.StartsWith("{\"@context\":[\"https://www.w3.org/ns/activitystreams\",", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_longest_post_stays_under_64_KiB()
    {
        var text = new string('字', 5000);
        var note = NoteBuilder.Build(Samples.Post(5) with { Content = $"<p>{text}</p>", Source = text }, Parts(), Samples.Site);
        Assert.InRange(DocumentsJson.Bytes(note).Length, 45_000, 64 * 1024);
        var longer = NoteBuilder.Build(Samples.Post(5) with { Content = $"<p>{text}{text}</p>", Source = text + text }, Parts(), Samples.Site);
        Assert.InRange(DocumentsJson.Bytes(longer).Length, 30_000, 64 * 1024);
        Assert.Null(longer.ContentMap);
        Assert.Null(longer.Source);
    }

    [Fact]
    [Trait("Wire", "084")]
    public void A_reply_echoes_the_thread_it_is_in_and_a_first_post_begins_one()
    {
        var first = Json(Samples.Post(5), Parts());
        Assert.Equal("https://social.alice.test/users/alice/statuses/5/context", first.GetProperty("context").GetString());
        Assert.Equal(first.GetProperty("context").GetString(), first.GetProperty("conversation").GetString());

        var reply = Json(Samples.Post(6) with { InReplyToUri = "https://bob.test/1", Conversation = "tag:bob.test,2026:objectId=1" }, Parts());
        Assert.Equal("https://bob.test/1", reply.GetProperty("inReplyTo").GetString());
        Assert.Equal("tag:bob.test,2026:objectId=1", reply.GetProperty("conversation").GetString());
        Assert.False(reply.TryGetProperty("context", out _));
    }

    [Fact]
    [Trait("Wire", "083")]
    public void The_first_page_of_replies_is_embedded_and_names_the_next_only_when_full()
    {
        var few = Json(Samples.Post(5), Parts() with { Replies = [Samples.Post(6)] }).GetProperty("replies").GetProperty("first");
        Assert.Equal([Samples.Post(6).Uri], Strings(few.GetProperty("items")));
        Assert.False(few.TryGetProperty("next", out _));
        var many = Json(Samples.Post(5), Parts() with { Replies = [.. Enumerable.Range(6, CollectionBuilder.PageSize).Select(n => Samples.Post(n))] });
        Assert.Equal("https://social.alice.test/users/alice/statuses/5/replies?page=true&min_id=25",
            many.GetProperty("replies").GetProperty("first").GetProperty("next").GetString());
    }

    [Fact]
    public void An_activity_embeds_the_note_without_a_second_context()
    {
        var note = NoteBuilder.Build(Samples.Post(5), Parts(), Samples.Site);
        var create = new ActivityDocument
        {
            Context = note.Context,
            Id = $"{note.Id}/activity",
            Type = "Create",
            Actor = note.AttributedTo,
            To = note.To,
            Cc = note.Cc,
            Object = note with { Context = null },
        };
        var json = JsonDocument.Parse(DocumentsJson.Bytes(create)).RootElement;
        Assert.Equal("@context", json.EnumerateObject().First().Name);
        Assert.Equal(JsonValueKind.String, json.GetProperty("actor").ValueKind);
        Assert.Equal("Note", json.GetProperty("object").GetProperty("type").GetString());
        Assert.False(json.GetProperty("object").TryGetProperty("@context", out _));

        var like = new ActivityDocument { Context = LinkedDataContext.Plain, Id = "https://social.alice.test/1", Type = "Like", Actor = note.AttributedTo, Object = "https://bob.test/1" };
        Assert.Equal(
            """{"@context":"https://www.w3.org/ns/activitystreams","id":"https://social.alice.test/1","type":"Like","actor":"https://social.alice.test/users/alice","object":"https://bob.test/1"}""",
            Encoding.UTF8.GetString(DocumentsJson.Bytes(like)));
    }

    private static NoteParts Parts() => new(Samples.Owner, [], [], [], [], []);

    private static JsonElement Json(Status status, NoteParts parts) =>
        JsonDocument.Parse(DocumentsJson.Bytes(NoteBuilder.Build(status, parts, Samples.Site))).RootElement;

    private static IEnumerable<string> Strings(JsonElement array) => array.EnumerateArray().Select(e => e.GetString()!);
}
