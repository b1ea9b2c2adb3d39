using Calf.Accounts;
using Calf.Federation.Delivery;
using Calf.Store;

namespace Calf.Operations;

/// <summary>
/// The parts of a Calf put together for one verb, without listening. It works on the same database file as a server that may be
/// running; what the verb queues is seen there by <see cref="OutsideChanges"/>.
/// </summary>
internal sealed class OpenCalf(WebApplication app, Settings settings, LockHolder? server) : IAsyncDisposable
{
    public Settings Settings => settings;

    /// <summary>The server that runs on this data folder, if one does.</summary>
    public LockHolder? Server => server;

    public Site Site => Get<Site>();

    public Database Database => Get<Database>();

    public DateTimeOffset Now => Get<TimeProvider>().GetUtcNow();

    public T Get<T>() where T : notnull => app.Services.GetRequiredService<T>();

    /// <exception cref="VerbException">Nobody has set this Calf up.</exception>
    public Account RequireOwner() => Get<Owner>().Account
        ?? throw new VerbException($"There is no account in {Path.GetFullPath(settings.Data)} yet. Make one with 'calf setup', or name the right folder with --data.");

    /// <summary>Tells, where no server runs, that what was queued waits for one.</summary>
    public async Task SayWhenItGoesOut(TextWriter error)
    {
        if (server is null && Database.Read(c => DeliveryLedger.Totals(c)).Waiting > 0)
            await error.WriteLineAsync("calf: No server runs on this data folder. What others have to be told goes out when one is started.");
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
