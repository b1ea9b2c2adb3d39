using System.Net;
using Calf.Accounts;
using Calf.Federation.Outbox;
using Calf.Mastodon.Entities;
using Calf.Media;
using Calf.Statuses;
using Calf.Tests.Media;
using Calf.Tests.Support;
using SkiaSharp;

namespace Calf.Tests.Federation;

/// <summary>Files of posts and profiles from one Calf to another, with what is said of them, until they are seen there.</summary>
public sealed class AttachmentTests : IAsyncLifetime
{
    private readonly Fediverse fediverse = new();
    private CalfServer alice = null!;
    private CalfServer bob = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        alice = await fediverse.Join("alice.test");
        bob = await fediverse.Join("bob.test");
        await fediverse.Follow(bob, alice);
    }

    public ValueTask DisposeAsync() => fediverse.DisposeAsync();

    [Fact]
    [Trait("Wire", "077")]
    public async Task A_picture_arrives_with_all_that_is_said_of_it_and_can_be_seen()
    {
        var sent = await Upload("A field, half of it red", new Focus(-0.5, 0.25));

        var post = await Post("Look", sent.Id);

        var got = Assert.Single(Attachments(post));
        Assert.Equal(
            ("image", "image/jpeg", alice.Site.MediaUrl(sent.File), "A field, half of it red", sent.Blurhash, 800, 600, -0.5, 0.25),
            (got.Type, got.MediaType, got.Url, got.Description, got.Blurhash, got.Width, got.Height, got.FocusX, got.FocusY));
        var shown = Shown(post).MediaAttachments[0];
        Assert.Equal(got.Url, shown.RemoteUrl);
        using (var original = SKBitmap.Decode(await View(shown.Url!))) Assert.Equal((800, 600), (original.Width, original.Height));
        using (var preview = SKBitmap.Decode(await View(shown.PreviewUrl!))) Assert.Equal((640, 480), (preview.Width, preview.Height));
        // Seen twice, fetched once for each shape.
        await View(shown.Url!);
        Assert.Equal(2, fediverse.Requests.Count(r => r.Contains("/media/", StringComparison.Ordinal)));
    }

    [Fact]
    [Trait("Wire", "077")]
    public async Task Another_description_or_point_arrives_as_an_edit_and_takes_nothing_away()
    {
        var sent = await Upload("", null);
        var post = await Post("Look", sent.Id);
        Assert.Equal("", Attachments(post)[0].Description);
        var id = Attachments(post)[0].Id;

        await Edit(post, new AttachmentChange(sent.Id, "A field", null));
        Assert.Equal(("A field", sent.Blurhash, 800), (Attachments(post)[0].Description, Attachments(post)[0].Blurhash, Attachments(post)[0].Width));
        var described = Find(post).EditedAt;
        Assert.NotNull(described);

        await Edit(post, new AttachmentChange(sent.Id, null, new Focus(1, -1)));
        Assert.Equal(("A field", 1.0, -1.0), (Attachments(post)[0].Description, Attachments(post)[0].FocusX, Attachments(post)[0].FocusY));
        Assert.True(Find(post).EditedAt > described);
        // Each version keeps what was said of its files, and the file stays the same attachment.
        Assert.Equal(["", "A field"], bob.Database.Read(c => StatusStore.History(c, Find(post).Id)).Select(version => Assert.Single(version.Attachments!).Description));
        Assert.Equal(["", "A field", "A field"], bob.Database.Read(c => bob.Get<StatusRendering>().History(c, Find(post))).Select(version => version.MediaAttachments[0].Description ?? ""));
        Assert.Equal(id, Attachments(post)[0].Id);
    }

    [Fact]
    public async Task A_film_goes_with_the_picture_that_stands_for_it()
    {
        Upload film;
        using (var file = alice.Get<Staging>().Receive())
        using (var still = Received(alice, Drawings.Of(320, 240)))
        {
            await File.WriteAllBytesAsync(file.Path, RemoteMediaTests.Film(5000), Stop);
            film = await alice.Get<Uploading>().Add(file, new UploadDetails("A cow moves", null, still), Stop);
        }

        var post = await Post("Look", film.Id);

        var shown = Shown(post).MediaAttachments[0];
        Assert.Equal(("video", "A cow moves"), (shown.Type, shown.Description));
        Assert.Equal(RemoteMediaTests.Film(5000), await View(shown.Url!));
        using var poster = SKBitmap.Decode(await View(shown.PreviewUrl!));
        Assert.Equal((320, 240), (poster.Width, poster.Height));
    }

    [Fact]
    [Trait("Wire", "077")]
    public async Task Files_of_several_kinds_go_the_other_way_too_in_their_order()
    {
        await fediverse.Follow(alice, bob);
        async Task Compare(IEnumerable<(string Type, string MediaType, int? Width, int? Height)> wanted, params byte[][] files)
        {
            var sent = new List<Upload>();
            foreach (var content in files)
                using (var file = Received(bob, content))
                    sent.Add(await bob.Get<Uploading>().Add(file, new UploadDetails($"Number {sent.Count}", sent.Count == 1 ? new Focus(0.5, -1) : null, null), Stop));
            var post = await bob.Get<Posting>().Post(new NewStatus("Look", Visibility.Public) { MediaIds = [.. sent.Select(upload => upload.Id)] });
            await fediverse.Settle();

            var got = alice.Database.Read(c =>
            {
                var id = StatusStore.FindByUri(c, post.Uri)!.Id;
                return StatusParts.Attachments(c, [id])[id].ToList();
            });
            Assert.Equal(wanted, got.Select(a => (a.Type, a.MediaType, a.Width, a.Height)));
            Assert.Equal(sent.Select(upload => (upload.Description, upload.Blurhash, upload.Focus?.X, upload.Focus?.Y)), got.Select(a => (a.Description, a.Blurhash, a.FocusX, a.FocusY)));
            Assert.Equal(sent.Select(upload => bob.Site.MediaUrl(upload.File)), got.Select(a => a.Url));
        }
        await Compare([("image", "image/png", 40, 30), ("image", "image/webp", 60, 30)], Drawings.Of(40, 30, SKEncodedImageFormat.Png), Drawings.Of(60, 30, SKEncodedImageFormat.Webp));
        await Compare([("video", "video/mp4", null, null)], RemoteMediaTests.Film(3000));
        await Compare([("audio", "audio/mpeg", null, null)], [.. "ID3"u8, .. new byte[3000]]);
    }

    [Fact]
    public async Task A_new_avatar_is_seen_when_its_owner_tells_of_it()
    {
        string Avatar() => bob.Database.Read(c => bob.Get<AccountRendering>().Render(c, AccountStore.FindByUri(c, alice.Owner.Uri)!)).Avatar;
        async Task Choose(int side)
        {
            using var file = Received(alice, Drawings.Of(side, side));
            var name = await alice.Get<Uploading>().AddPortrait(file, 400 * 400, Stop);
            await alice.Get<ProfileEditing>().Edit(new ProfileChange { AvatarUrl = alice.Site.MediaUrl(name) });
            await fediverse.Settle();
        }
        await Choose(100);
        var first = Avatar();
        using (var seen = SKBitmap.Decode(await View(first))) Assert.Equal(100, seen.Width);

        fediverse.Time.Advance(TimeSpan.FromMinutes(10));
        await Choose(200);

        Assert.NotEqual(first, Avatar());
        using (var seen = SKBitmap.Decode(await View(Avatar()))) Assert.Equal(200, seen.Width);
    }

    [Fact]
    public async Task What_a_server_changes_by_itself_is_taken_over_without_an_edit()
    {
        using var rae = new StandIn(fediverse);
        string Note(string emoji, string more, string alt = "A cow") => $$"""
            {"id":"{{rae.Actor}}/n1","type":"Note","attributedTo":"{{rae.Actor}}","to":"https://www.w3.org/ns/activitystreams#Public","content":"<p>:cow:</p>","published":"2026-10-30T10:00:00Z",
             "cc":"{{bob.Owner.Uri}}","tag":[{"type":"Mention","href":"{{bob.Owner.Uri}}"},{"type":"Emoji","name":":cow:","icon":{"type":"Image","url":"{{emoji}}"} }],
             "attachment":[{"type":"Video","mediaType":"video/mp4","url":"https://remote.test/1.mp4","name":"{{alt}}"{{more}} }]}
            """;
        await rae.SendAndSettle(bob, $$"""{"id":"{{rae.Actor}}/c1","type":"Create","actor":"{{rae.Actor}}","object":{{Note("https://remote.test/1.png", "")}} }""");
        Status Seen() => bob.Database.Read(c => StatusStore.FindByUri(c, $"{rae.Actor}/n1"))!;
        var id = Assert.Single(bob.Database.Read(c => StatusParts.Attachments(c, [Seen().Id]))[Seen().Id]).Id;

        var later = Note("https://remote.test/2.png", ""","blurhash":"LKO2","width":640,"height":480,"icon":{"type":"Image","url":"https://remote.test/1.jpg"}""");
        await rae.SendAndSettle(bob, $$"""{"id":"{{rae.Actor}}/u1","type":"Update","actor":"{{rae.Actor}}","object":{{later}} }""");

        Assert.Null(Seen().EditedAt);
        Assert.Equal([new CustomEmoji("cow", "https://remote.test/2.png")], Seen().Emojis);
        var file = Assert.Single(bob.Database.Read(c => StatusParts.Attachments(c, [Seen().Id]))[Seen().Id]);
        Assert.Equal((id, "https://remote.test/1.jpg", "LKO2", 640, 480, "A cow"), (file.Id, file.PreviewUrl, file.Blurhash, file.Width, file.Height, file.Description));

        // What its author says needs a date (wire 101).
        await rae.SendAndSettle(bob, $$"""{"id":"{{rae.Actor}}/u2","type":"Update","actor":"{{rae.Actor}}","object":{{Note("https://remote.test/2.png", "", alt: "Another")}} }""");
        Assert.Equal("A cow", Assert.Single(bob.Database.Read(c => StatusParts.Attachments(c, [Seen().Id]))[Seen().Id]).Description);
    }

    private async Task<Upload> Upload(string description, Focus? focus)
    {
        using var file = Received(alice, Drawings.Of(800, 600));
        return await alice.Get<Uploading>().Add(file, new UploadDetails(description, focus, null), Stop);
    }

    private static TemporaryFile Received(CalfServer server, byte[] content)
    {
        var file = server.Get<Staging>().Receive();
        File.WriteAllBytes(file.Path, content);
        return file;
    }

    private async Task<Status> Post(string text, long file)
    {
        var post = await alice.Get<Posting>().Post(new NewStatus(text, Visibility.Public) { MediaIds = [file] });
        await fediverse.Settle();
        return post;
    }

    private async Task Edit(Status post, AttachmentChange change)
    {
        fediverse.Time.Advance(TimeSpan.FromMinutes(1));
        await alice.Get<Editing>().Edit(post.Id, new StatusChange("Look") { Attachments = [change] });
        await fediverse.Settle();
    }

    /// <summary>As Bob has it.</summary>
    private Status Find(Status post) => bob.Database.Read(c => StatusStore.FindByUri(c, post.Uri))!;

    private List<Attachment> Attachments(Status post) => [.. bob.Database.Read(c => StatusParts.Attachments(c, [Find(post).Id]))[Find(post).Id]];

    private StatusEntity Shown(Status post) => bob.Database.Read(c => bob.Get<StatusRendering>().Render(c, Find(post), byOwner: true));

    /// <summary>In Bob's browser, which talks to nobody else.</summary>
    private async Task<byte[]> View(string url)
    {
        Assert.StartsWith(bob.Site.Base + "/", url, StringComparison.Ordinal);
        using var client = bob.Client();
        using var answer = await client.GetAsync(url, Stop);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsByteArrayAsync(Stop);
    }
}
