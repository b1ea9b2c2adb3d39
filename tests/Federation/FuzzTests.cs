using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Calf.Accounts;
using Calf.ActivityPub;
using Calf.Federation.Inbox;
using Calf.Security;
using Calf.Tests.Support;
using Microsoft.Extensions.Logging;

namespace Calf.Tests.Federation;

/// <summary>
/// Documents that no server would write, in the hands of somebody whom the owner follows: nothing throws, answers 5xx, hangs or grows.
/// <c>CALF_FUZZ_SECONDS=600 dotnet test tests --filter FuzzTests</c> runs for longer, from another seed each time; <c>CALF_FUZZ_SEED</c> goes back to
/// the document that a failure names.
/// </summary>
public sealed class FuzzTests : RemoteWorld
{
    private const int DocumentsInTheSuite = 200;

    /// <summary>How often the owner's apps look at what has come.</summary>
    private const int LookEvery = 20;

    /// <summary>Not a speed to keep: whatever takes longer has no end.</summary>
    private static readonly TimeSpan Hangs = TimeSpan.FromSeconds(30);

    private static readonly string[] Types =
    [
        "Create", "Create", "Create", "Create", "Update", "Update", "Announce", "Like", "Delete", "Undo", "Add", "Remove", "Move", "Flag", "Block",
        "QuoteRequest", "EmojiReact", "Dislike", "Accept", "Reject", "Follow", "View",
    ];

    private readonly ConcurrentQueue<string> errors = new();
    private readonly List<string> known = [];
    private readonly Queue<string> recent = new();
    private string token = "";
    private int met;
    private long stored;
    private long countBefore;

    [Fact]
    [Trait("Wire", "110")]
    [Trait("Wire", "119")]
    public async Task No_document_breaks_the_inbox_or_the_pages_and_apps_that_show_what_came()
    {
        var documents = Corpus().ToList();
        Assert.NotEmpty(documents);
        await MeetRae();
        var first = Number("CALF_FUZZ_SEED") ?? (Number("CALF_FUZZ_SECONDS") is null ? 1 : Environment.TickCount & 0xFFFFFF);
        var until = Stopwatch.GetTimestamp() + (Number("CALF_FUZZ_SECONDS") ?? 0) * Stopwatch.Frequency;
        var rows = Rows();
        var sent = 0;
        for (; sent < DocumentsInTheSuite || Stopwatch.GetTimestamp() < until; sent++)
        {
            var seed = first + sent;
            try
            {
                await SendOne(seed, documents).WaitAsync(Hangs);
                if (sent % LookEvery == LookEvery - 1) await LookAtEverything().WaitAsync(Hangs);
            }
            catch (Exception failure)
            {
                errors.Enqueue(failure.ToString());
            }
            if (!errors.IsEmpty) Fail(seed);
        }
        await UntilNothingIsTriedAgain();
        await LookAtEverything();
        if (!errors.IsEmpty) Fail(first + sent);
        TestContext.Current.TestOutputHelper?.WriteLine($"{sent} documents from the seed {first}.");
        Assert.Equal(0, Alice.Database.Read(InboxQueue.Count));
        // Enough of them are understood and kept: the generator is not turned away at the door.
        Assert.True(stored > sent / 20, $"{stored} posts of {sent} documents were stored.");
        // Most rows are mentions and verdicts; none of a document's lists is without an end.
        Assert.InRange(Rows() - rows, 1, sent * 60L);
        Assert.InRange(Alice.Database.Read(c => c.Count($"SELECT count(*) FROM accounts")), 2, 3);
    }

    /// <summary>Alice follows Rae and has posts that Rae's documents can speak of.</summary>
    private async Task MeetRae()
    {
        Alice.Get<ILoggerFactory>().AddProvider(new ErrorLog(errors));
        token = Tokens.New();
        await Alice.Database.Write(c =>
        {
            AppStore.Add(c, new ClientApp(7, "client", "App", "", ["urn:ietf:wg:oauth:2.0:oob"], "read", Fediverse.Time.GetUtcNow()), Tokens.Hash("secret"));
            AccessTokenStore.Add(c, Tokens.Hash(token), 7, byOwner: true, "read", Fediverse.Time.GetUtcNow());
        });
        await Follow(Rae);
        var post = await Post("Rain again.");
        await Create("first", "<p>Hello</p>");
        known.AddRange([Alice.Owner.Uri, post.Uri, post.Url, Rae.Actor, $"{Rae.Actor}/first", Public, $"{Rae.Actor}/followers", $"{Alice.Owner.Uri}#main-key"]);
    }

    private async Task SendOne(int seed, List<JsonElement> documents)
    {
        var mutator = new Mutator(seed, known);
        var inner = Adopt(mutator, mutator.Pick(documents), seed, out var uri);
        var type = mutator.Pick(Types);
        var said = type is "Create" or "Update" || mutator.Chance(50) ? inner : Quote(mutator.Pick(known));
        var whole = $$"""{"id":"{{Rae.Actor}}/activities/{{seed}}","type":"{{type}}","actor":"{{Rae.Actor}}","object":{{said}},"to":"{{Public}}","published":"2026-10-01T00:00:00Z"}""";
        var body = mutator.Change(JsonElement.Parse(whole));
        if (mutator.Chance(30)) Rae.Serve(uri, Encoding.UTF8.GetString(mutator.Change(JsonElement.Parse(inner))));
        if (mutator.Chance(5)) Rae.Serve(Rae.Actor, Encoding.UTF8.GetString(mutator.Change(JsonElement.Parse(Rae.ActorJson))));

        Remember($"{seed}: {Encoding.UTF8.GetString(body)}");
        using var answer = await Rae.Send(Alice, body, path: mutator.Chance(50) ? "/inbox" : "/users/alice/inbox");
        if ((int)answer.StatusCode >= 500 && (int)answer.StatusCode != 503) errors.Enqueue($"The inbox answered {answer.StatusCode}.");
        await Fediverse.Settle();
        if (Find(uri) is not null && known.Count < 60) known.Add(uri);
        Rae.Describe();
    }

