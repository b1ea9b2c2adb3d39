using System.Diagnostics;
using System.Globalization;
using Calf.Security;

namespace Calf.Bench;

/// <summary>What every measurement stands on: the two programs, where they live and listen, and the table that is filled.</summary>
/// <param name="Bare">The published bare endpoint; it stands for other servers as well.</param>
/// <param name="Folder">Ours alone, and gone afterwards.</param>
/// <param name="Port">Calf's; the bare endpoint has the next.</param>
internal sealed record Bed(string Binary, string Bare, string Folder, int Port, Table Table)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    public static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    public int StubPort => Port + 1;

    /// <summary>The address of the other server.</summary>
    public string Stub => $"http://localhost:{StubPort}";

    /// <summary>The folder whose files the bare endpoint answers.</summary>
    public string Files => Directory.CreateDirectory(Path.Combine(Folder, "files")).FullName;

    /// <summary>A Calf with a data folder of its own; nothing is in it yet.</summary>
    public Subject Subject(string name) => new(Binary, Path.Combine(Folder, name), Port);

    public Running StartStub() => new(Bare, StubPort, StubPort.ToString(CultureInfo.InvariantCulture), Files);

    /// <summary>How often the bare endpoint was asked: <c>posts</c> or <c>unknown</c>.</summary>
    public int Counted(string what)
    {
        using var connection = new RawConnection(StubPort);
        return int.Parse(connection.Fetch("/" + what).Body, CultureInfo.InvariantCulture);
    }

    public static SigningKey KeyOf(string actor) => SigningKey.Generate(actor + "#main-key");

    public static async Task Until(Func<bool> done)
    {
        var clock = Stopwatch.StartNew();
        while (!done())
        {
            if (clock.Elapsed > Longest) throw new BenchException("It took too long.");
            await Task.Delay(20);
        }
    }
}
