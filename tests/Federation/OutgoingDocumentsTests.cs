using System.Text;
using System.Text.Json;
using Calf.Federation.Outbox;
using Calf.Statuses;
using Calf.Tests.Support;

namespace Calf.Tests.Federation;

/// <summary>Everything that Calf serves and sends, held against the schemas and against the rules that others are strict about.</summary>
public sealed class OutgoingDocumentsTests : RemoteWorld
{
    private const int MaxBytes = 64 * 1024;
    private const int MaxLevels = 8;

    private static readonly JsonSchema Schemas = new("fediverse-jsonschema/schemas");
    private static readonly string[] Lists = ["to", "cc", "tag", "attachment"];

    [Fact]
    [Trait("Wire", "066")]
    [Trait("Wire", "067")]
    [Trait("Wire", "068")]
    [Trait("Wire", "069")]
    public async Task Every_activity_that_is_sent_keeps_the_rules()
    {
        await DoEverything();
        Assert.Superset(
            new HashSet<string> { "Accept", "Add", "Announce", "Block", "Create", "Delete", "Follow", "Like", "Undo", "Update" },
            Rae.Received.Select(a => a.GetProperty("type").GetString()!).ToHashSet());
        Assert.Equal(Rae.Received.Count, Rae.Received.Select(a => a.GetProperty("id").GetString()).Distinct().Count());
        foreach (var activity in Rae.Received)
        {
            var type = activity.GetProperty("type").GetString()!;
            Keep(activity, type);
            Assert.Equal(Alice.Owner.Uri, activity.GetProperty("actor").GetString());
            Assert.StartsWith("https://alice.test/", activity.GetProperty("id").GetString(), StringComparison.Ordinal);
            var wrong = Schemas.Validate(SchemaOf(activity), activity);
            if (activity.GetProperty("object") is { ValueKind: JsonValueKind.Object } inner && inner.GetProperty("type").ValueEquals("Question"))
                wrong = [.. wrong, .. Schemas.Validate("mastodon/question-schema.json", inner)];
            Assert.True(wrong.Count == 0, $"{activity}: {string.Join("; ", wrong)}");
        }
    }

    [Fact]
    [Trait("Wire", "067")]
    [Trait("Wire", "069")]
    public async Task Every_document_that_is_served_keeps_the_rules()
    {
        var posts = await DoEverything();
        var actor = Alice.Owner.Uri;
        await Served(actor, "ap/actor-schema.json");
        await Served("https://alice.test/actor", "ap/actor-schema.json");
        foreach (var collection in (string[])["outbox", "followers", "following"])
        {
            await Served($"{actor}/{collection}", "as2/orderedcollection-schema.json");
            await Served($"{actor}/{collection}?page=true", "as2/orderedcollectionpage-schema.json");
        }
        await Served($"{actor}/collections/featured", "as2/orderedcollection-schema.json");
        foreach (var post in posts)
        {
            await Served(post.Uri, post.Type == "Question" ? "mastodon/question-schema.json" : "mastodon/note-schema.json");
            await Served($"{post.Uri}/activity", "mastodon/create-schema.json");
            foreach (var counted in (string[])["replies", "likes", "shares"]) await Served($"{post.Uri}/{counted}", "as2/collection-schema.json");
            await Served($"{post.Uri}/replies?page=true", "as2/collectionpage-schema.json");
            if (post.InReplyToUri is null) await Served($"{post.Uri}/context", "as2/orderedcollection-schema.json");
        }
    }

    [Fact]
    [Trait("Wire", "069")]
    public async Task The_longest_post_with_all_mentions_and_tags_stays_under_64_KiB()
    {
        await Follow(Rae);
        var words = string.Join(' ', Enumerable.Range(0, 150).Select(n => $"#Wiesengrundstück{n}"));
        var post = await Alice.Get<Posting>().Post(new NewStatus($"@rae@remote.test {words} {new string('漢', 1500)}", Visibility.Public, "字字字", Language: "ja", Poll: new NewPoll(
            [.. Enumerable.Range(1, NewPoll.MaxOptions).Select(n => new string('字', NewPoll.MaxOptionCharacters - 1) + n)], TimeSpan.FromDays(1))));
        await Fediverse.Settle();
        Keep(await Get(post.Uri), post.Uri);
        Keep(Rae.Received.Last(a => a.GetProperty("type").GetString() == "Create"), "Create");
    }

