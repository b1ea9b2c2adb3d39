namespace Calf;

/// <summary>The plural categories of whole numbers, for the families of languages that are likely here. https://www.unicode.org/cldr/charts/latest/supplemental/language_plural_rules.html</summary>
internal static class Plurals
{
    public static string CategoryOf(string language, long n) => language switch
    {
        "ja" or "ko" or "zh" or "vi" or "th" or "id" or "ms" => "other",
        "fr" or "pt" or "hy" => n is 0 or 1 ? "one" : "other",
        "ar" => n switch
        {
            0 => "zero",
            1 => "one",
            2 => "two",
            _ => (n % 100) switch { >= 3 and <= 10 => "few", >= 11 => "many", _ => "other" },
        },
        "ru" or "uk" or "be" => Slavic(n, few: n % 10 is >= 2 and <= 4 && n % 100 is < 12 or > 14, one: n % 10 == 1 && n % 100 != 11),
        "pl" => Slavic(n, few: n % 10 is >= 2 and <= 4 && n % 100 is < 12 or > 14, one: n == 1),
        "cs" or "sk" => n == 1 ? "one" : n is >= 2 and <= 4 ? "few" : "other",
        _ => n == 1 ? "one" : "other",
    };

    private static string Slavic(long n, bool few, bool one) => one ? "one" : few ? "few" : n >= 0 ? "many" : "other";
}
