using Calf.Media;

namespace Calf.Operations;

/// <summary>Takes away, once at the start, the files that a crash left half received, and brings the cache below its budget.</summary>
public sealed partial class StartTidying(Staging staging, RemoteCache cache, ILogger<StartTidying> log) : BackgroundService
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
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The folder cache cannot be put in order; pictures of others may not show")]
        public static partial void Failed(ILogger logger, Exception failure);
    }
}
