using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Calf.Store;

/// <summary>
/// The one SQLite file. Reads run at once on pooled read-only connections; writes queue for a single thread that runs many of
/// them in one transaction, so that a burst costs one fsync. A completed <see cref="Write{T}"/> is on the disk; of
/// <see cref="WriteRepeatable{T}"/> a power cut may undo the last ones, in the order in which they were made.
/// </summary>
public sealed class Database : IDisposable
{
    public const string FileName = "calf.db";

    private const int MaxJobsPerCommit = 512;
    private const int MaxIdleReaders = 8;

    private readonly string path;
    private readonly ConcurrentBag<Connection> readers = [];
    private readonly BlockingCollection<Job> jobs = [];
    private readonly Connection writer;
    private readonly Thread writing;
    private bool syncing = true;

    /// <summary>Opens or creates the database and brings its schema up to date.</summary>
    /// <exception cref="StoreException">The file cannot be used; the message says what to do.</exception>
    public Database(string folder, TimeProvider time)
    {
        Directory.CreateDirectory(folder);
        path = Path.Combine(folder, FileName);
        Migrator.Migrate(path, time);
        writer = Open(path, readOnly: false);
        writing = new Thread(WriteLoop) { Name = "calf-writer", IsBackground = true };
        writing.Start();
    }

    public string FilePath => path;

    /// <summary>
    /// A number that changes when another process has written to the file, such as the command line beside the server.
    /// </summary>
    public Task<long> OutsideVersion() => Write(c => c.Count($"PRAGMA data_version"));

    /// <summary>Is told the text of each statement, on whatever thread it runs; tests look at its plan.</summary>
    internal Action<string>? Watch { get; set; }

    /// <summary>Gives up what SQLite keeps in memory to be faster, for a server that rests: up to two megabytes a reader, eight for the writer.</summary>
    public Task Rest()
    {
        while (readers.TryTake(out var reader)) reader.Dispose();
        return WriteRepeatable(c => c.Control("PRAGMA shrink_memory"));
    }

    public T Read<T>(Func<Connection, T> work)
    {
        if (!readers.TryTake(out var connection)) connection = Open(path, readOnly: true);
        connection.Watch = Watch;
        try
        {
            // One snapshot for all statements of one read.
            connection.Control("BEGIN");
            var result = work(connection);
            connection.Control("COMMIT");
            if (readers.Count < MaxIdleReaders) readers.Add(connection);
            else connection.Dispose();
            return result;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Runs <paramref name="work"/> on the writer thread, in a savepoint of its own: if it throws, nothing of it stays and the
    /// exception comes back through the task. It must not wait for anything.
    /// </summary>
    public Task<T> Write<T>(Func<Connection, T> work) => Queue(new Job<T>(work, repeatable: false));

    public Task Write(Action<Connection> work) => Write(c =>
    {
        work(c);
        return true;
    });

    /// <summary>
    /// As <see cref="Write{T}"/>, without waiting for the disk: for work that begins anew after a power cut and does no harm twice,
    /// since what causes it is on the disk already, such as a received activity or a delivery that waits.
    /// </summary>
    public Task<T> WriteRepeatable<T>(Func<Connection, T> work) => Queue(new Job<T>(work, repeatable: true));

    public Task WriteRepeatable(Action<Connection> work) => WriteRepeatable(c =>
    {
        work(c);
        return true;
    });

    private Task<T> Queue<T>(Job<T> job)
    {
        jobs.Add(job);
        return job.Task;
    }

    internal static Connection Open(string path, bool readOnly)
    {
#pragma warning disable RS0030 // The one place that opens connections.
        var sqlite = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = readOnly ? SqliteOpenMode.ReadOnly : SqliteOpenMode.ReadWriteCreate,
            Pooling = false,
        }.ToString());
#pragma warning restore RS0030
        sqlite.Open();
        var connection = new Connection(sqlite);
        // Freed pages are given back in steps (Operations/DiskKeeping); only a new file obeys. FULL, not NORMAL: in WAL mode NORMAL may lose the last commits in a power cut, and a 202 or a posted status is a promise.
        connection.Script(readOnly
            ? "PRAGMA busy_timeout=5000; PRAGMA cache_size=-2000; PRAGMA mmap_size=0; PRAGMA query_only=1"
            : "PRAGMA busy_timeout=5000; PRAGMA auto_vacuum=INCREMENTAL; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=1; PRAGMA cache_size=-8000; PRAGMA journal_size_limit=67108864");
        return connection;
    }

