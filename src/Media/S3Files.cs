using System.Globalization;
using System.Runtime.CompilerServices;
using Calf.Security;

namespace Calf.Media;

/// <summary>Stored files in a bucket of an S3-compatible store.</summary>
public sealed class S3Files(S3Settings settings, SafeHttpOptions network, TimeProvider time) : IMediaPlace, IDisposable
{
    private const int PageSize = 1000;

    private static readonly TimeSpan ProbeLimit = TimeSpan.FromSeconds(5);

    private readonly S3Bucket bucket = new(settings, network, time);
    private readonly string prefix = settings.Prefix.Length == 0 ? "" : settings.Prefix.TrimEnd('/') + "/";

    public string Name => bucket.Name;

    public Task Put(string name, string path, CancellationToken cancel) =>
        bucket.Put(prefix + name, path, StoredName.HashIn(name), StoredName.TypeIn(name).Mime, cancel);

    public async Task<StoredFile?> Open(string name, PartWanted part, CancellationToken cancel)
    {
        var answer = await bucket.Get(part.All ? HttpMethod.Get : HttpMethod.Head, prefix + name, null, cancel);
        if (answer is null) return null;
        if (answer.ContentHeaders.ContentLength is not { } length || answer.ContentHeaders.ContentEncoding.Count > 0)
        {
            answer.Dispose();
            throw bucket.Failed("it does not give files as they were stored");
        }
        var at = answer.ContentHeaders.LastModified ?? DateTimeOffset.UnixEpoch;
        Stream? begun = null;
        if (part.All) begun = await answer.Body(cancel);
        else answer.Dispose();
        return new StoredFile(new FetchedStream((from, last, ct) => Fetch(name, from, last, ct), length, begun, part.Last), at);
    }

    public Task Delete(string name, CancellationToken cancel) => bucket.Delete(prefix + name, cancel);

    public async IAsyncEnumerable<IReadOnlyList<ListedFile>> List([EnumeratorCancellation] CancellationToken cancel)
    {
        string? next = null;
        do
        {
            var page = await bucket.List(prefix, next, PageSize, once: false, cancel);
            yield return [.. page.Files.Where(file => file.Key.StartsWith(prefix, StringComparison.Ordinal) && StoredName.Is(file.Key[prefix.Length..]))
                .Select(file => new ListedFile(file.Key[prefix.Length..], file.Bytes, file.ChangedAt))];
            next = page.Next;
        }
        while (next is not null);
    }

    /// <summary>Why the bucket cannot be used now, as a sentence; null when it can. Takes five seconds at most.</summary>
    public async Task<string?> Trouble(CancellationToken cancel)
    {
        using var ended = new CancellationTokenSource(ProbeLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ended.Token, cancel);
        try
        {
            await bucket.List(prefix, null, 1, once: true, either.Token);
            return null;
        }
        catch (MediaPlaceException trouble)
        {
            return trouble.Message;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return bucket.Failed($"it did not answer within {ProbeLimit.TotalSeconds} seconds").Message;
        }
    }

    public void Dispose() => bucket.Dispose();

    /// <inheritdoc cref="S3Bucket.Failed"/>
    internal MediaPlaceException Failed(string why, Exception? cause = null) => bucket.Failed(why, cause);

    private async Task<Stream> Fetch(string name, long from, long? last, CancellationToken cancel)
    {
        var range = string.Create(CultureInfo.InvariantCulture, $"bytes={from}-{last}");
        var answer = await bucket.Get(HttpMethod.Get, prefix + name, range, cancel) ?? throw bucket.Failed("a file went while it was read");
        if (answer.Status == StatusCodes.Status206PartialContent || (from == 0 && last is null)) return await answer.Body(cancel);
        answer.Dispose();
        throw bucket.Failed("it does not give parts of files");
    }
}
