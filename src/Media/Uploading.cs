using Calf.Store;

namespace Calf.Media;

/// <summary>What an app tells of a file. Null leaves it as it is.</summary>
/// <param name="Thumbnail">A picture to show in its place until it is played.</param>
public sealed record UploadDetails(string? Description, Focus? Focus, TemporaryFile? Thumbnail);

/// <summary>Takes files that the owner sends: looks what they are, makes them ready and stores them.</summary>
public sealed class Uploading(Database database, MediaStore store, MediaTurn turn, FilmTools tools, FilmQueue films, TimeProvider time)
{
    /// <summary>As Mastodon's.</summary>
    public const int MaxPictureBytes = 16 * 1024 * 1024;

    /// <summary>The most for video and sound, as Mastodon's.</summary>
    public const int MaxFileBytes = 99 * 1024 * 1024;

    /// <summary>What players of apps can show; as Mastodon's. Looked at where there is ffmpeg.</summary>
    public const int MaxFrameRate = 120, MaxFilmPixels = 3840 * 2160;

    /// <summary>In characters; what other servers show of an alternative text.</summary>
    public const int MaxDescription = 1500;

    /// <summary>How long a file stays that no post uses.</summary>
    public static readonly TimeSpan UnusedKept = TimeSpan.FromDays(1);

    private const int Batch = 100;

    /// <summary>A picture is ready at once; film, sound and what moves are so later, unless ffmpeg is missing.</summary>
    /// <exception cref="MediaException">The file is nothing that can be posted; nothing of it is kept.</exception>
    public Task<Upload> Add(TemporaryFile file, UploadDetails details, CancellationToken cancel) => turn.Take(async () =>
    {
        var type = file.LookAtType() ?? throw new MediaException(Words.T("File type of uploaded media could not be verified. Pictures (JPEG, PNG, WebP, GIF), video (MP4, WebM, MOV) and sound (MP3, OGG, FLAC, WAV, M4A) can be posted."));
        Demand(details.Description);
        if (tools.Missing is null && (type.Kind != MediaKind.Image || (type == MediaType.Gif && Pictures.Moves(file.Path, type))))
            return await films.Add(file, await With(ToBeMade(type), details, cancel), time.GetUtcNow());
        var upload = await With(await (type.Kind == MediaKind.Image ? Picture(file, type, cancel) : Plain(file, type, cancel)), details, cancel);
        await database.Write(c => UploadStore.Add(c, upload, time.GetUtcNow()));
        return upload;
    }, cancel);

    /// <summary>Null when it is not there or a post uses it.</summary>
    /// <exception cref="MediaException">The description is too long, or the thumbnail is no picture.</exception>
    public Task<Upload?> Change(long id, UploadDetails details, CancellationToken cancel) => turn.Take(async () =>
    {
        Demand(details.Description);
        if (database.Read(c => UploadStore.FindUnused(c, id)) is not { } upload) return null;
        upload = await With(upload, details, cancel);
        await database.Write(c => UploadStore.Update(c, upload));
        return upload;
    }, cancel);

    /// <summary>Stores a picture that is no attachment, such as an avatar, with at most so many pixels; its name in the store.</summary>
    /// <exception cref="MediaException">It is no picture that can be read.</exception>
    public Task<string> AddPortrait(TemporaryFile file, int mostPixels, CancellationToken cancel) => turn.Take(() =>
    {
        if (file.LookAtType() is not { Kind: MediaKind.Image } type) throw new MediaException(Words.T("It has to be a picture: JPEG, PNG, WebP or GIF."));
        var ready = Prepare(file, type, mostPixels);
        return store.Save(ready.Encoded, ready.Type, cancel);
    }, cancel);

    /// <summary>Stores the picture of a custom emoji, and where it moves its first picture besides; their names in the store.</summary>
    /// <exception cref="MediaException">It is no picture that can be one.</exception>
    public Task<(string File, string? Still)> AddEmoji(TemporaryFile file, CancellationToken cancel) => turn.Take<(string, string?)>(async () =>
    {
        if (new FileInfo(file.Path).Length > OwnEmojis.MaxBytes) throw new MediaException(Words.T("The picture of an emoji has {most} kB at most.", ("most", Words.Digits(OwnEmojis.MaxBytes / 1024))));
        if (file.LookAtType() is not { Kind: MediaKind.Image } type || type == MediaType.Avif || type == MediaType.Heic)
            throw new MediaException(Words.T("An emoji has to be a picture: PNG, GIF, WebP or JPEG."));
        if (Pictures.Moves(file.Path, type))
        {
            // Before the file is stored; what breaks off after its first picture stays a picture.
            var still = Pictures.Still(file.Path, type, RemoteShapes.EmojiSide, mayMove: false)!.Value;
            return (await store.Keep(file, type, cancel), await store.Save(still.Encoded, still.Type, cancel));
        }
        var ready = Prepare(file, type, RemoteShapes.EmojiSide * RemoteShapes.EmojiSide);
        return (await store.Save(ready.Encoded, ready.Type, cancel), null);
    }, cancel);

