namespace Calf.Operations;

/// <summary>Where a command reads and writes. Results go to <paramref name="Out"/>; whatever else there is to say, to <paramref name="Error"/>.</summary>
/// <param name="Live">Whether somebody looks at <paramref name="Error"/>, so that a line may be written over.</param>
public sealed record Terminal(TextReader In, TextWriter Out, TextWriter Error, bool Live = false);
