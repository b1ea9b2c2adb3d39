using Calf.Media;
using Calf.Store;
using Microsoft.Extensions.Logging.Abstractions;

namespace Calf.Tests.Media;

/// <summary>What takes and makes uploads, without a server around it.</summary>
internal static class UploadBench
{
    public static MediaStore StoreIn(string folder) => new(new Staging(folder), new DiskFiles(folder));

    public static (Uploading Uploading, FilmQueue Queue) Of(Database database, string folder, MediaTurn turn, FilmTools tools, TimeProvider time)
    {
        var staging = new Staging(folder);
        var store = StoreIn(folder);
        var queue = new FilmQueue(database, staging, store, new FilmMaking(tools, staging, time), turn, NullLogger<FilmQueue>.Instance);
        return (new Uploading(database, store, turn, tools, queue, time), queue);
    }
}
