namespace Calf.Operations;

/// <summary>Tells how far a long verb has come: in one line that is written over where somebody looks, else in a line now and then.</summary>
internal sealed class ProgressLines(Terminal terminal, TimeProvider time, TimeSpan between)
{
    private long last = time.GetTimestamp();
    private int width;

    public void Report(string text)
    {
        if (time.GetElapsedTime(last) < between) return;
        last = time.GetTimestamp();
        if (terminal.Live)
        {
            terminal.Error.Write($"\r{text.PadRight(width)}");
            width = text.Length;
        }
        else
        {
            terminal.Error.WriteLine(text);
        }
        terminal.Error.Flush();
    }

    /// <summary>Something else, in a line of its own.</summary>
    public void Say(string text)
    {
        End();
        terminal.Error.WriteLine(text);
    }

    /// <summary>What is written next begins a line.</summary>
    public void End()
    {
        if (width > 0) terminal.Error.WriteLine();
        width = 0;
    }
}
