namespace Calf.Federation;

/// <summary>Does something again and again with the same pause between. A round that fails is told in the log; the next one comes all the same.</summary>
/// <param name="first">The pause before the first round, where it is another.</param>
public abstract partial class PeriodicWorker(TimeSpan interval, TimeProvider time, ILogger log, TimeSpan? first = null) : BackgroundService
{
    protected TimeProvider Time => time;

    /// <summary>One round. What it cannot do now must still be due at the next.</summary>
    protected abstract Task Round(CancellationToken cancel);

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(first ?? interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            timer.Period = interval;
            try
            {
                await Round(stoppingToken);
            }
#pragma warning disable CA1031 // Whatever it was, the rounds must go on.
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                Log.Failed(log, interval, failure);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "A round of regular work failed; the next is in {interval}")]
        public static partial void Failed(ILogger logger, TimeSpan interval, Exception failure);
    }
}
