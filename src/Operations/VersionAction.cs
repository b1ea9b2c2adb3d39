using System.CommandLine;
using System.CommandLine.Invocation;

namespace Calf.Operations;

/// <summary>Version and commit; the library's own would leave out the commit's name.</summary>
internal sealed class VersionAction(Terminal terminal) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        terminal.Out.WriteLine(Release.Line);
        return ExitCodes.Ok;
    }
}
