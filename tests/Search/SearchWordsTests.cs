using System.Text;
using Calf.Search;

namespace Calf.Tests.Search;

public sealed class SearchWordsTests
{
    [Theory]
    [InlineData("Don't panic!", "Don t panic ")]
    [InlineData("東京都", "東京 京都 都 ")]
    [InlineData("Tokyo東京2020", "Tokyo 東京 京 2020 ")]
    [InlineData("ＡＢＣ", "ABC ")]
    [InlineData("ภาษา", "ภา าษ ษา า ")]
    [InlineData("हिन्दी café", "हिन्दी café ")]
    [InlineData("\uE000forged \uE003library", "forged library ")]
    [InlineData("a\0b \ud800 c", "a b c ")]
    [InlineData(" \"*():^ 🐄", "")]
    public void Text_becomes_words(string text, string words)
    {
        var stored = new StringBuilder();
        SearchWords.Append(stored, text);
        Assert.Equal(words, stored.ToString());
    }

    [Theory]
    [InlineData("cow", "\"cow\"")]
    [InlineData("don't", "\"don t\"")]
    [InlineData("東京都", "\"東京 京都\"")]
    [InlineData("東", "\"東\" *")]
    [InlineData("京都 tower", "\"京都 都 tower\"")]
    [InlineData("\"*", null)]
    [InlineData("a\" OR b*", "\"a OR b\"")]
    public void A_phrase_is_one_quoted_string_of_words(string text, string? phrase) => Assert.Equal(phrase, SearchWords.Phrase(text));

    [Fact]
    public void A_text_without_end_is_cut()
    {
        var stored = new StringBuilder();
        SearchWords.Append(stored, new string('a', 2 * SearchWords.MaxCharacters));
        Assert.InRange(stored.Length, SearchWords.MaxCharacters, SearchWords.MaxCharacters * 11 / 10);
    }
}
