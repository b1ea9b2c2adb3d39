using System.Text;
using System.Text.Json;
using Calf.Security;
using Calf.Tests.Support;

namespace Calf.Tests.Security;

public sealed class JsonCanonicalizationTests
{
    [Theory]
    [InlineData("arrays")]
    [InlineData("french")]
    [InlineData("structures")]
    [InlineData("unicode")]
    [InlineData("values")]
    [InlineData("weird")]
    public void Every_vector_of_the_corpus_comes_out_byte_for_byte(string name)
    {
        var expected = Convert.FromHexString(string.Concat(Corpus.Text($"jcs/testdata/outhex/{name}.txt").Where(c => !char.IsWhiteSpace(c))));
        Assert.Equal(expected, Bytes(JsonElement.Parse(Corpus.Bytes($"jcs/testdata/input/{name}.json"))));
    }

    // RFC 8785, appendix B, and the edges of ECMAScript's rules.
    [Theory]
    [InlineData("-0", "0")]
    [InlineData("0.0", "0")]
    [InlineData("5e-324", "5e-324")]
    [InlineData("-5e-324", "-5e-324")]
    [InlineData("1.7976931348623157e308", "1.7976931348623157e+308")]
    [InlineData("9007199254740992", "9007199254740992")]
    [InlineData("295147905179352830000", "295147905179352830000")]
    [InlineData("9.999999999999997e22", "9.999999999999997e+22")]
    [InlineData("1e23", "1e+23")]
    [InlineData("1.0000000000000001e23", "1.0000000000000001e+23")]
    [InlineData("999999999999999700000", "999999999999999700000")]
    [InlineData("999999999999999900000", "999999999999999900000")]
    [InlineData("1e21", "1e+21")]
    [InlineData("1E20", "100000000000000000000")]
    [InlineData("0.000001", "0.000001")]
    [InlineData("9.999999999999997e-7", "9.999999999999997e-7")]
    [InlineData("0.0000001", "1e-7")]
    [InlineData("333333333.3333332", "333333333.3333332")]
    [InlineData("333333333.33333325", "333333333.33333325")]
    [InlineData("1424953923781206.2", "1424953923781206.2")]
    [InlineData("-333333333.33333343", "-333333333.33333343")]
    [InlineData("100", "100")]
    [InlineData("4.50", "4.5")]
    [InlineData("1e400", null)]
    public void A_number_is_written_as_ecmascript_does_or_refused(string number, string? expected) =>
        Assert.Equal(expected, Text(number));

    [Theory]
    [InlineData("""{"b":1,"a":2}""", """{"a":2,"b":1}""")]
    [InlineData("""{"\u20ac":1,"\r":2,"\ufb33":3,"1":4,"\ud83d\ude00":5,"\u0080":6}""", "{\"\\r\":2,\"1\":4,\"\u0080\":6,\"\u20ac\":1,\"\ud83d\ude00\":5,\"\ufb33\":3}")]
    [InlineData("""{"a":"\u001F\u007f\/\"\\"}""", "{\"a\":\"\\u001f\u007f/\\\"\\\\\"}")]
    [InlineData("""[ null , true,false , { } , [ ] ]""", "[null,true,false,{},[]]")]
    [InlineData("""{"a":1,"a":1}""", null)]
    [InlineData("""{"a":1,"\u0061":2}""", null)]
    [InlineData("""{"x":[{"a":1,"b":{"c":1,"c":2}}]}""", null)]
    [InlineData("""["\ud800"]""", null)]
    [InlineData("""["\udc00\ud800"]""", null)]
    [InlineData("""{"\ud800":1}""", null)]
    public void What_two_readers_could_understand_differently_is_refused(string json, string? expected) => Assert.Equal(expected, Text(json));

    [Fact]
    public void Bytes_that_are_no_utf8_are_refused() =>
        Assert.False(JsonCanonicalization.TryWrite(JsonElement.Parse([(byte)'"', 0xff, (byte)'"']), out _, out _));

    [Fact]
    public void Named_keys_of_the_outermost_object_only_are_left_out()
    {
        Assert.True(JsonCanonicalization.TryWrite(JsonElement.Parse("""{"a":{"proof":1},"proof":2}"""), out var bytes, out _, "proof"));
        Assert.Equal("""{"a":{"proof":1}}""", Encoding.UTF8.GetString(bytes));
    }

    private static byte[]? Bytes(JsonElement json) => JsonCanonicalization.TryWrite(json, out var bytes, out _) ? bytes : null;

    private static string? Text(string json) => Bytes(JsonElement.Parse(json)) is { } bytes ? Encoding.UTF8.GetString(bytes) : null;
}
