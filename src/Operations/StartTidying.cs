using Calf.Media;

namespace Calf.Operations;

/// <summary>
/// Takes away, once at the start, the files that a crash left half received, brings the cache below its budget, and tells when the bucket
/// cannot be used.
/// </summary>
public sealed partial class StartTidying(Staging staging, MediaStore store, RemoteCache cache, ILogger<StartTidying> log) : BackgroundService
{
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        // Before the first upload can come.
        staging.RemoveUnfinished();
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        try
        {
            await cache.Trim();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Log.Failed(log, failure);
        }
        if (store.Bucket is { } bucket && await bucket.Trouble(stoppingToken) is { } trouble) Log.NoBucket(log, trouble);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The folder cache cannot be put in order; pictures of others may not show")]
        public static partial void Failed(ILogger logger, Exception failure);

        [LoggerMessage(LogLevel.Warning, "{trouble} Until it can, what lies there is not shown, and nothing can be uploaded to it.")]
        public static partial void NoBucket(ILogger logger, string trouble);
    }
}
