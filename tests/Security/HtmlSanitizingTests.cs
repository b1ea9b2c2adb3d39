using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Calf.Security;

namespace Calf.Tests.Security;

public class HtmlSanitizingTests
{
    private const string Link = "rel=\"nofollow noopener\" target=\"_blank\"";

    [Theory]
    [Trait("Wire", "073")]
    [InlineData("<p>Hello</p>", "<p>Hello</p>")]
    [InlineData("a & b &amp; c &lt; d", "a &amp; b &amp; c &lt; d")]
    [InlineData("1 < 2 > 0", "1 &lt; 2 &gt; 0")]
    [InlineData("<P>Up<BR/>down</P>", "<p>Up<br>down</p>")]
    [InlineData("<h1>Title</h1>text", "<p><strong>Title</strong></p>text")]
    [InlineData("<p>one<p>two", "<p>one</p><p>two</p>")]
    [InlineData("<b><i>x</b>y</i>", "<b><i>x</i></b>y")]
    [InlineData("<ul><li>a<li>b</ul>", "<ul><li>a</li><li>b</li></ul>")]
    [InlineData("<ul><li>a<ul><li>b</ul><li>c</ul>", "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>")]
    [InlineData("<div>a</div><div>b</div>", " a  b ")]
    [InlineData("<ol start=\"3\"><li value=\"5\">x</li></ol>", "<ol start=\"3\"><li value=\"5\">x</li></ol>")]
    [InlineData("<p lang=\"de\">x</p>", "<p lang=\"de\">x</p>")]
    [InlineData("<p class=\"quote-inline\">RE: x</p>", "<p class=\"quote-inline\">RE: x</p>")]
    [InlineData("<span class=\"h-card evil mention\">x</span>", "<span class=\"h-card mention\">x</span>")]
    [InlineData("<span translate=\"no\">x</span>", "<span translate=\"no\">x</span>")]
    [InlineData("<math><semantics><mi>x</mi><annotation encoding=\"application/x-tex\">x^2<1</annotation></semantics></math>", "$x^2&lt;1$")]
    public void What_mastodon_keeps_is_kept(string html, string expected) => Assert.Equal(expected, HtmlSanitizing.Sanitize(html).Value);

