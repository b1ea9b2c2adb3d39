namespace Calf.Media;

/// <summary>Makes films ready as they come. Trouble with the disk or the database ends nothing: it tries again after a while.</summary>
public sealed partial class FilmWorker(FilmQueue queue, TimeProvider time, ILogger<FilmWorker> log) : BackgroundService
{
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(30), LongestRest = TimeSpan.FromMinutes(10);

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        // Before the first upload can come.
        queue.Sweep();
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        var rest = Rest;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var next = queue.Changed;
                if (!await queue.Step(stoppingToken)) await next.WaitAsync(stoppingToken);
                rest = Rest;
            }
#pragma warning disable CA1031 // Whatever it was, the next film must come.
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                Log.Failed(log, failure);
                await Task.Delay(rest, time, stoppingToken);
                rest = rest * 2 < LongestRest ? rest * 2 : LongestRest;
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The films that wait could not be gone through")]
        public static partial void Failed(ILogger logger, Exception failure);
    }
}
