using System.Globalization;

namespace Calf.Search;

/// <summary>
/// Words of the index that stand for what is not text: author, hashtags, mentioned, language, properties. Each begins with a character
/// that text cannot bring in, so that an operator costs what a word costs and nobody can forge one.
/// </summary>
public static class SearchMarks
{
    public const string Library = "library";
    public const string Public = "public";
    public const string Followed = "followed";

    /// <summary>What <c>has:</c> and <c>is:</c> know. Mastodon does not tell the two apart.</summary>
    public static readonly IReadOnlySet<string> Properties = new HashSet<string>(StringComparer.Ordinal)
    {
        "media", "image", "video", "audio", "poll", "link", "embed", "reply", "sensitive", "quote",
    };

    public static string Tag(string name) => '\uE000' + SearchWords.Joined(name);

    public static string Mention(long accountId) => '\uE001' + accountId.ToString(CultureInfo.InvariantCulture);

    public static string Author(long accountId) => '\uE002' + accountId.ToString(CultureInfo.InvariantCulture);

    /// <param name="name">One of <see cref="Properties"/> or of the constants.</param>
    public static string Property(string name) => '\uE003' + name;

    /// <summary>A code such as <c>pt</c> or <c>pt-BR</c>; only its letters count.</summary>
    public static string Language(string code) => '\uE004' + SearchWords.Joined(code);
}
