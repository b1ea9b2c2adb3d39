using System.Text;
using System.Text.Json.Nodes;
using Calf.ActivityPub;
using Calf.Federation.Inbox;
using Calf.Security;
using Calf.Tests.Support;

namespace Calf.Tests.Federation;

/// <summary>What a reader sees of the objects of many servers: title, text, files, author, language, warning and page.</summary>
public sealed class ObjectShapesTests
{
    private const string Host = "https://peer.example";
    private const string Author = "https://peer.example/users/ann";

    [Fact]
    [Trait("Wire", "075")]
    [Trait("Wire", "076")]
    public void A_PeerTube_video_plays_here_and_is_by_the_person_not_by_the_channel()
    {
        var seen = Seen("""
            {"type":"Video","name":"Calves at play","duration":"PT95S","mediaType":"text/markdown","content":"In the **meadow**\r\nSee https://meadow.example/","language":{"identifier":"fr","name":"Français"},
             "sensitive":false,"support":"Buy hay","summary":null,
             "attributedTo":[{"type":"Person","id":"https://peer.example/users/ann"},{"type":"Group","id":"https://peer.example/video-channels/farm"}],
             "icon":[{"type":"Image","url":"https://peer.example/small.jpg","mediaType":"image/jpeg","width":280,"height":157},{"type":"Image","url":"https://peer.example/large.jpg","mediaType":"image/jpeg","width":850,"height":480}],
             "url":[{"type":"Link","mediaType":"text/html","href":"https://peer.example/w/1"},
                    {"type":"Link","mediaType":"application/x-mpegURL","href":"https://peer.example/1.m3u8","tag":[{"type":"Infohash","name":"ab"},
                      {"type":"Link","mediaType":"video/mp4","href":"https://peer.example/1080.mp4","height":1080,"width":1920},
                      {"type":"Link","mediaType":"video/mp4","href":"https://peer.example/720.mp4","height":720,"width":1280},
                      {"type":"Link","mediaType":"application/x-bittorrent","href":"https://peer.example/720.torrent","height":720},
                      {"type":"Link","mediaType":"video/mp4","href":"https://peer.example/360.mp4","height":360,"width":640}]},
                    {"type":"Link","rel":["tracker","websocket"],"href":"wss://peer.example/socket"}]}
            """);
        Assert.Equal(Author, seen.Remote.AttributedTo);
        Assert.Equal(("Calves at play", "fr", "https://peer.example/w/1"), (seen.Title, seen.Remote.Language, seen.Remote.Url));
        Assert.StartsWith("<p><strong>Calves at play</strong></p><p>In the <strong>meadow</strong><br>", seen.Content, StringComparison.Ordinal);
        Assert.Contains("href=\"https://meadow.example/\"", seen.Content);
        Assert.Contains("href=\"https://peer.example/w/1\"", seen.Content);
        var film = Assert.Single(seen.Attachments);
        Assert.Equal(("video", "https://peer.example/720.mp4", "https://peer.example/large.jpg", 1280, 720, 95), (film.Type, film.Url, film.PreviewUrl, film.Width, film.Height, film.Duration));
    }

    [Fact]
    [Trait("Wire", "075")]
    public void An_article_shows_title_text_and_link_and_its_summary_only_when_it_says_more()
    {
        var wordpress = Seen("""
            {"type":"Article","name":"Hay &amp; grass","summary":"It is green and grows on the meadow, where […]","summaryMap":{"en":"It is green and grows on the meadow, where […]"},
             "content":"<p>It is green and grows on the meadow, where calves live.</p><h2>More</h2><figure><img src=\"x.jpg\"></figure>","contentMap":{"en":"<p>It is green</p>"},
             "image":{"type":"Image","url":"https://peer.example/hay.jpg","name":"A field"},"url":"https://peer.example/2026/hay/","mediaType":"text/html","attachment":[]}
            """);
        Assert.Equal(("Hay & grass", "", "en"), (wordpress.Title, wordpress.SpoilerText, wordpress.Remote.Language));
        Assert.StartsWith("<p><strong>Hay &amp; grass</strong></p><p>It is green and grows", wordpress.Content, StringComparison.Ordinal);
        Assert.DoesNotContain("[…]", wordpress.Content);
        Assert.DoesNotContain("<img", wordpress.Content);
        Assert.Contains("More", wordpress.Content);
        Assert.Contains("https://peer.example/2026/hay/", wordpress.Content);
        Assert.Equal(("https://peer.example/hay.jpg", "A field"), (wordpress.Attachments[0].Url, wordpress.Attachments[0].Description));

        var ghost = Seen("""{"type":"Article","name":"News","summary":"What was new in May","content":"<p>Much</p>","url":"https://peer.example/news/","image":"https://peer.example/cover.png","preview":{"type":"Note","content":"<p>What was new</p>"}}""");
        Assert.Equal("<p><strong>News</strong></p><p>What was new in May</p><p>Much</p><p><a href=\"https://peer.example/news/\"", ghost.Content[..ghost.Content.IndexOf(" rel", StringComparison.Ordinal)]);
        Assert.Equal("https://peer.example/cover.png", Assert.Single(ghost.Attachments).Url);
    }

