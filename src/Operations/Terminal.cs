namespace Calf.Operations;

/// <summary>Where a command reads and writes. Results go to <paramref name="Out"/>; whatever else there is to say, to <paramref name="Error"/>.</summary>
public sealed record Terminal(TextReader In, TextWriter Out, TextWriter Error);
