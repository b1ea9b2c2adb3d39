namespace Calf.Media;

/// <summary>One after another: pictures take memory, and a file must not be stored again while the last that used it goes.</summary>
public sealed class MediaTurn : IDisposable
{
    private readonly SemaphoreSlim turn = new(1, 1);

    public async Task<T> Take<T>(Func<Task<T>> work, CancellationToken cancel)
    {
        await turn.WaitAsync(cancel);
        try
        {
            return await Task.Run(work, cancel);
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();
}