    [Fact]
    [Trait("Wire", "075")]
    public void A_very_long_article_is_shown_by_its_beginning_and_a_link()
    {
        var seen = Seen($$"""{"type":"Article","name":"A book","content":"{{string.Concat(Enumerable.Repeat("<p>word word word</p>", 5000))}}","url":"https://peer.example/book"}""");
        Assert.InRange(seen.Content.Length, ObjectText.BeginningLength, 2 * ObjectText.BeginningLength);
        Assert.Contains("…", seen.Content);
        Assert.Contains("https://peer.example/book", seen.Content);
    }

    [Theory]
    [Trait("Wire", "119")]
    [InlineData("> ")]
    [InlineData("[")]
    [InlineData("![a](")]
    [InlineData("- ")]
    [InlineData("*a_")]
    [InlineData("`")]
    [InlineData("<a>")]
    [InlineData("http://a.b/(")]
    public void Hostile_Markdown_costs_little_and_loses_nothing_but_its_form(string piece)
    {
        foreach (var length in (int[])[RemoteMarkup.MaxMarkdown - 100, 500_000])
        {
            var text = "beginning " + string.Concat(Enumerable.Repeat(piece, length / piece.Length));
            var seen = Seen(new JsonObject { ["type"] = "Note", ["mediaType"] = "text/markdown", ["content"] = text }.ToJsonString());
            Assert.Contains("beginning", seen.Content);
            Assert.DoesNotContain("<img", seen.Content);
        }
    }