    /// <summary>Takes away what <see cref="AddPortrait"/> stored, unless it is an attachment as well. Whether it is gone.</summary>
    /// <param name="isNeeded">Asked while nothing else is being stored.</param>
    public Task<bool> RemovePortrait(string name, Func<Task<bool>>? isNeeded = null) => turn.Take(async () =>
    {
        if (isNeeded is not null && await isNeeded() || database.Read(c => UploadStore.Uses(c, name))) return false;
        await store.Delete(name, CancellationToken.None);
        return true;
    }, CancellationToken.None);

    public Task Remove(Upload upload) => turn.Take(async () =>
    {
        // The row first: a file without a row is only wasted, a row without its file is a broken picture.
        foreach (var name in await database.Write(c => UploadStore.Remove(c, upload))) await store.Delete(name, CancellationToken.None);
        films.Abandon(upload.Id);
        return upload;
    }, CancellationToken.None);

    /// <summary>Takes away what no post has used for long enough. Returns how many.</summary>
    public async Task<long> RemoveUnused(CancellationToken cancel)
    {
        var removed = 0L;
        while (database.Read(c => UploadStore.Unused(c, time.GetUtcNow() - UnusedKept, Batch)) is { Count: > 0 } unused && !cancel.IsCancellationRequested)
            foreach (var upload in unused)
            {
                await Remove(upload);
                removed++;
            }
        return removed;
    }

    private async Task<Upload> Picture(TemporaryFile file, MediaType type, CancellationToken cancel)
    {
        var ready = Prepare(file, type);
        return new Upload(
            NewId(), "image", ready.Type.Mime, await store.Save(ready.Encoded, ready.Type, cancel), await store.Save(ready.Preview, ready.PreviewType, cancel),
            ready.Encoded.Length + ready.Preview.Length, ready.Blurhash, ready.Width, ready.Height, "", null);
    }

    private async Task<Upload> Plain(TemporaryFile file, MediaType type, CancellationToken cancel)
    {
        var bytes = new FileInfo(file.Path).Length;
        return new Upload(NewId(), TypeOf(type), type.Mime, await store.Keep(file, type, cancel), null, bytes, null, null, null, "", null);
    }

    private Upload ToBeMade(MediaType type) => new(NewId(), TypeOf(type), type.Mime, "", null, 0, null, null, null, "", null) { State = UploadState.Waiting };

    private static string TypeOf(MediaType type) => type.Kind switch { MediaKind.Video => "video", MediaKind.Audio => "audio", _ => "gifv" };

    private async Task<Upload> With(Upload upload, UploadDetails details, CancellationToken cancel)
    {
        upload = upload with { Description = details.Description?.Trim() ?? upload.Description, Focus = details.Focus ?? upload.Focus };
        if (details.Thumbnail is not { } thumbnail) return upload;
        if (thumbnail.LookAtType() is not { Kind: MediaKind.Image } type) throw new MediaException(Words.T("The thumbnail has to be a picture."));
        var ready = Prepare(thumbnail, type);
        return upload with { PreviewFile = await store.Save(ready.Preview, ready.PreviewType, cancel), Blurhash = ready.Blurhash, Bytes = upload.Bytes + ready.Preview.Length };
    }

    private static ReadyPicture Prepare(TemporaryFile file, MediaType type, int mostPixels = Pictures.StoredPixels) => new FileInfo(file.Path).Length <= MaxPictureBytes
        ? Pictures.Prepare(file.Path, type, mostPixels)
        : throw new MediaException(Words.T("The picture is too large. The most is {most} MB.", ("most", Words.Digits(MaxPictureBytes / 1024 / 1024))));

    private static void Demand(string? description)
    {
        if (description is not null && description.EnumerateRunes().Count() > MaxDescription)
            throw new MediaException(Words.T("Description is too long (maximum is {most} characters)", ("most", Words.Digits(MaxDescription))));
    }

    private long NewId() => Ids.At(time.GetUtcNow());
}
