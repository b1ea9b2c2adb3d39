using System.Net;
using Calf.Moderation;
using Calf.Security;
using Calf.Store;

namespace Calf.Media;

/// <summary>It cannot be shown.</summary>
/// <param name="status">What the viewer is answered.</param>
/// <param name="wait">For how long it is not tried again.</param>
public sealed class RemoteMediaException(int status, string reason, TimeSpan wait) : Exception(reason)
{
    public int Status => status;

    public TimeSpan Wait => wait;
}

/// <summary>Fetches one file of another server and looks what it is.</summary>
public sealed class RemoteFetching(SafeHttp http, Database database, HostTurns hosts, TimeProvider time) : IDisposable
{
    public const int MaxPictureBytes = 16 * 1024 * 1024;

    /// <summary>Of video and sound.</summary>
    public const int MaxFileBytes = 99 * 1024 * 1024;

    /// <summary>How long what will hardly change is not tried again, and what may.</summary>
    public static readonly TimeSpan Remembered = TimeSpan.FromDays(1), TriedAgain = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan PatienceForPictures = TimeSpan.FromSeconds(30), PatienceForFiles = TimeSpan.FromMinutes(5);

    /// <summary>Names media and nothing else, so that no actor can be had this way (wire 118).</summary>
    private const string Accept = "image/*, video/*, audio/*";

    /// <summary>One picture in memory at a time.</summary>
    private readonly SemaphoreSlim drawing = new(1, 1);

    /// <summary>Returns when all of it is there, in the wanted shape.</summary>
    /// <exception cref="RemoteMediaException">It cannot be shown.</exception>
    public async Task<MediaType> Fetch(Uri uri, RemoteShape shape, Arrival arrival, CancellationToken cancel)
    {
        using (await hosts.Take(uri.IdnHost, cancel)) await Receive(uri, shape, arrival, cancel);
        arrival.End();
        var type = Accepted(MediaType.OfFile(arrival.Path), shape);
        if (type.Kind != MediaKind.Image) return type;
        if (arrival.Bytes > MaxPictureBytes) throw Refused(StatusCodes.Status413PayloadTooLarge, $"The picture is larger than {MaxPictureBytes / 1024 / 1024} MB.");
        await drawing.WaitAsync(cancel);
        try
        {
            if (await Task.Run(() => shape.Draw(arrival.Path, type, arrival.Bytes), cancel) is not { } drawn) return type;
            await arrival.Replace(drawn.Encoded);
            return drawn.Type;
        }
        catch (MediaException e)
        {
            throw Refused(StatusCodes.Status415UnsupportedMediaType, e.Message);
        }
        finally
        {
            drawing.Release();
        }
    }

    /// <summary>Nothing is fetched from, or shown of, servers whose media are rejected.</summary>
    /// <exception cref="RemoteMediaException">It is such a server.</exception>
    public void Demand(Uri uri)
    {
        if (database.Read(c => DomainBlockStore.For(c, uri.IsDefaultPort ? uri.IdnHost : $"{uri.IdnHost}:{uri.Port}")) is { } rule && (rule.RejectMedia || rule.Severity == DomainSeverity.Block))
            // Not remembered: the rule may go.
            throw new RemoteMediaException(StatusCodes.Status404NotFound, $"Media of {uri.Host} are not shown here.", TimeSpan.Zero);
    }

    private async Task Receive(Uri uri, RemoteShape shape, Arrival arrival, CancellationToken cancel)
    {
        long? length = null;
        try
        {
            await using var target = new ArrivalWriter(arrival, head => Begin(arrival, head, shape));
            var answer = await http.Send(SafeRequest.Get(uri) with
            {
                Accept = Accept,
                Demand = Demand,
                Into = target,
                // The length of an encoded body is not the file's.
                Begins = head => arrival.Length = length = head.ContentEncoding.Count == 0 ? head.ContentLength : null,
                MaxBytes = shape == RemoteShape.Original ? MaxFileBytes : MaxPictureBytes,
                TotalTimeout = shape == RemoteShape.Original ? PatienceForFiles : PatienceForPictures,
            }, cancel);
            if (!answer.IsSuccess) throw Unlucky(uri, answer);
            if (length is not null && length != arrival.Bytes) throw Refused(StatusCodes.Status502BadGateway, $"{uri.Host} sent another number of bytes than it said.");
        }
        catch (SafeHttpException e)
        {
            throw e.Reason == SafeHttpReason.TooLarge
                ? Refused(StatusCodes.Status413PayloadTooLarge, e.Message)
                : new RemoteMediaException(StatusCodes.Status502BadGateway, e.Message, e.Transient ? TriedAgain : Remembered);
        }
    }

    /// <summary>At the first bytes: what is of no use goes no further, and a film can be shown while the rest comes.</summary>
    private static void Begin(Arrival arrival, ReadOnlyMemory<byte> head, RemoteShape shape)
    {
        var type = Accepted(MediaType.Of(head.Span), shape);
        if (type.Kind != MediaKind.Image && arrival.Length is not null) arrival.Show(type);
    }

    private static MediaType Accepted(MediaType? type, RemoteShape shape)
    {
        if (type is null) throw Refused(StatusCodes.Status415UnsupportedMediaType, "The file is of a kind that is not shown here.");
        return type.Kind == MediaKind.Image || shape == RemoteShape.Original ? type : throw Refused(StatusCodes.Status415UnsupportedMediaType, "It has to be a picture.");
    }

    private RemoteMediaException Unlucky(Uri uri, SafeResponse answer)
    {
        if (answer.Status is (int)HttpStatusCode.TooManyRequests or (int)HttpStatusCode.ServiceUnavailable)
        {
            var asked = answer.RetryAfter(time.GetUtcNow()) ?? TriedAgain;
            var wait = asked < TriedAgain ? TriedAgain : asked > Remembered ? Remembered : asked;
            hosts.Rest(uri.IdnHost, wait);
            return new RemoteMediaException(StatusCodes.Status503ServiceUnavailable, $"{uri.Host} asks to come back later.", wait);
        }
        return answer.Status is (int)HttpStatusCode.NotFound or (int)HttpStatusCode.Gone
            ? Refused(StatusCodes.Status404NotFound, $"{uri.Host} no longer has the file.")
            : new RemoteMediaException(StatusCodes.Status502BadGateway, $"{uri.Host} answered {answer.Status}.", answer.IsTransient ? TriedAgain : Remembered);
    }

    private static RemoteMediaException Refused(int status, string reason) => new(status, reason, Remembered);

    public void Dispose() => drawing.Dispose();
}
