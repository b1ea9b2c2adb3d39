using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;

namespace Calf.Bench;

/// <summary>The owner opens a thread whose posts are spread over many servers, each of which takes its time.</summary>
internal sealed class Completing(Bed bed, Subject calf)
{
    private const int Servers = 20;
    private const int Posts = 200;
    private const int AnswersEach = 3;

    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(50);

    private readonly ConcurrentDictionary<string, int> asked = new();

    /// <summary>Long enough for a server at rest to have given back what it does not need.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(7);

    public async Task Measure()
    {
        var token = calf.Token();
        using var listeners = new Listeners(Enumerable.Range(0, Servers).Select(Address), Answer);
        using var running = calf.Start();
        using var connection = new RawConnection(bed.Port);
        string[] signedIn = [$"Authorization: Bearer {token}"];
        var found = Json(connection, $"/api/v2/search?type=statuses&resolve=true&q={Uri.EscapeDataString(Post(0))}", signedIn);
        var id = found.GetProperty("statuses")[0].GetProperty("id").GetString();
        asked.Clear();
        await Task.Delay(Rest);
        var (before, clock) = (running.Memory, Stopwatch.StartNew());
        running.ForgetPeak();
        Json(connection, $"/api/v1/statuses/{id}/context", signedIn);
        // As apps ask, only more often: what the thread lacks is reckoned once, at the end.
        do
        {
            await Task.Delay(20);
        } while (Json(connection, $"/api/v1_alpha/async_refreshes/{id}", signedIn).GetProperty("async_refresh").GetProperty("status").GetString() == "running");
        var took = clock.Elapsed;
        var state = Json(connection, $"/api/calf/v1/statuses/{id}/completeness", signedIn);
        if (state.GetProperty("here").GetInt32() != Posts - 1) throw new BenchException($"The thread is not whole: {state}");
        // One after the other: the first post, whose author is known, then on each level a post, and the author of the first one from there.
        var chain = (1 + 2 * Depth(Posts - 1)) * Latency.TotalMilliseconds;
        var requests = asked.Values.Sum();
        bed.Table.Add($"A thread of {Posts} posts on {Servers} servers, complete", Table.Number(took.TotalMilliseconds), "ms", "");
        bed.Table.Add("The same, to the requests that must follow one another", Table.Number(took.TotalMilliseconds / chain, "0.00"), "times", "");
        bed.Table.Add("Requests for each of its posts", Table.Number(requests / (double)Posts, "0.00"), "", "");
        bed.Table.Add("RSS before, at rest", Table.Number(before, "0.0"), "MB", "");
        bed.Table.Add("RSS at most meanwhile", Table.Number(running.PeakMemory, "0.0"), "MB", "at most 64");
        asked.Clear();
        Json(connection, $"/api/v1/statuses/{id}/context", signedIn);
        await Task.Delay(500);
        bed.Table.Add("Requests when it is opened again", Table.Number(asked.Values.Sum()), "", "");
    }

    private static int Depth(int post) => post == 0 ? 0 : 1 + Depth((post - 1) / AnswersEach);

    private string Address(int server) => $"http://127.0.0.1:{bed.Port + 100 + server}";

    private string Actor(int server) => $"{Address(server)}/users/u";

    private string Post(int n) => $"{Address(n % Servers)}/posts/{n}";

    private async Task Answer(HttpListenerContext context)
    {
        await Task.Delay(Latency);
        var address = context.Request.Url!.GetLeftPart(UriPartial.Path);
        asked.AddOrUpdate(address, 1, (_, n) => n + 1);
        var json = address.Contains("/posts/", StringComparison.Ordinal) ? Note(int.Parse(address[(address.LastIndexOf('/') + 1)..], CultureInfo.InvariantCulture))
            : address.EndsWith("/users/u", StringComparison.Ordinal) ? Person(address) : null;
        context.Response.StatusCode = json is null ? 404 : 200;
        context.Response.ContentType = "application/activity+json";
        context.Response.Close(Encoding.UTF8.GetBytes(json ?? "{}"), willBlock: false);
    }

    private string Note(int n)
    {
        var answers = Enumerable.Range(AnswersEach * n + 1, AnswersEach).Where(a => a < Posts).Select(a => $"\"{Post(a)}\"");
        var parent = n == 0 ? "" : $"\"inReplyTo\":\"{Post((n - 1) / AnswersEach)}\",";
        return $$"""
            {"id":"{{Post(n)}}","type":"Note","attributedTo":"{{Actor(n % Servers)}}",{{parent}}"content":"<p>Number {{n}}</p>","to":["https://www.w3.org/ns/activitystreams#Public"],
             "published":"{{Bed.Now.AddHours(-20).AddMinutes(n):O}}",
             "replies":{"type":"Collection","first":{"type":"CollectionPage","items":[{{string.Join(',', answers)}}]} } }
            """;
    }

    private static string Person(string actor) => $$"""
        {"id":"{{actor}}","type":"Person","preferredUsername":"u","inbox":"{{actor}}/inbox","outbox":"{{actor}}/outbox",
         "publicKey":{"id":"{{actor}}#main-key","owner":"{{actor}}","publicKeyPem":""} }
        """;

    private JsonElement Json(RawConnection connection, string path, string[] headers)
    {
        var answer = connection.Fetch(path, headers);
        if (answer.Status != 200) throw new BenchException($"{path} answered {answer.Status}.");
        using var json = JsonDocument.Parse(answer.Body);
        return json.RootElement.Clone();
    }

    /// <summary>Small servers, each on an address of its own.</summary>
    private sealed class Listeners : IDisposable
    {
        private readonly List<HttpListener> all = [];

        public Listeners(IEnumerable<string> addresses, Func<HttpListenerContext, Task> answer)
        {
            foreach (var address in addresses)
            {
                var listener = new HttpListener();
                listener.Prefixes.Add(address + "/");
                listener.Start();
                all.Add(listener);
                _ = Serve(listener, answer);
            }
        }

        public void Dispose() => all.ForEach(listener => listener.Close());

        private static async Task Serve(HttpListener listener, Func<HttpListenerContext, Task> answer)
        {
            while (listener.IsListening)
            {
                try
                {
                    _ = answer(await listener.GetContextAsync());
                }
                catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
                {
                    return;
                }
            }
        }
    }
}
