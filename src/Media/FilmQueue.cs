using Calf.Store;

namespace Calf.Media;

/// <summary>
/// Films and sound that wait to be made ready, one at a time. What waits is in the database and in <see cref="Staging"/>, and is begun anew
/// after a crash.
/// </summary>
public sealed partial class FilmQueue(Database database, Staging staging, MediaStore store, FilmMaking making, MediaTurn turn, ILogger<FilmQueue> log) : IDisposable
{
    /// <summary>So many can wait at once.</summary>
    public const int MaxWaiting = 20;

    /// <summary>One that is interrupted as often has perhaps brought the machine down.</summary>
    public const int MaxTries = 3;

    /// <summary>As Mastodon's.</summary>
    public const string Failed = "Error processing thumbnail for uploaded media";

    private readonly Pulse news = new();
    private readonly Lock stopping = new();
    private (long Id, CancellationTokenSource Stop)? current;

    /// <summary>What was made and could not be stored yet: making it again may take an hour.</summary>
    private (long Id, ReadyFilm Film)? made;

    private MediaPlaceException? trouble;

    /// <summary>Ends when a film has come, or has been made.</summary>
    public Task Changed => news.Next;

    /// <summary>Takes the file over; to be called in the turn.</summary>
    /// <exception cref="MediaException">There are too many already.</exception>
    public async Task<Upload> Add(TemporaryFile file, Upload upload, DateTimeOffset now)
    {
        if (database.Read(FilmStore.CountWaiting) >= MaxWaiting) throw new MediaException(Words.T("Too many files are waiting to be made ready. Try again in a moment!"));
        // The file before its row: without a row it goes at the next start.
        staging.Wait(file, upload.Id);
        await database.Write(c => UploadStore.Add(c, upload, now));
        news.Beat();
        return upload;
    }

    /// <summary>Takes away the file of an upload, and ends the program that is at work on it. To be called when its row is gone.</summary>
    public void Abandon(long id)
    {
        staging.DeleteWaiting(id);
        lock (stopping)
            if (current is var (made, stop) && made == id) stop.Cancel();
    }

    /// <summary>When it waits no more; null when it is there no more, or a post uses it.</summary>
    /// <exception cref="MediaPlaceException">It may take long: what is made cannot be stored now.</exception>
    public async Task<Upload?> Finished(long id, CancellationToken cancel)
    {
        while (true)
        {
            var next = Changed;
            var upload = database.Read(c => UploadStore.FindUnused(c, id));
            if (upload?.State != UploadState.Waiting) return upload;
            await next.WaitAsync(cancel);
            if (trouble is { } now) throw now;
        }
    }

    /// <summary>Takes away what waits and has no row; for the start.</summary>
    public void Sweep() => staging.SweepWaiting(id => database.Read(c => FilmStore.FindWaiting(c, id)) is not null);

    /// <summary>Makes the one that has waited longest. False when none waits.</summary>
    /// <exception cref="MediaPlaceException">It is made and cannot be stored; the next step tries again.</exception>
    public async Task<bool> Step(CancellationToken cancel)
    {
        if (await database.Write(FilmStore.Begin) is not var (id, tries))
        {
            Drop();
            return false;
        }
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        try
        {
            lock (stopping) current = (id, stop);
            if (tries > MaxTries) throw new ToolException($"It was interrupted {MaxTries} times.");
            if (made?.Id != id)
            {
                Drop();
                made = (id, await making.Make(staging.WaitingPath(id), stop.Token));
            }
            await turn.Take(() => Finish(id, made.Value.Film, stop.Token), stop.Token);
            trouble = null;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            // The owner has taken it back.
            trouble = null;
        }
        catch (MediaPlaceException now)
        {
            trouble = now;
            await database.Write(c => FilmStore.PutBack(c, id));
            throw;
        }
        catch (MediaException refused)
        {
            trouble = null;
            Log.Refused(log, refused.Message, refused.InnerException?.Message);
            await Fail(id, $"Validation failed: {refused.Message}");
        }
        catch (Exception failure) when (failure is ToolException or IOException or UnauthorizedAccessException)
        {
            trouble = null;
            Log.Failed(log, failure);
            await Fail(id, Failed);
        }
        finally
        {
            lock (stopping) current = null;
            if (trouble is null) Drop();
            news.Beat();
        }
        return true;
    }

    public void Dispose() => Drop();

    private void Drop()
    {
        made?.Film.Dispose();
        made = null;
    }

    private async Task<bool> Finish(long id, ReadyFilm film, CancellationToken cancel)
    {
        // Else the owner has taken it back meanwhile.
        if (database.Read(c => FilmStore.FindWaiting(c, id)) is not { } upload) return false;
        var (facts, preview) = (film.Facts, film.Preview);
        upload = upload with
        {
            Type = facts.Film is null ? "audio" : upload.Type == "audio" ? "video" : upload.Type,
            MediaType = film.Type.Mime,
            File = await store.Keep(film.File, film.Type, cancel),
            Bytes = upload.Bytes + film.Bytes,
            Width = facts.Film?.Width,
            Height = facts.Film?.Height,
            Duration = facts.Duration,
            FrameRate = facts.Film?.FrameRate,
            Bitrate = facts.Bitrate,
            State = UploadState.Ready,
        };
        // What the owner chose for a preview stays.
        if (upload.PreviewFile is null && preview is not null)
            upload = upload with { PreviewFile = await store.Save(preview.Preview, preview.PreviewType, cancel), Blurhash = preview.Blurhash, Bytes = upload.Bytes + preview.Preview.Length };
        await database.Write(c => FilmStore.Finish(c, upload));
        staging.DeleteWaiting(id);
        return true;
    }

    private async Task Fail(long id, string why)
    {
        await database.Write(c => FilmStore.Fail(c, id, why));
        staging.DeleteWaiting(id);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "An upload was refused: {reason} {details}")]
        public static partial void Refused(ILogger logger, string reason, string? details);

        [LoggerMessage(LogLevel.Warning, "An upload could not be made ready")]
        public static partial void Failed(ILogger logger, Exception failure);
    }
}
