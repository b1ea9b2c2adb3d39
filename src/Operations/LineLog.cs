using System.Globalization;
using System.Text;

namespace Calf.Operations;

/// <summary>The console log: one line an entry, time in UTC, and nothing but warnings and what Calf itself has to tell.</summary>
public sealed class LineLog(TextWriter writer, TimeProvider time) : ILoggerProvider
{
    private readonly Lock writing = new();

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName[(categoryName.LastIndexOf('.') + 1)..]);

    public void Dispose()
    {
        // The console is not ours to close.
    }

    private void Write(LogLevel level, string category, string message, Exception? exception)
    {
        var line = new StringBuilder()
            .Append(time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture))
            .Append(' ').Append(Name(level)).Append(' ').Append(category).Append(": ");
        AppendOneLine(line, message);
        // A warning's exception is about the other side; an error's is about us, and needs to be found in the code.
        if (exception is not null && level < LogLevel.Error) AppendOneLine(line.Append(' '), $"({exception.GetType().Name}: {exception.Message})");
        if (exception is not null && level >= LogLevel.Error) line.Append('\n').Append(exception);
        lock (writing)
        {
            writer.WriteLine(line);
            writer.Flush();
        }
    }

    /// <summary>Texts of other servers must not be able to write lines of their own.</summary>
    private static void AppendOneLine(StringBuilder line, string text)
    {
        foreach (var c in text) line.Append(char.IsControl(c) ? ' ' : c);
    }

    private static string Name(LogLevel level) => level switch
    {
        LogLevel.Critical => "critical",
        LogLevel.Error => "error",
        LogLevel.Warning => "warning",
        LogLevel.Information => "info",
        _ => "debug",
    };

    private sealed class Logger(LineLog log, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            log.Write(logLevel, category, formatter(state, exception), exception);
    }
}
