namespace Calf.Operations;

/// <summary>What <c>calf</c> ends with, for scripts and service managers.</summary>
public static class ExitCodes
{
    public const int Ok = 0;

    /// <summary>It was understood and could not be done; the line on standard error says why.</summary>
    public const int Failed = 1;

    /// <summary>The command line or a setting is wrong: trying again changes nothing.</summary>
    public const int Usage = 2;

    /// <summary>The data folder or the port belongs to another process.</summary>
    public const int InUse = 3;
}
