namespace Calf.Federation.Outbox;

/// <summary>What can be the language of a text.</summary>
public static class LanguageTag
{
    private const int MaxLength = 35;

    /// <summary>Two or three letters with optional parts behind them (BCP 47).</summary>
    public static bool Is(string language)
    {
        var primary = language.Split('-', '_')[0];
        return primary.Length is 2 or 3 && primary.All(char.IsAsciiLetter) && language.Length <= MaxLength;
    }
}
