using Calf.Web;

namespace Calf.Tests.Web;

public sealed class PlainTextTests
{
    [Theory]
    [InlineData("<p>One</p><p>two<br>three</p>", "One two three")]
    [InlineData("a &lt;b&gt; &amp; c", "a <b> & c")]
    [InlineData("""<a href="https://x.example/long"><span class="invisible">https://</span><span class="ellipsis">x.example</span><span class="invisible">/long</span></a>""", "x.example")]
    [InlineData("cut off <b", "cut off")]
    [InlineData("", "")]
    public void Words_are_kept_and_markup_is_not(string html, string expected) => Assert.Equal(expected, PlainText.Of(html));
}
