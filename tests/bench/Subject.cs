using System.Text.Json;
using Calf.Store;

namespace Calf.Bench;

/// <summary>The published Calf with a data folder of its own.</summary>
internal sealed class Subject(string binary, string data, int port)
{
    public string Data => data;

    public int Port => port;

    public long FileSize => new FileInfo(binary).Length;

    public string Version => Running.Run(binary, "", "--version").Trim();

    public string Actor => $"http://localhost:{port}/users/me";

    public void SetUp() => Verb("bench bench bench\n", "setup", "--username", "me", "--password-stdin");

    public string Token() => Verb("", "token").Trim();

    public string Post(string text) => Verb("", "post", text).Trim();

    public JsonElement Status()
    {
        using var json = JsonDocument.Parse(Verb("", "status", "--json"));
        return json.RootElement.Clone();
    }

    public Running Start() => new(binary, port, Where());

    /// <summary>For seeding and counting. Seed only while it does not run.</summary>
    public Database Open() => new(data, TimeProvider.System);

    /// <summary>Bytes in use in the database, without free pages.</summary>
    public static long UsedBytes(Connection c) => c.Count($"""
        SELECT (p.page_count - f.freelist_count) * s.page_size FROM pragma_page_count p, pragma_freelist_count f, pragma_page_size s
        """);

    private string Verb(string input, params string[] arguments) => Running.Run(binary, input, [.. arguments, .. Where()]);

    private string[] Where() => ["--data", data, "--listen", $"http://localhost:{port}"];
}