    /// <summary>Of what there is no schema for, that of any activity holds. Mastodon's own for Accept and Reject know of nothing but follows.</summary>
    [Fact]
    [Trait("Wire", "067")]
    [Trait("Wire", "069")]
    public async Task Quotes_consents_reports_and_subscriptions_keep_the_rules()
    {
        await Send("f1", "Follow", Quote(Alice.Owner.Uri));
        await Follow(Rae);
        using var relay = new StandIn(Fediverse, "relay.test", "relay");
        const string Policy = ",\"interactionPolicy\":{\"canQuote\":{\"automaticApproval\":[\"https://www.w3.org/ns/activitystreams#Public\"]}}";
        await Send("n1/create", "Create", Note(Rae, "n1", "quote me")[..^1] + Policy + "}");
        var theirs = Find($"{Rae.Actor}/n1")!;

        // Alice quotes, Rae agrees, and later takes it back.
        var posting = Alice.Get<Posting>();
        var quote = await posting.Post(new NewStatus("Look", Visibility.Public, QuotedStatusId: theirs.Id));
        await Fediverse.Settle();
        var request = Rae.Received.Last(a => a.GetProperty("type").ValueEquals("QuoteRequest"));
        Valid("mastodon/note-schema.json", request.GetProperty("instrument"));
        await Send("qa1", "Accept", request.GetRawText(), $",\"result\":\"{Rae.Actor}/stamps/1\"");
        await Served(quote.Uri, "mastodon/note-schema.json");
        Assert.Contains($"{Rae.Actor}/stamps/1", (await Get(quote.Uri)).GetRawText(), StringComparison.Ordinal);

        // Rae quotes, and Alice agrees, takes it back, and refuses the next.
        var mine = await Post("mine");
        await Ask(mine, "q1");
        var stamp = Rae.Received.Last(a => a.GetProperty("type").ValueEquals("Accept")).GetProperty("result").GetString()!;
        await Served(stamp, "as2/object-base-schema.json");
        await Alice.Get<Quoting>().Revoke(mine.Id, Find($"{Rae.Actor}/q1")!.Id);
        await Ask(await posting.Post(new NewStatus("not to be quoted", Visibility.Public, QuotePolicy: QuotePolicy.Nobody)), "q2");

        await Alice.Get<Pinning>().Pin(mine.Id);
        await Alice.Get<Pinning>().Unpin(mine.Id);
        await Alice.Get<Reporting>().Add(new NewReport(Known(Rae).Id, [theirs.Id], new string('字', Reporting.MaxComment), Forward: true));
        await Alice.Get<Following>().RemoveFollower(Known(Rae).Id);
        await Alice.Get<Relaying>().Add("https://relay.test/inbox", TestContext.Current.CancellationToken);
        await Alice.Get<Relaying>().Remove("https://relay.test/inbox");
        await Fediverse.Settle();

        List<JsonElement> sent = [.. Rae.Received, .. relay.Received];
        string Type(JsonElement activity) => activity.GetProperty("type").GetString()!;
        Assert.Superset(new HashSet<string> { "Accept", "Add", "Create", "Delete", "Flag", "Follow", "QuoteRequest", "Reject", "Remove", "Undo", "Update" }, sent.Select(Type).ToHashSet());
        // Reactions are sent as likes, and this account cannot move yet.
        Assert.DoesNotContain(sent, a => Type(a) is "EmojiReact" or "Move");
        foreach (var activity in sent)
        {
            Keep(activity, Type(activity));
            var ofInstance = Type(activity) == "Flag" || relay.Received.Contains(activity);
            Assert.Equal(ofInstance ? "https://alice.test/actor" : Alice.Owner.Uri, activity.GetProperty("actor").GetString());
            var aboutQuote = activity.GetRawText().Contains("\"QuoteRequest\",\"actor\"", StringComparison.Ordinal);
            Valid(aboutQuote ? "mastodon/activity-base-schema.json" : SchemaOf(activity), activity);
        }
    }

    private Task Ask(Status post, string id) =>
        Send($"{id}/request", "QuoteRequest", Quote(post.Uri), $",\"instrument\":{Note(Rae, id, "look")[..^1]},\"quote\":\"{post.Uri}\"}}");

    private static void Valid(string schema, JsonElement document)
    {
        var wrong = Schemas.Validate(schema, document);
        Assert.True(wrong.Count == 0, $"{document}: {string.Join("; ", wrong)}");
    }

    private async Task Served(string uri, string schema)
    {
        var document = await Get(uri);
        Keep(document, uri);
        Valid(schema, document);
    }

    private async Task<JsonElement> Get(string uri)
    {
        using var client = Alice.Client();
        client.DefaultRequestHeaders.Add("Accept", "application/activity+json");
        return JsonElement.Parse(await client.GetByteArrayAsync(new Uri(uri), TestContext.Current.CancellationToken));
    }

