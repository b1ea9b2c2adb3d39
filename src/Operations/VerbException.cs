namespace Calf.Operations;

/// <summary>A verb cannot do what was asked. The message is a sentence that says what to do.</summary>
public sealed class VerbException(string message, int exitCode = ExitCodes.Failed) : Exception(message)
{
    public int ExitCode => exitCode;
}