    [Fact]
    [Trait("Wire", "078")]
    public void A_Lemmy_page_has_a_card_for_its_link_or_the_picture_it_links()
    {
        const string page = """{"type":"Page","name":"Cows can swim","to":["https://peer.example/c/cows","https://www.w3.org/ns/activitystreams#Public"],"audience":"https://peer.example/c/cows","content":"<p>Look</p>","language":{"identifier":"de","name":"Deutsch"},"source":{"content":"Look","mediaType":"text/markdown"},ATTACHED}""";
        var link = Seen(page.Replace("ATTACHED", "\"attachment\":[{\"type\":\"Link\",\"href\":\"https://news.example/cows\"}],\"image\":{\"type\":\"Image\",\"url\":\"https://peer.example/thumb.jpg\"}", StringComparison.Ordinal));
        Assert.Equal(("https://news.example/cows", "Cows can swim", "https://peer.example/thumb.jpg"), (link.Card!.Url, link.Card.Title, link.Card.ImageUrl));
        Assert.Empty(link.Attachments);
        Assert.Equal("de", link.Remote.Language);

        var picture = Seen(page.Replace("ATTACHED", "\"attachment\":[{\"type\":\"Link\",\"href\":\"https://peer.example/pictrs/image/1.webp?format=webp\"}]", StringComparison.Ordinal));
        Assert.Null(picture.Card);
        Assert.Equal("image", Assert.Single(picture.Attachments).Type);

        var piefed = Seen(page.Replace("ATTACHED", "\"attachment\":[{\"type\":\"Image\",\"url\":\"https://peer.example/cow.jpg\",\"name\":\"A cow in a lake\"}]", StringComparison.Ordinal));
        Assert.Equal("A cow in a lake", Assert.Single(piefed.Attachments).Description);
        Assert.StartsWith("<p><strong>Cows can swim</strong></p><p>Look</p>", piefed.Content, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Wire", "075")]
    public void A_Mobilizon_event_says_when_and_where()
    {
        var seen = Seen("""
            {"type":"Event","name":"Barn dance","content":"<p>Bring boots.</p>","startTime":"2026-12-11T20:00:00+01:00","endTime":"2026-12-11T22:00:00+01:00","inLanguage":"en","actor":"https://peer.example/@x",
             "location":{"type":"Place","name":"The barn","address":{"type":"PostalAddress","streetAddress":"1 Lane","addressLocality":"Hamlet","addressCountry":"Wales","addressRegion":null}},
             "attachment":[{"type":"Document","name":"Banner","mediaType":"image/jpeg","url":"https://peer.example/banner.jpg"}],"url":"https://peer.example/events/1"}
            """);
        Assert.StartsWith("<p><strong>Barn dance</strong></p><p>11 December 2026, 19:00 to 21:00 UTC</p><p>The barn, 1 Lane, Hamlet, Wales</p><p>Bring boots.</p>", seen.Content, StringComparison.Ordinal);
        Assert.Equal(("en", "Banner"), (seen.Remote.Language, Assert.Single(seen.Attachments).Description));
    }

    [Fact]
    public void A_Funkwhale_track_and_a_Pixelfed_album_have_their_files()
    {
        var track = Seen("""{"type":"Audio","name":"Moo","url":[{"type":"Link","mediaType":"audio/mpeg","href":"https://peer.example/moo.mp3"},{"type":"Link","mediaType":"text/html","href":"https://peer.example/moo"}],"image":{"type":"Image","url":"https://peer.example/cover.jpg"}}""");
        var sound = Assert.Single(track.Attachments);
        Assert.Equal(("audio", "https://peer.example/moo.mp3", "https://peer.example/cover.jpg"), (sound.Type, sound.Url, sound.PreviewUrl));
        Assert.Equal("https://peer.example/moo", track.Remote.Url);

        var pictures = string.Join(',', Enumerable.Range(1, 25).Select(n => $$"""{"type":"Image","mediaType":"image/jpeg","url":"https://peer.example/{{n}}.jpg","name":"Calf {{n}}","blurhash":"UAAA"}"""));
        var album = Seen($$"""{"type":"Note","content":"","attachment":[{{pictures}}],"capabilities":{"announce":"https://www.w3.org/ns/activitystreams#Public"},"commentsEnabled":true}""");
        Assert.Equal(PreparedStatus.MaxAttachments, album.Attachments.Count);
        Assert.Equal(("Calf 1", "UAAA"), (album.Attachments[0].Description, album.Attachments[0].Blurhash));
        Assert.Equal("", album.Content);
    }

    [Fact]
    [Trait("Wire", "077")]
    public void Alt_text_is_the_summary_else_the_name_and_a_blank_one_is_none()
    {
        string? Alt(string parts) => Assert.Single(Seen($$"""{"type":"Note","attachment":[{"type":"Document","mediaType":"image/png","url":"https://peer.example/a"{{parts}}}]}""").Attachments).Description;
        Assert.Equal("S", Alt(",\"summary\":\"S\",\"name\":\"N\""));
        Assert.Equal("N", Alt(",\"summary\":\"\",\"name\":\"N\""));
        Assert.Equal("N", Alt(",\"summary\":null,\"name\":\"N\""));
        Assert.Equal("", Alt(""));
        var seen = Seen("""
            {"type":"Note","attachment":[{"type":"Image","url":"https://peer.example/a.png","focalPoint":[0.5,-0.25],"blurhash":"LKO2","width":640,"height":480},{"type":"Video","url":"https://peer.example/v.webm","focalPoint":[9,9],"duration":"PT1M2.5S"},
             {"type":"Audio","url":"https://peer.example/s","duration":"long"},{"type":"Document","url":"https://peer.example/x.zip"}]}
            """).Attachments;
        Assert.Equal(["image", "video", "audio", "unknown"], seen.Select(a => a.Type));
        Assert.Equal((0.5, -0.25, "LKO2", 640, 480), (seen[0].FocusX, seen[0].FocusY, seen[0].Blurhash, seen[0].Width, seen[0].Height));
        Assert.Null(seen[1].FocusX);
        Assert.Equal((62.5, (double?)null), (seen[1].Duration, seen[2].Duration));
    }

    [Fact]
    public void BookWyrm_says_which_book_how_good_and_what_is_quoted()
    {
        var review = Seen("""{"type":"Review","name":"Moving","content":"<p>Read it.</p>","rating":4.5,"inReplyToBook":"https://peer.example/book/1"}""");
        Assert.StartsWith("<p><strong>Moving</strong></p><p>★★★★½</p><p><a href=\"https://peer.example/book/1\"", review.Content, StringComparison.Ordinal);
        var quotation = Seen("""{"type":"Quotation","content":"<p>So true</p>","quote":"<p>Call me <script>x</script>Ishmael</p>","inReplyToBook":"https://peer.example/book/2"}""");
        Assert.StartsWith("<blockquote><p>Call me Ishmael</p></blockquote>", quotation.Content, StringComparison.Ordinal);
        Assert.Null(quotation.Remote.Quote);
        Assert.Contains("★★★", Seen("""{"type":"Rating","rating":3,"inReplyToBook":"https://peer.example/book/3"}""").Content);
        Assert.Contains("Halfway", Seen("""{"type":"Comment","content":"Halfway","inReplyToBook":"https://peer.example/book/3"}""").Content);
    }

    [Fact]
    public void Titled_notes_of_Friendica_keep_their_title_once()
    {
        Assert.Equal("<p><strong>Hay</strong></p>Is good", Seen("""{"type":"Note","name":"Hay","content":"Is good","summary":""}""").Content);
        Assert.Equal("<p>Hay is good</p>", Seen("""{"type":"Note","name":"Hay","content":"<p>Hay is good</p>"}""").Content);
        Assert.Equal("<p>Plain</p>", Seen("""{"type":"Note","name":null,"content":"<p>Plain</p>"}""").Content);
    }

    [Fact]
    [Trait("Wire", "071")]
    [Trait("Wire", "072")]
    public void Notes_of_Misskey_and_Akkoma_read_as_they_are_meant()
    {
        var misskey = Seen("""
            {"type":"Note","summary":"\u200B","_misskey_summary":null,"content":"<p>moo</p>","_misskey_content":"moo","source":{"content":"moo","mediaType":"text/x.misskeymarkdown"},"sensitive":null,"published":"yesterday",
             "tag":[{"id":null,"type":"Emoji","name":":cow:","updated":"2026","icon":{"type":"Image","url":"https://peer.example/cow.png"}}]}
            """);
        Assert.Equal(("", false, "text/x.misskeymarkdown"), (misskey.SpoilerText, misskey.Remote.Sensitive, misskey.Remote.SourceMediaType));
        Assert.Null(misskey.Remote.Published);
        Assert.Equal("cow", Assert.Single(misskey.Remote.Tags.Emojis).Name);

        var akkoma = Seen("""{"type":"Note","actor":"https://peer.example/users/ann","summary":"Food","content":"<p>hay</p>","contentMap":{"en":"<p>hay</p>"},"source":{"content":"hay","mediaType":"text/markdown"},"emoji":{"cow":"x"},"conversation":"https://peer.example/contexts/1","context":"https://peer.example/contexts/1"}""");
        Assert.Equal(("Food", "en", "https://peer.example/contexts/1"), (akkoma.SpoilerText, akkoma.Remote.Language, akkoma.Remote.Context));
    }

    [Theory]
    [Trait("Wire", "070")]
    [InlineData("""{"content":"Heu","contentMap":{"fr":"Foin","de":"Heu"},"name":"x"}""", "Heu", "de")]
    [InlineData("""{"contentMap":{"fr":"Foin","de":"Heu"}}""", "Foin", "fr")]
    [InlineData("""{"content":"Hay","contentMap":{"und":"Hay"}}""", "Hay", null)]
    [InlineData("""{"content":"Hay","contentMap":{"fr":"Foin","de":"Heu"}}""", "Hay", null)]
    [InlineData("""{"content":"Hay","contentMap":"en"}""", "Hay", null)]
    [InlineData("""{"content":"Hay","contentMap":{},"@context":["x",{"@language":"en-GB"}]}""", "Hay", "en-GB")]
    public void The_language_is_the_one_whose_text_is_the_content(string json, string text, string? language)
    {
        var remote = Seen(json).Remote;
        Assert.Equal((text, language), (remote.ContentHtml, remote.Language));
    }

    [Fact]
    [Trait("Wire", "070")]
    public void Title_and_summary_are_taken_in_the_language_of_the_text()
    {
        var seen = Seen("""{"type":"Article","content":"Heu","contentMap":{"en":"Hay","de":"Heu"},"nameMap":{"en":"On hay","de":"Vom Heu"},"summaryMap":{"en":"Short","de":"Kurz"}}""");
        Assert.Equal(("Vom Heu", "Kurz"), (seen.Title, seen.Remote.Summary));
    }

    /// <summary>Real documents, as far as they are posts; without a name of their own they are given one.</summary>
    [Theory]
    [Trait("Wire", "065")]
    [InlineData("article_with_photo.as2.json", "article abc foo bar", "image http://pic/ture.jpg")]
    [InlineData("article_with_audio_video.as2.json", "i'm ready to speak something", "audio http://a/podcast.mp3, video http://a/vidjo.mov")]
    [InlineData("event.as2.json", "XYZ 12 July 2017, 17:30 to 19:30 UTC the place it's happening! this event is gonna be great", "")]
    [InlineData("question.as2.json", "foo?", "")]
    [InlineData("note_with_hashtag.as2.json", null, "")]
    [InlineData("note_mastodon_with_video.as2.json", null, "video")]
    [InlineData("article_with_image_attachment_with_alt.as2.json", null, "image")]
    [InlineData("note_with_image_document_attachment.as2.json", null, "image")]
    [InlineData("comment_multiple_in_reply_to.as2.json", null, "")]
    public void A_recorded_document_reads_as_its_author_meant(string file, string? words, string files)
    {
        var seen = Recorded(file);
        Assert.DoesNotContain("<script", seen.Content, StringComparison.OrdinalIgnoreCase);
        if (words is not null) Assert.StartsWith(words, string.Join(' ', PlainText.OfHtml(seen.Content).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.StartsWith(files, string.Join(", ", seen.Attachments.Select(a => $"{a.Type} {a.Url}")), StringComparison.Ordinal);
        if (files.Length == 0) Assert.Empty(seen.Attachments);
    }

    [Fact]
    [Trait("Wire", "101")]
    public void Recorded_questions_keep_their_options_and_counts()
    {
        var one = Recorded("question.as2.json").Poll!;
        Assert.Equal((false, 24L), (one.Multiple, one.VotersCount!.Value));
        Assert.Equal([17L, 6L, 1L], one.Options.Select(o => o.Votes));
        Assert.Null(one.ClosedAt);
        var many = Recorded("question_multiple_choice.as2.json").Poll!;
        Assert.Equal((true, 44L), (many.Multiple, many.VotersCount!.Value));
        Assert.NotNull(many.ClosedAt);
    }

    private static PreparedStatus Recorded(string file) => Seen(Corpus.Text($"granary/granary/tests/testdata/{file}"), anonymous: true);

    private static PreparedStatus Seen(string json, bool anonymous = false)
    {
        var document = JsonNode.Parse(json)!.AsObject();
        if (anonymous || !document.ContainsKey("id")) document["id"] = $"{Host}/1";
        if (anonymous || !document.ContainsKey("attributedTo")) document["attributedTo"] = Author;
        if (!document.ContainsKey("type")) document["type"] = "Note";
        Assert.True(ParseLimits.TryParse(Encoding.UTF8.GetBytes(document.ToJsonString()), out var root, out _));
        var remote = RemoteObject.Read(root, out var reason);
        Assert.True(remote is not null, reason);
        return PreparedStatus.From(remote, CalfServer.NewClock());
    }
}
