using Calf.Operations;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Calf.Tests.Operations;

public sealed class LineLogTests
{
    [Fact]
    public void An_entry_is_one_line_whatever_another_server_wrote_into_it()
    {
        using var output = new StringWriter();
        using var log = new LineLog(output, new FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(1_800_000_000)));
        log.CreateLogger("Calf.Federation.Inbox").Log(LogLevel.Warning, new EventId(1), "a\nb\u001b[2J", new IOException("c\r\nd"), (state, _) => state);
        Assert.Equal("2027-01-15 08:00:00Z warning Inbox: a b [2J (IOException: c  d)" + Environment.NewLine, output.ToString());
    }
}
