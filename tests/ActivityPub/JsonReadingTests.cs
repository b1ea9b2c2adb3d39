using System.Text;
using System.Text.Json;
using Calf.ActivityPub;

namespace Calf.Tests.ActivityPub;

public class JsonReadingTests
{
    [Theory]
    [Trait("Wire", "065")]
    [InlineData("""{"x":"a"}""", "a")]
    [InlineData("""{"x":{"id":"a"}}""", "a")]
    [InlineData("""{"x":{"type":"Link","href":"a"}}""", "a")]
    [InlineData("""{"x":["a","b"]}""", "a")]
    [InlineData("""{"x":[null,7,{"id":"a"}]}""", "a")]
    [InlineData("""{"x":[["b"],"a"]}""", "a")]
    [InlineData("""{"x":"a","x":"b"}""", "b")]
    [InlineData("""{"x":null}""", null)]
    [InlineData("""{"x":""}""", null)]
    [InlineData("""{"x":7}""", null)]
    [InlineData("""{"x":[]}""", null)]
    [InlineData("""{"x":{"id":null}}""", null)]
    [InlineData("""{"x":"\ud800"}""", null)]
    [InlineData("""{"\ud800":"a"}""", null)]
    [InlineData("{}", null)]
    public void An_id_is_read_from_every_shape(string json, string? expected) => Assert.Equal(expected, Parse(json).Id("x"));

    [Fact]
    [Trait("Wire", "065")]
    public void Many_is_always_a_list()
    {
        Assert.Empty(Parse("""{"x":null}""").Many("x"));
        Assert.Single(Parse("""{"x":{"a":1}}""").Many("x"));
        Assert.Equal(2, Parse("""{"x":["a",null,"b"]}""").Many("x").Count);
        Assert.Equal(["a", "b"], Parse("""{"x":["a",{"id":"b"},"a",5]}""").Ids("x"));
        Assert.Equal(ParseLimits.MaxItems, Parse($"{{\"x\":[{string.Join(",", Enumerable.Range(0, 5000))}]}}").Many("x").Count);
    }