    /// <summary>A document of the corpus as if Rae had written it, to everybody and to Alice.</summary>
    private string Adopt(Mutator mutator, JsonElement document, int seed, out string uri)
    {
        uri = mutator.Chance(15) ? mutator.Pick(known) : $"{Rae.Actor}/objects/{seed}";
        string[] own = ["id", "attributedTo", "to", "cc", "actor", .. mutator.Chance(50) ? (string[])["type"] : []];
        var members = new List<string>
        {
            $"\"id\":\"{uri}\"", $"\"attributedTo\":\"{Rae.Actor}\"", $"\"to\":[\"{Public}\",\"{Alice.Owner.Uri}\"]",
        };
        if (own.Contains("type")) members.Add($"\"type\":{Quote(mutator.Pick(["Note", "Note", "Question", "Article", "Page", "Video", "Event", "Image"]))}");
        if (mutator.Chance(20)) members.Add($"\"inReplyTo\":{Quote(mutator.Pick(known))}");
        if (mutator.Chance(20)) members.Add($"\"quote\":{Quote(mutator.Pick(known))}");
        if (mutator.Chance(20)) members.Add("\"oneOf\":[{\"type\":\"Note\",\"name\":\"a\",\"replies\":{\"totalItems\":3}},{\"name\":\"b\"}],\"endTime\":\"2026-12-01T00:00:00Z\"");
        members.AddRange(document.EnumerateObject().Where(p => !own.Contains(Mutator.Quoted(p).Trim('"'))).Select(p => p.ToString()));
        return $"{{{string.Join(',', members)}}}";
    }

    private async Task LookAtEverything()
    {
        var count = Alice.Database.Read(c => c.Count($"SELECT count(*) FROM statuses"));
        stored += Math.Max(0, count - countBefore);
        countBefore = count;
        // A Delete of herself is among what Rae sends, and counts.
        if (Alice.Database.Read(c => AccountStore.FindByUri(c, Rae.Actor)) is null) await Follow(Rae, $"met/{++met}");
        // Old enough that what another server failed to say is asked for again.
        Fediverse.Time.Advance(TimeSpan.FromHours(7));
        await Fediverse.Settle();
        using var client = Alice.Client();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var latest = Alice.Database.Read(c => c.Query($"SELECT id FROM statuses ORDER BY rowid DESC LIMIT {LookEvery}", r => r.Long()));
        var statuses = latest.SelectMany(id => (string[])[$"/api/v1/statuses/{id}", $"/api/v1/statuses/{id}/context", $"/api/v1/statuses/{id}/history"]);
        string[] lists =
        [
            "/api/v1/timelines/home?limit=40", "/api/v1/timelines/public?limit=40", "/api/v1/notifications?limit=40", "/api/v2/notifications?limit=40",
            $"/api/v1/accounts/{Known(Rae).Id}", $"/api/v1/accounts/{Known(Rae).Id}/statuses?limit=40", "/@alice", "/api/v2/search?q=a&limit=40",
        ];
        foreach (var path in statuses.Concat(lists))
        {
            using var answer = await client.GetAsync(path);
            if ((int)answer.StatusCode >= 500) errors.Enqueue($"{path} answered {answer.StatusCode}.");
        }
    }

    private async Task UntilNothingIsTriedAgain()
    {
        for (var day = 0; day < 7 && Alice.Database.Read(InboxQueue.Count) > 0; day++)
        {
            Fediverse.Time.Advance(TimeSpan.FromDays(1));
            await Fediverse.Settle();
        }
    }

    private void Remember(string document)
    {
        recent.Enqueue(document);
        if (recent.Count > LookEvery) recent.Dequeue();
    }

    private void Fail(int seed)
    {
        var file = Path.Combine(Path.GetTempPath(), $"calf-fuzz-{seed}.txt");
        File.WriteAllLines(file, recent);
        Assert.Fail($"Seed {seed} (CALF_FUZZ_SEED); it and those before it are in {file}.\n{string.Join('\n', errors)}");
    }

    private long Rows() => Alice.Database.Read(c =>
        c.Query($"SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'", r => r.Text()).Sum(table => c.Count($"SELECT count(*) FROM {table:raw}")));

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static IEnumerable<JsonElement> Corpus()
    {
        foreach (var file in ((string[])["w3c-activitystreams", "fedify", "granary", "json"]).SelectMany(f => Support.Corpus.Files(f, "*.json")))
        {
            // Broken UTF-8 cannot be written again; the mutator breaks it anew.
            if (!ParseLimits.TryParse(Encoding.UTF8.GetBytes(File.ReadAllText(file)), out var document, out _)) continue;
            yield return document;
            if (document.Get("object") is { ValueKind: JsonValueKind.Object } inner) yield return inner;
        }
    }

    /// <summary>Collects what is logged as an error or worse.</summary>
    private sealed class ErrorLog(ConcurrentQueue<string> errors) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel)) errors.Enqueue($"{formatter(state, exception)}\n{exception}");
        }

        public void Dispose()
        {
        }
    }
}
