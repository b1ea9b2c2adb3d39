using Calf.Media;
using Calf.Store;
using Microsoft.Extensions.Logging.Abstractions;

namespace Calf.Tests.Media;

/// <summary>What takes and makes uploads, without a server around it.</summary>
internal static class UploadBench
{
    public static MediaStore StoreIn(string folder) => new(new Staging(folder), new DiskFiles(folder), null, inBucket: false);

    public static (Uploading Uploading, FilmQueue Queue) Of(Database database, string folder, MediaTurn turn, FilmTools tools, TimeProvider time, S3Files? bucket = null)
    {
        var staging = new Staging(folder);
        var store = new MediaStore(staging, new DiskFiles(folder), bucket, bucket is not null);
        var queue = new FilmQueue(database, staging, store, new FilmMaking(tools, staging, time), turn, NullLogger<FilmQueue>.Instance);
        return (new Uploading(database, store, turn, tools, queue, time), queue);
    }
}
