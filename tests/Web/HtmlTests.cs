using Calf.Web;

namespace Calf.Tests.Web;

public sealed class HtmlTests
{
    [Fact]
    public void A_hole_is_encoded_in_text_and_in_attributes()
    {
        var name = "\"><script>alert('1')</script>&";
        var html = Html.Of($"""<a title="{name}">{name}</a>""").ToString();
        Assert.DoesNotContain("<script", html);
        Assert.DoesNotContain("\"><s", html);
        Assert.DoesNotContain("'1'", html);
        Assert.Contains("&amp;", html);
    }

    [Fact]
    public void Letters_of_every_script_stay_as_they_are() => Assert.Equal("<p>Zoë ゆき سامي</p>", Html.Of($"<p>{"Zoë ゆき سامي"}</p>").ToString());

    [Fact]
    public void Html_in_html_is_not_encoded_twice()
    {
        var inner = Html.Of($"<b>{"a < b"}</b>");
        Assert.Equal("<p><b>a &lt; b</b></p>", Html.Of($"<p>{inner}</p>").ToString());
        Assert.Equal("<b>a &lt; b</b><b>a &lt; b</b>", Html.Join([inner, inner]).ToString());
    }

    [Theory]
    [InlineData("https://example.org/a?b=1", "https://example.org/a?b=1")]
    [InlineData("javascript:alert(1)", "about:blank")]
    [InlineData(" javascript:alert(1)", "about:blank")]
    [InlineData("data:text/html,<script>", "about:blank")]
    [InlineData("/relative", "about:blank")]
    [InlineData(null, "about:blank")]
    public void Only_web_addresses_become_links(string? given, string expected) => Assert.Equal(expected, Html.Address(given));

    [Fact]
    public void Times_are_written_in_utc() =>
        Assert.Equal("2026-01-02T02:04:05Z", Html.Of($"{new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(1))}").ToString());
}
