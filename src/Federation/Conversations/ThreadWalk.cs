using System.Collections.Concurrent;
using Calf.ActivityPub;

namespace Calf.Federation.Conversations;

/// <summary>What one look through a thread has seen and may still cost (wire 85), and how it treats the servers that it asks: few requests at a time, and none any more to one that does not answer.</summary>
internal sealed class ThreadWalk : IDisposable
{
    /// <summary>Posts of a thread that are here or known to be missing; as many as Mastodon's.</summary>
    public const int MaxPosts = 1000;

    /// <summary>Answers taken of one post; as many as Mastodon's.</summary>
    public const int MaxOfOnePost = 500;

    /// <summary>Pages of collections that one look reads; as many as Mastodon's.</summary>
    public const int MaxPages = 500;

    /// <summary>A collection and its pages: 500 posts on pages of five, as Mastodon makes them.</summary>
    public const int MaxPagesOfOne = 101;

    /// <summary>Requests of one look in all: a post, its author and its answers, of as many posts as there may be.</summary>
    public const int MaxFetches = 3 * MaxPosts;

    /// <summary>Requests to one server at the same time.</summary>
    public const int AtOncePerHost = 2;

    public const int AtOnce = 16;

    /// <summary>A server that failed so often is left alone until the next look.</summary>
    public const int MaxFailures = 2;

    private readonly ConcurrentDictionary<string, bool> known = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<long, RemoteObject> shown = new();
    private readonly ConcurrentDictionary<string, Lazy<Task<bool>>> contexts = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<long, bool> asked = new();
    private readonly ConcurrentDictionary<string, Host> hosts = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<Task> tasks = new();
    private readonly SemaphoreSlim all = new(AtOnce);
    private int pages = MaxPages;
    private int stored;

    public FetchBudget Budget { get; } = new(MaxFetches);

    /// <summary>Posts that came here.</summary>
    public int Stored => stored;

    public void CountStored() => Interlocked.Increment(ref stored);

    public bool TakePage() => Interlocked.Decrement(ref pages) >= 0;

    /// <summary>A post of the thread is here or known to be missing.</summary>
    public void Know(string uri) => known.TryAdd(uri, true);

    /// <summary>Whether there is room for one more post in the thread; false as well for one that is known.</summary>
    public bool TakePost(string uri) => known.Count < MaxPosts && known.TryAdd(uri, true);

    public bool IsKnown(string uri) => known.ContainsKey(uri);

    /// <summary>Remembers a post as its server has just shown it.</summary>
    public void Keep(long statusId, RemoteObject? post)
    {
        if (post is not null) shown[statusId] = post;
    }

    public RemoteObject? Shown(long statusId) => shown.GetValueOrDefault(statusId);

    /// <summary>Whether the server of a status is still to be asked for its answers.</summary>
    public bool TakeQuestion(long statusId) => asked.TryAdd(statusId, true);

    /// <summary>Reads a collection that several posts may name once. Whether it could be read.</summary>
    public Task<bool> ReadOnce(string context, Func<Task<bool>> read) => contexts.GetOrAdd(context, _ => new Lazy<Task<bool>>(read)).Value;

    public bool IsContext(string uri) => contexts.ContainsKey(uri);

    /// <summary>Begins a piece of work, for whose end <see cref="Done"/> waits.</summary>
    public void Start(Func<Task> work) => tasks.Enqueue(Task.Run(work));

    /// <summary>Until everything that was started, and what that started, is done.</summary>
    public async Task Done()
    {
        var ended = new List<Task>();
        while (tasks.TryDequeue(out var task))
        {
            ended.Add(task);
            // One that failed must not leave the others running behind.
            await task.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
        await Task.WhenAll(ended);
    }

    /// <summary>Asks the server of an address when it has time for it.</summary>
    /// <param name="failure">What stands for an answer when it does not answer.</param>
    public async Task<T> Ask<T>(string uri, Func<Task<T>> ask, Func<T, string?> failed, Func<string, T> failure, CancellationToken cancel)
    {
        var host = hosts.GetOrAdd(Origin.HostOf(uri) ?? "", _ => new Host());
        await host.Turn.WaitAsync(cancel);
        try
        {
            if (host.Failures >= MaxFailures) return failure(host.Reason);
            await all.WaitAsync(cancel);
            try
            {
                var answer = await ask();
                if (failed(answer) is { } reason && !Budget.IsSpent) host.Fail(reason);
                return answer;
            }
            finally
            {
                all.Release();
            }
        }
        finally
        {
            host.Turn.Release();
        }
    }

    public void Dispose()
    {
        all.Dispose();
        foreach (var host in hosts.Values) host.Turn.Dispose();
    }

    private sealed class Host
    {
        private int failures;

        public SemaphoreSlim Turn { get; } = new(AtOncePerHost);

        public int Failures => failures;

        public string Reason { get; private set; } = "";

        public void Fail(string reason)
        {
            Reason = reason;
            Interlocked.Increment(ref failures);
        }
    }
}