    [Theory]
    [Trait("Wire", "072")]
    [InlineData("2024-02-29T12:00:00Z", "2024-02-29T12:00:00Z")]
    [InlineData("2024-02-29T12:00:00.123456789Z", "2024-02-29T12:00:00.123456Z")]
    [InlineData("2024-02-29T12:00:00+02:00", "2024-02-29T10:00:00Z")]
    [InlineData("2024-02-29T12:00:00", "2024-02-29T12:00:00Z")]
    [InlineData("2024-02-30T12:00:00Z", null)]
    [InlineData("yesterday", null)]
    [InlineData("1/2", null)]
    [InlineData("", null)]
    [InlineData("9999-12-31T23:59:59-14:00", null)]
    public void A_date_is_read_or_is_not_there(string text, string? expected)
    {
        var date = Parse($$"""{"x":"{{text}}"}""").Date("x");
        if (expected is null) Assert.Null(date);
        else Assert.True((date!.Value - DateTimeOffset.Parse(expected)).Duration() < TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public void Numbers_and_flags_are_read_from_strings_too()
    {
        var json = Parse("""{"a":7,"b":"8","c":7.9,"d":1e400,"e":"x","f":true,"g":"False","h":1,"i":"NaN","j":-3}""");
        Assert.Equal(7, json.Number("a"));
        Assert.Equal(8, json.Number("b"));
        Assert.Equal(7, json.Number("c"));
        Assert.Null(json.Number("d"));
        Assert.Null(json.Number("e"));
        Assert.Null(json.Number("i"));
        Assert.Equal(-3, json.Number("j"));
        Assert.True(json.Flag("f"));
        Assert.False(json.Flag("g"));
        Assert.Null(json.Flag("h"));
    }

    [Theory]
    [Trait("Wire", "070")]
    [InlineData("""{"content":"Hallo","contentMap":{"en":"Hello","de":"Hallo"}}""", "Hallo", "de")]
    [InlineData("""{"content":"Hallo","contentMap":{"de":"Hallo "}}""", "Hallo", "de")]
    [InlineData("""{"content":"Hallo","contentMap":{"en":"x","fr":"y"}}""", "Hallo", null)]
    [InlineData("""{"contentMap":{"de":"Hallo","en":"Hello"}}""", "Hallo", "de")]
    [InlineData("""{"content":"Hallo","contentMap":{"und":"Hallo"}}""", "Hallo", null)]
    [InlineData("""{"content":"Hallo","contentMap":{"<script>":"Hallo"}}""", "Hallo", null)]
    [InlineData("""{"content":"Hallo","contentMap":["x"]}""", "Hallo", null)]
    [InlineData("""{"content":{"@value":"Hallo","@language":"de"}}""", "Hallo", "de")]
    public void The_content_wins_and_the_equal_entry_names_the_language(string json, string text, string? language) =>
        Assert.Equal(new LocalizedText(text, language), LocalizedText.Read(Parse(json), "content"));

    [Theory]
    [Trait("Wire", "066")]
    [InlineData("https://www.w3.org/ns/activitystreams#Public")]
    [InlineData("as:Public")]
    [InlineData("Public")]
    public void Every_spelling_of_public_is_one(string spelling)
    {
        var audience = Audience.Read(Parse($$"""{"to":"{{spelling}}","cc":["https://a.example/f","{{spelling}}"]}"""));
        Assert.True(audience.ToPublic);
        Assert.True(audience.CcPublic);
        Assert.Equal([Vocabulary.Public], audience.To);
        Assert.Equal(["https://a.example/f", Vocabulary.Public], audience.Cc);
    }

    [Theory]
    [InlineData("https://example.org/a", "https://example.org/b", true)]
    [InlineData("https://EXAMPLE.org/a", "https://example.org:443/b", true)]
    [InlineData("https://bücher.example/", "https://xn--bcher-kva.example/", true)]
    [InlineData("https://example.org/", "http://example.org/", false)]
    [InlineData("https://example.org/", "https://example.org:8443/", false)]
    [InlineData("https://example.org/", "https://example.org.evil.example/", false)]
    [InlineData("https://example.org/", "https://example.org@evil.example/", false)]
    [InlineData("https://example.org/", "https://user@example.org/", false)]
    [InlineData("ap://x/", "ap://x/", false)]
    [InlineData("example.org", "example.org", false)]
    [Trait("Wire", "115")]
    public void Origins_are_compared_by_scheme_host_and_port(string a, string b, bool same) => Assert.Equal(same, Origin.Same(a, b));

    [Theory]
    [InlineData("{\"a\":\"\xff\"}")]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("7")]
    [InlineData("null")]
    [InlineData("[{}]")]
    [InlineData("{} {}")]
    public void What_is_no_json_object_is_refused_with_a_reason(string text)
    {
        if (ParseLimits.TryParse(Encoding.Latin1.GetBytes(text), out var root, out var reason)) Assert.Null(root.Text("a"));
        else Assert.NotEmpty(reason);
    }

    [Fact]
    public void Depth_is_limited_and_a_byte_order_mark_is_passed_over()
    {
        Assert.False(ParseLimits.TryParse(Encoding.UTF8.GetBytes(Nested(ParseLimits.MaxDepth + 1)), out _, out _));
        Assert.True(ParseLimits.TryParse(Encoding.UTF8.GetBytes("\uFEFF" + Nested(ParseLimits.MaxDepth)), out _, out _));

        static string Nested(int depth) => string.Concat(Enumerable.Repeat("{\"a\":", depth - 1)) + "{}" + new string('}', depth - 1);
    }

    private static JsonElement Parse(string json)
    {
        Assert.True(ParseLimits.TryParse(Encoding.UTF8.GetBytes(json), out var root, out var reason), reason);
        return root;
    }
}