    private static void Keep(JsonElement document, string what)
    {
        var text = document.GetRawText();
        Assert.True(Encoding.UTF8.GetByteCount(text) < MaxBytes, $"{what} is too large");
        Assert.True(Levels(document) <= MaxLevels, $"{what} is too deep");
        Assert.DoesNotContain("\"as:Public\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\"Public\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain(":null", text, StringComparison.Ordinal);
        Assert.Contains("https://www.w3.org/ns/activitystreams", document.GetProperty("@context").ValueKind == JsonValueKind.String
            ? [document.GetProperty("@context").GetString()]
            : document.GetProperty("@context").EnumerateArray().Where(c => c.ValueKind == JsonValueKind.String).Select(c => c.GetString()));
        foreach (var element in WithChildren(document))
        {
            foreach (var list in Lists)
                if (element.TryGetProperty(list, out var value)) Assert.True(value.ValueKind == JsonValueKind.Array, $"{what}: {list} is no array");
            if (element.TryGetProperty("actor", out var actor)) Assert.Equal(JsonValueKind.String, actor.ValueKind);
        }
    }

    private static IEnumerable<JsonElement> WithChildren(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().Where(p => p.Name != "@context").SelectMany(p => WithChildren(p.Value)).Prepend(element),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(WithChildren),
        _ => [],
    };

    private static int Levels(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => 1 + element.EnumerateObject().Select(p => Levels(p.Value)).DefaultIfEmpty().Max(),
        JsonValueKind.Array => 1 + element.EnumerateArray().Select(Levels).DefaultIfEmpty().Max(),
        _ => 0,
    };

    /// <summary>The schema of Undo forgot what Mastodon itself undoes: boosts and blocks; that of Update, polls. There is none for QuoteRequest.</summary>
    private static string SchemaOf(JsonElement activity)
    {
        var type = activity.GetProperty("type").GetString()!;
        var inner = activity.GetProperty("object").ValueKind == JsonValueKind.Object ? activity.GetProperty("object").GetProperty("type").GetString() : null;
        var special = type == "QuoteRequest" || (type == "Undo" && inner is "Announce" or "Block") || (type == "Update" && inner == "Question");
        return special ? "mastodon/activity-base-schema.json" : $"mastodon/{type.ToLowerInvariant()}-schema.json";
    }

    /// <summary>Whatever the owner can do that others hear of, with Rae as the other.</summary>
    private async Task<List<Status>> DoEverything()
    {
        await Send("f1", "Follow", Quote(Alice.Owner.Uri));
        await Follow(Rae);
        await Create("n1", "hello");
        await Create("n2", "hello again");
        await Send("q1/create", "Create", $$"""
            {"id":"{{Rae.Actor}}/q1","type":"Question","attributedTo":"{{Rae.Actor}}","content":"Food?","to":["{{Public}}"],"oneOf":[{"type":"Note","name":"hay"},{"type":"Note","name":"straw"}]}
            """);
        var theirs = Find($"{Rae.Actor}/n1")!;
        var posting = Alice.Get<Posting>();
        List<Status> posts =
        [
            await posting.Post(new NewStatus("Hello @rae@remote.test, this is #Calf https://alice.test/", Visibility.Public, "About me", Language: "en")),
            await posting.Post(new NewStatus("A reply", Visibility.Unlisted, InReplyToId: theirs.Id)),
            await posting.Post(new NewStatus("Food?", Visibility.Public, Poll: new NewPoll(["hay", "grass"], TimeSpan.FromHours(1), Multiple: true))),
        ];
        await posting.Post(new NewStatus("for friends", Visibility.Private));
        await posting.Post(new NewStatus("for @rae@remote.test alone", Visibility.Direct));
        await Alice.Get<Voting>().Vote(Find($"{Rae.Actor}/q1")!.Id, [1]);
        await Alice.Get<Favouriting>().Favourite(theirs.Id);
        await Alice.Get<Favouriting>().Unfavourite(theirs.Id);
        await Alice.Get<Boosting>().Boost(theirs.Id);
        await Alice.Get<Boosting>().Unboost(theirs.Id);
        await Alice.Get<Boosting>().Boost(Find($"{Rae.Actor}/n2")!.Id);
        await Alice.Get<Pinning>().Pin(posts[0].Id);
        await Alice.Get<ProfileEditing>().Edit(new ProfileChange(DisplayName: "Alice", Note: "Hi", Fields: [("Site", "https://alice.test")]));
        Fediverse.Time.Advance(TimeSpan.FromSeconds(2));
        posts[0] = await Alice.Get<Editing>().Edit(posts[0].Id, new StatusChange("Hello again @rae@remote.test", Language: "en"));
        var gone = await posting.Post(new NewStatus("oops", Visibility.Public));
        await Alice.Get<Deleting>().Delete(gone.Id);
        await Fediverse.Settle();
        Fediverse.Time.Advance(TimeSpan.FromHours(1));
        await Alice.Get<PollWorker>().Step();
        await Fediverse.Settle();
        await Alice.Get<Blocking>().Block(Known(Rae).Id);
        await Fediverse.Settle();
        return posts;
    }
}
