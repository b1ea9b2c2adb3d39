using Calf.Media;
using Calf.Store;
using Microsoft.Extensions.Logging.Abstractions;

namespace Calf.Tests.Media;

/// <summary>What takes and makes uploads, without a server around it.</summary>
internal static class UploadBench
{
    public static (Uploading Uploading, FilmQueue Queue) Of(Database database, MediaFolder folder, MediaTurn turn, FilmTools tools, TimeProvider time)
    {
        var queue = new FilmQueue(database, folder, new FilmMaking(tools, folder, time), turn, time, NullLogger<FilmQueue>.Instance);
        return (new Uploading(database, folder, turn, tools, queue, time), queue);
    }
}