    [Fact]
    [Trait("Wire", "073")]
    public void A_link_keeps_its_target_and_gets_our_rel()
    {
        Assert.Equal($"<a href=\"https://example.org/?a=1&amp;b=2\" class=\"u-url\" {Link}>x</a>",
            HtmlSanitizing.Sanitize("<a href='https://example.org/?a=1&b=2' rel='me evil' target=_top class='u-url x' onclick=alert(1)>x</a>").Value);
        Assert.Contains("href=\"gemini://example.org/\"", HtmlSanitizing.Sanitize("<a href=gemini://example.org/>x</a>").Value, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("JaVaScRiPt:alert(1)")]
    [InlineData(" javascript:alert(1)")]
    [InlineData("java&#x09;script:alert(1)")]
    [InlineData("java&Tab;script&colon;alert(1)")]
    [InlineData("&#106;avascript:alert(1)")]
    [InlineData("\u0001javascript:alert(1)")]
    [InlineData("data:text/html,<script>alert(1)</script>")]
    [InlineData("vbscript:x")]
    [InlineData("file:///etc/passwd")]
    [InlineData("/relative")]
    [InlineData("//example.org/")]
    [InlineData("#x")]
    [InlineData("")]
    public void A_link_of_another_scheme_is_only_its_text(string href) =>
        Assert.Equal("text", HtmlSanitizing.Sanitize($"<a href=\"{href}\">text</a>").Value);

    [Theory]
    [InlineData("<script>alert(1)</script>x", "x")]
    [InlineData("<SCRIPT SRC=//evil.example/x.js></SCRIPT>x", "x")]
    [InlineData("<style>p{}</style>x", "x")]
    [InlineData("<iframe src='javascript:alert(1)'></iframe>x", "x")]
    [InlineData("<svg><script>alert(1)</script></svg>x", "x")]
    [InlineData("<svg onload=alert(1)>x", "")]
    [InlineData("<img src=x onerror=alert(1)>x", "x")]
    [InlineData("<!-- <b> --><!doctype x><?php x?>x", "x")]
    [InlineData("<p onmouseover=alert(1)>x</p>", "<p>x</p>")]
    [InlineData("<p style=\"background:url(//evil.example)\">x</p>", "<p>x</p>")]
    [InlineData("<form action=x><input name=y><button>x</button></form>", "x")]
    [InlineData("<scr<script>ipt>alert(1)</script>", "ipt&gt;alert(1)")]
    [InlineData("<p title=\"</p><script>alert(1)</script>\">x</p>", "<p>x</p>")]
    [InlineData("<p><a href=\"https://x.example/\"><a href=\"https://y.example/\">z</a></a></p>",
        "<p><a href=\"https://x.example/\" rel=\"nofollow noopener\" target=\"_blank\">z</a></p>")]
    [InlineData("x<b", "x")]
    [InlineData("x\0y", "xy")]
    [InlineData("<plaintext><b>x", "")]
    public void Hostile_markup_is_left_out(string html, string expected) => Assert.Equal(expected, HtmlSanitizing.Sanitize(html).Value);

    [Theory]
    [InlineData("<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">")]
    [InlineData("<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">")]
    [InlineData("<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">")]
    [InlineData("<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>")]
    [InlineData("<a href=\"https://x.example/&quot; onclick=&quot;alert(1)\">x</a>")]
    [InlineData("<a href='https://x.example/\" onclick=\"alert(1)'>x</a>")]
    [InlineData("<span class=\"mention&quot;onclick=alert(1)\">x</span>")]
    [InlineData("<p lang='x\" onclick=\"alert(1)'>x</p>")]
    [InlineData("<p/onclick=alert(1)/lang=x>y</p>")]
    [InlineData("<a/href=\"https://x.example\"/onclick=alert(1)>x</a>")]
    [InlineData("<b><table><td></b><b><script>alert(1)</script>")]
    [InlineData("&lt;script&gt;alert(1)&lt;/script&gt;")]
    public void Nothing_dangerous_appears_when_a_browser_reads_the_result(string html)
    {
        using var page = new HtmlParser().ParseDocument(HtmlSanitizing.Sanitize(html).Value);
        foreach (var element in page.Body!.QuerySelectorAll("*"))
        {
            Assert.DoesNotContain(element.LocalName, (string[])["script", "img", "style", "svg", "math", "iframe", "form"]);
            Assert.All(element.Attributes, a => Assert.Contains(a.Name, (string[])["href", "class", "rel", "target", "lang", "translate"]));
        }
    }

    [Fact]
    [Trait("Wire", "119")]
    public void Deep_wide_and_mis_nested_markup_costs_no_more_than_its_length()
    {
        foreach (var hostile in (string[])
        [
            Repeat("<b>", 150_000), Repeat("<div>", 100_000), Repeat("<p lang=x>", 50_000), Repeat("</b>", 100_000),
            Enumerable.Range(0, 20_000).Aggregate(new System.Text.StringBuilder(), (s, i) => s.Append("<b lang=x").Append(i).Append('>')) + Repeat("<p>", 50_000),
            Repeat("<ul><li>", 60_000), Repeat("<a href=https://x.example/>", 15_000), Repeat("<", 500_000), Repeat("<!--", 100_000),
            Repeat("<script></", 50_000), Repeat("<math><annotation>", 25_000), Repeat("&", 500_000), "<p " + Repeat("a='", 150_000), Repeat("<p =", 100_000),
        ])
        {
            using var page = new HtmlParser().ParseDocument(HtmlSanitizing.Sanitize(hostile).Value);
            Assert.True(Depth(page.Body!) <= HtmlRules.MaxDepth + 1);
            Assert.True(page.All.Length < 100_000);
            PlainText.OfHtml(hostile);
        }
    }

    [Theory]
    [InlineData("<p>One</p><p>Two<br>three &amp; four</p>", "One\n\nTwo\nthree & four")]
    [InlineData("<ul><li>a</li><li>b</li></ul>", "a\nb")]
    [InlineData("<p><a href=\"x\">@<span>alice</span></a> hi</p><script>no</script>", "@alice hi")]
    [InlineData("", "")]
    public void Plain_text_keeps_the_words_and_the_lines(string html, string expected) => Assert.Equal(expected, PlainText.OfHtml(html));

    [Fact]
    public void An_excerpt_says_that_it_was_cut()
    {
        Assert.Equal("abc", PlainText.Excerpt("<p>abc</p>", 3));
        Assert.Equal("ab…", PlainText.Excerpt("<p>ab cd</p>", 3));
        Assert.Equal("a…", PlainText.Excerpt("a😀b", 2));
    }

    [Fact]
    public void Plain_text_becomes_escaped_html() => Assert.Equal("a &lt;b&gt;<br>c", HtmlSanitizing.FromText("a <b>\r\nc").Value);

    private static string Repeat(string text, int times) => string.Concat(Enumerable.Repeat(text, times));

    private static int Depth(IElement root)
    {
        var deepest = 0;
        var pending = new Stack<(IElement Element, int Depth)>([(root, 0)]);
        while (pending.TryPop(out var next))
        {
            deepest = Math.Max(deepest, next.Depth);
            foreach (var child in next.Element.Children) pending.Push((child, next.Depth + 1));
        }
        return deepest;
    }
}
