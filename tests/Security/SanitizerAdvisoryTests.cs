using System.Text;
using AngleSharp.Html.Parser;
using Calf.Security;

namespace Calf.Tests.Security;

/// <summary>
/// GHSA-qrgq-9fx2-vf2r: HTML at which the sanitiser throws stops whatever shows it. CVE-2023-36459: markup that is harmless until a browser has read
/// what was made of it. Tag soup from a seed; the number is in the message.
/// </summary>
[Trait("Wire", "119")]
[Trait("Wire", "120")]
public sealed class SanitizerAdvisoryTests
{
    private const int Documents = 2000;

    private static readonly string[] Pieces =
    [
        "<", ">", "/", "\"", "'", "=", " ", "&", ";", "&#", "&#x", "&lt;", "&amp", "<!--", "-->", "<![CDATA[", "]]>", "<?", "<!doctype ", "\0", "\ud800", "\udc00", "\u202e", "😀", "\r\n",
        "p", "a", "span", "script", "style", "svg", "math", "annotation", "template", "noscript", "table", "td", "li", "ul", "ol", "b", "img", "iframe", "plaintext", "xmp", "textarea",
        "<p>", "</p>", "<a href=", "<a href=\"https://x.example/\">", "</a>", "<span class=\"", "<ol start=", "<li value=", "<svg onload=", "<math><annotation encoding=\"application/x-tex\">", "</math>",
        "javascript:alert(1)", "https://x.example/", "data:text/html,", " onclick=alert(1) ", " style=x ", " class=mention ", " lang=", " translate=no", " href=", "<script>", "</script>", "<style>", "</style>",
    ];

    private static readonly string[] Kept = ["href", "class", "rel", "target", "lang", "translate", "start", "reversed", "value"];

    [Fact]
    public void Tag_soup_never_makes_it_throw_and_nothing_in_the_result_can_run()
    {
        var parser = new HtmlParser();
        for (var seed = 1; seed <= Documents; seed++)
        {
            var soup = Soup(new Random(seed));
            var clean = HtmlSanitizing.Sanitize(soup).Value;
            _ = PlainText.OfHtml(soup);
            using var page = parser.ParseDocument(clean);
            foreach (var element in page.Body!.QuerySelectorAll("*"))
            {
                Assert.True(HtmlRules.Elements.Contains(element.LocalName), $"Seed {seed} leaves <{element.LocalName}> in {clean}");
                foreach (var attribute in element.Attributes)
                {
                    Assert.True(Kept.Contains(attribute.Name), $"Seed {seed} leaves {attribute.Name} in {clean}");
                    if (attribute.Name == "href") Assert.True(Uri.TryCreate(attribute.Value, UriKind.Absolute, out var url) && HtmlRules.Schemes.Contains(url.Scheme), $"Seed {seed} links to {attribute.Value}");
                }
            }
        }
    }

    private static string Soup(Random random)
    {
        var soup = new StringBuilder();
        for (var i = random.Next(1, 60); i > 0; i--) soup.Append(Pieces[random.Next(Pieces.Length)]);
        return soup.ToString();
    }
}
