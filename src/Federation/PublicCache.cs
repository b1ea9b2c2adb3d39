using System.Collections.Concurrent;
using Calf.Accounts;
using Calf.Events;

namespace Calf.Federation;

/// <summary>What makes a public answer stale.</summary>
public enum CacheTopic
{
    /// <summary>Changes of the owner's profile, keys and pins.</summary>
    Profile = 0,

    /// <summary>Those, and changes of any post: nobody has to work out which pages show it.</summary>
    Posts = 1,
}

/// <summary>
/// Keeps answers that are the same for every visitor as ready bytes, and gives them out before anything else has looked at the
/// request. An event makes them stale by raising a number, so a busy inbox pays nothing for them.
/// </summary>
public sealed class PublicCache : IDisposable
{
    /// <summary>What comes without an event, such as a look at the clock in a page, may lag this long.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(10);

    public const int MaxAnswers = 2000;
    public const int MaxTotalBytes = 8 * 1024 * 1024;
    public const int MaxAnswerBytes = 512 * 1024;
    public const int MaxTargetLength = 512;

    private readonly ConcurrentDictionary<Key, Kept> kept = new();
    private readonly int[] generations = new int[2];
    private readonly Owner owner;
    private readonly TimeProvider time;
    private readonly IDisposable listening;
    private long ownerId;
    private long totalBytes;

    public PublicCache(Owner owner, EventHub events, TimeProvider time)
    {
        this.owner = owner;
        this.time = time;
        listening = events.Listen(Happened);
    }

    internal int Count => kept.Count;

    /// <summary>Stands first in the pipeline.</summary>
    public RequestDelegate Around(RequestDelegate next) => context =>
    {
        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method)) return next(context);
        if (IsForSigner(context.Request)) return next(context);
        var key = KeyOf(context.Request);
        if (Find(key, context.Request) is { } answer) return answer.Write(context);
        // Taken before anything is read, so that an event in between keeps the answer from being stored.
        context.Features.Set(new Miss(this, key, Volatile.Read(ref generations[0]), Volatile.Read(ref generations[1])));
        return next(context);
    };

    /// <summary>A signed question for a page of an outbox, which shows more to those who follow.</summary>
    internal static bool IsForSigner(HttpRequest request) =>
        request.Path.Value?.EndsWith("/outbox", StringComparison.Ordinal) == true && request.Query.ContainsKey("page")
        && (request.Headers.ContainsKey("Signature") || request.Headers.Authorization.ToString().StartsWith("Signature ", StringComparison.OrdinalIgnoreCase));

    public void Dispose() => listening.Dispose();

    private static Key KeyOf(HttpRequest request)
    {
        var raw = request.HttpContext.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()?.RawTarget;
        return new Key(string.IsNullOrEmpty(raw) ? request.Path.Value + request.QueryString.Value : raw, ContentNegotiation.WantsDocument(request) ? null : PageLanguages.Of(request));
    }

    private ReadyAnswer? Find(Key key, HttpRequest request)
    {
        if (!kept.TryGetValue(key, out var found)) return null;
        if (found.Generation != Volatile.Read(ref generations[(int)found.Topic]) || time.GetElapsedTime(found.Since) >= Lifetime)
        {
            Remove(key, found);
            return null;
        }
        return found.ForEverybody || (request.Headers.Cookie.Count == 0 && request.Headers.Authorization.Count == 0) ? found.Answer : null;
    }

    private void Add(Miss miss, ReadyAnswer answer, CacheTopic topic, bool forEverybody)
    {
        if (ownerId == 0) ownerId = owner.Account?.Id ?? 0;
        if (answer.Size > MaxAnswerBytes || miss.Key.Target.Length > MaxTargetLength) return;
        // Whoever asks for very many addresses gets no more memory than this; everybody starts anew.
        if (kept.Count >= MaxAnswers || Interlocked.Read(ref totalBytes) + answer.Size > MaxTotalBytes) Clear();
        var generation = topic == CacheTopic.Profile ? miss.ProfileGeneration : miss.PostsGeneration;
        if (kept.TryAdd(miss.Key, new Kept(answer, topic, forEverybody, generation, time.GetTimestamp()))) Interlocked.Add(ref totalBytes, answer.Size);
    }

    private void Clear()
    {
        foreach (var (key, entry) in kept) Remove(key, entry);
    }

    private void Remove(Key key, Kept entry)
    {
        if (kept.TryRemove(KeyValuePair.Create(key, entry))) Interlocked.Add(ref totalBytes, -entry.Answer.Size);
    }

    private void Happened(Event happened)
    {
        if (happened is AccountChanged changed && (ownerId == 0 || changed.AccountId == ownerId))
        {
            Interlocked.Increment(ref generations[(int)CacheTopic.Profile]);
            Interlocked.Increment(ref generations[(int)CacheTopic.Posts]);
        }
        else if (happened is StatusAdded or StatusEdited or StatusRemoved or CountsChanged or PollChanged)
        {
            Interlocked.Increment(ref generations[(int)CacheTopic.Posts]);
        }
    }

    /// <param name="Language">Of the page; null for the document.</param>
    internal readonly record struct Key(string Target, string? Language);

    private sealed record Kept(ReadyAnswer Answer, CacheTopic Topic, bool ForEverybody, int Generation, long Since);

    /// <summary>Set on a request that the cache could not answer, so that its answer can be kept.</summary>
    internal sealed class Miss(PublicCache cache, Key key, int profileGeneration, int postsGeneration)
    {
        public Key Key => key;

        public int ProfileGeneration => profileGeneration;

        public int PostsGeneration => postsGeneration;

        public void Keep(ReadyAnswer answer, CacheTopic topic, bool forEverybody) => cache.Add(this, answer, topic, forEverybody);
    }
}
