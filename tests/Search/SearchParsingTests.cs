using Calf.Search;
using Calf.Store;

namespace Calf.Tests.Search;

public sealed class SearchParsingTests
{
    [Theory]
    [InlineData("cows -goats", "Words cows, -Words goats")]
    [InlineData("\"two words\" -\"not these\"", "Words two words, -Words not these")]
    [InlineData("“curly” «angled»", "Words curly, Words angled")]
    [InlineData("\"never closed", "Words never closed")]
    [InlineData("from:me -from:@bob@far.test", "From me, -From @bob@far.test")]
    [InlineData("from:\"me\" has:Image is:reply", "From me, Property image, Property reply")]
    [InlineData("in:library language:pt-BR", "Scope library, Language pt-BR")]
    [InlineData("before:2026-01-02 after:2025-12-31 during:1700000000000", "Before 2026-01-02, After 2025-12-31, During 1700000000000")]
    [InlineData("before:20 during:2026-13-01 before:99999999999999999999", "Words before:20, Words during:2026-13-01, Words before:99999999999999999999")]
    [InlineData("colour:red http://x.test/", "Words colour:red, Words http://x.test/")]
    [InlineData("#cows -#goats #", "Tag cows, -Tag goats")]
    [InlineData("@bob@far.test @bob a@b", "Mention bob@far.test, Words @bob, Words a@b")]
    [InlineData("- + -- ! * \" \"", "")]
    [InlineData("from: has: is:", "Words from:, Words has:, Words is:")]
    [InlineData("+must it", "Words must, Words it")]
    public void A_query_is_read_as_clauses(string query, string clauses) =>
        Assert.Equal(clauses, string.Join(", ", SearchParsing.Parse(query).Select(c => $"{(c.Negated ? "-" : "")}{c.Kind} {c.Text}")));

    [Fact]
    public void A_query_has_so_many_clauses_and_no_more() =>
        Assert.Equal(SearchParsing.MaxClauses, SearchParsing.Parse(string.Join(' ', Enumerable.Range(0, 500))).Count);

    [Fact]
    public void A_day_lasts_until_the_next()
    {
        var (from, to) = SearchDates.Read("2026-11-24")!.Value;
        Assert.Equal(new DateTimeOffset(2026, 11, 24, 0, 0, 0, TimeSpan.Zero), Ids.TimeOf(from));
        Assert.Equal(new DateTimeOffset(2026, 11, 25, 0, 0, 0, TimeSpan.Zero), Ids.TimeOf(to));
    }
}