    private void WriteLoop()
    {
        var batch = new List<Job>();
        foreach (var first in jobs.GetConsumingEnumerable())
        {
            batch.Clear();
            batch.Add(first);
            while (batch.Count < MaxJobsPerCommit && jobs.TryTake(out var more)) batch.Add(more);
            Commit(batch);
        }
    }

    private void Commit(List<Job> batch)
    {
        try
        {
            Sync(!batch.TrueForAll(job => job.Repeatable));
            writer.Watch = Watch;
            writer.Control("BEGIN IMMEDIATE");
            foreach (var job in batch) RunInSavepoint(job);
            writer.Control("COMMIT");
        }
        catch (SqliteException failure)
        {
            AbandonTransaction();
            foreach (var job in batch) job.Fail(failure);
            return;
        }
        foreach (var action in writer.TakeActions()) action();
        foreach (var job in batch) job.Complete();
    }

    // The next commit that waits for the disk takes those before it along: they are in the same log.
    private void Sync(bool wanted)
    {
        if (syncing == wanted) return;
        writer.Script(wanted ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=NORMAL");
        syncing = wanted;
    }

    private void RunInSavepoint(Job job)
    {
        var mark = writer.PendingActions;
        writer.Control("SAVEPOINT job");
        try
        {
            job.Run(writer);
        }
#pragma warning disable CA1031 // Whatever the job threw belongs to its caller; the batch goes on.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            job.Remember(failure);
            writer.ForgetActionsFrom(mark);
            writer.Control("ROLLBACK TO job");
        }
        writer.Control("RELEASE job");
    }

    private void AbandonTransaction()
    {
        writer.TakeActions();
        try
        {
            writer.Control("ROLLBACK");
        }
        catch (SqliteException)
        {
            // SQLite has rolled back by itself, as it does when the disk is full.
        }
    }

    public void Dispose()
    {
        if (jobs.IsAddingCompleted) return;
        jobs.CompleteAdding();
        writing.Join();
        while (readers.TryTake(out var reader)) reader.Dispose();
        writer.Dispose();
        jobs.Dispose();
    }

    private abstract class Job(bool repeatable)
    {
        public bool Repeatable => repeatable;

        protected Exception? Failure { get; private set; }

        public abstract void Run(Connection connection);

        public abstract void Complete();

        public abstract void Fail(Exception failure);

        public void Remember(Exception failure) => Failure = failure;
    }

    private sealed class Job<T>(Func<Connection, T> work, bool repeatable) : Job(repeatable)
    {
        // Continuations must not run on the writer thread: they would hold up every other write.
        private readonly TaskCompletionSource<T> completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
        // What belongs to who asked, such as the language of their sentences, is there on the writer thread too.
        private readonly ExecutionContext? asker = ExecutionContext.Capture();
        private T result = default!;

        public Task<T> Task => completion.Task;

        public override void Run(Connection connection)
        {
            if (asker is null) result = work(connection);
            else ExecutionContext.Run(asker, _ => result = work(connection), null);
        }

        public override void Complete()
        {
            if (Failure is null) completion.TrySetResult(result);
            else completion.TrySetException(Failure);
        }

        public override void Fail(Exception failure) => completion.TrySetException(Failure ?? failure);
    }
}
