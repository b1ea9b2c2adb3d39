using System.Diagnostics;
using System.Text;
using Calf.Federation.Cards;

namespace Calf.Tests.Federation;

/// <summary>Which link counts, and what is read from a page: OpenGraph, JSON-LD, plain HTML, in any letters, from friend and foe.</summary>
public sealed class PageReadingTests
{
    private static readonly Uri Page = new("https://news.test/a/cows?x=1");

    [Theory]
    [InlineData("""<p><span class="h-card"><a href="https://far.test/@bob" class="u-url mention">@<span>bob</span></a></span> see <a href="https://news.test/a?b=1&amp;c=2#d">it</a></p>""", "https://news.test/a?b=1&c=2")]
    [InlineData("""<a href="https://far.test/tags/cows">#cows</a> <a href="https://far.test/@bob">@bob@far.test</a> <a href="https://news.test/">x</a>""", "https://news.test/")]
    [InlineData("""<p class="quote-inline">RE: <a href="https://far.test/1">https://far.test/1</a></p><p><a href="https://news.test/">x</a></p>""", "https://news.test/")]
    [InlineData("""<a href="https://skipped.test/">x</a> <a href="gemini://news.test/">x</a> <a href="https://user:pass@news.test/">x</a> https://news.test/ as text""", null)]
    public void The_first_link_to_a_page_counts(string html, string? link) =>
        Assert.Equal(link, FirstLink.In(html, url => url.StartsWith("https://skipped.test/", StringComparison.Ordinal)));

    [Fact]
    public void Opengraph_says_more_than_plain_html()
    {
        var (card, creator, more) = Read("""
            <html lang="de-AT"><head><title>News | Cows</title><meta name=description content="plain">
            <meta property="og:title" content="Cows &amp; &quot;calves&quot; &hellip;"><meta property="og:description" content="They
              swim"><meta property="og:image" content="/cow.jpg"><meta property="og:image:alt" content="A cow"><meta property="og:image:width" content="640"><meta property="og:image:height" content="480">
            <meta property="og:site_name" content="News"><meta property="og:locale" content="en_GB"><meta name="author" content="Ann"><meta property="article:published_time" content="2026-10-01T10:00:00+02:00">
            <meta name="fediverse:creator" content="@ann@far.test"><link rel="canonical" href="https://news.test/a/cows"><link type="application/json+oembed" href="/o"></head></html>
            """);
        Assert.Equal(("Cows & \"calves\" …", "They swim", "https://news.test/cow.jpg", "A cow"), (card.Title, card.Description, card.ImageUrl, card.ImageDescription));
        Assert.Equal((640, 480, "en", "News", "Ann", "https://news.test/a/cows"), (card.Width, card.Height, card.Language, card.ProviderName, card.AuthorName, card.Address));
        Assert.Equal(new DateTimeOffset(2026, 10, 1, 8, 0, 0, TimeSpan.Zero), card.PublishedAt);
        Assert.Equal(("@ann@far.test", "https://news.test/o"), (creator, more!.AbsoluteUri));
    }

    [Fact]
    public void Without_it_plain_html_does()
    {
        var card = Read("""<HTML lang=de><title> Kühe &#38; Kälber </title><meta name="description" content="Sie schwimmen">""").Card;
        Assert.Equal(("Kühe & Kälber", "Sie schwimmen", "de", null, Page.AbsoluteUri), (card.Title, card.Description, card.Language, card.ImageUrl, card.Address));
    }

    [Fact]
    public void Data_for_search_engines_come_first()
    {
        var card = Read("""
            <title>x</title><script type="application/ld+json">{broken</script>
            <script type="application/ld+json">
            //<![CDATA[
            {"@context":"https://schema.org","@graph":[{"@type":"Organization","name":"No"},{"@type":["NewsArticle"],"headline":"Cows &amp; calves","description":"Swim","inLanguage":"fr-FR",
             "image":{"url":"https://files.test/c.jpg"},"author":[{"name":"Ann","url":"https://news.test/ann"},{"name":"Bob"}],"publisher":{"name":"The News"},"datePublished":"2026-10-02"}]}
            //]]>
            </script>
            """).Card;
        Assert.Equal(("Cows & calves", "Swim", "fr", "https://files.test/c.jpg"), (card.Title, card.Description, card.Language, card.ImageUrl));
        Assert.Equal(("Ann", "https://news.test/ann", "The News", 2), (card.AuthorName, card.AuthorUrl, card.ProviderName, card.PublishedAt!.Value.Day));
    }

    [Fact]
    public void What_others_say_in_a_page_leads_nowhere_else()
    {
        var card = Read("""
            <title>x</title><link rel="canonical" href="https://bank.test/"><meta property="og:image" content="javascript:alert(1)"><meta property="og:image:width" content="-5">
            <meta property="og:locale" content="<script>"><script type="application/ld+json">{"@type":"Article","author":{"name":"Ann","url":"data:text/html,x"},"datePublished":"1/2"}</script>
            """).Card;
        Assert.Equal((Page.AbsoluteUri, null, 0, null, "", null), (card.Address, card.ImageUrl, card.Width, card.Language, card.AuthorUrl, card.PublishedAt));
    }

    [Theory]
    [InlineData("windows-1251", "text/html; charset=windows-1251", "")]
    [InlineData("shift_jis", "text/html", """<meta charset="shift_jis">""")]
    [InlineData("gb2312", "text/html", """<meta http-equiv="Content-Type" content="text/html; charset=gb2312">""")]
    [InlineData("utf-8", null, "")]
    [InlineData("utf-16", "text/html", "")]
    public void A_page_may_be_written_in_any_letters(string charset, string? contentType, string meta)
    {
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(charset) ?? Encoding.GetEncoding(charset);
        var title = charset switch { "windows-1251" => "Коровы", "shift_jis" => "牛が泳ぐ", _ => "牛" };
        byte[] body = [.. encoding.GetPreamble(), .. encoding.GetBytes($"<html><head>{meta}<title>{title}</title>")];
        Assert.Equal(title, Read(PageCharset.Decode(body, contentType)).Card.Title);
    }

    [Fact]
    public void What_says_no_letters_and_is_no_utf_8_is_windows()
    {
        Assert.Equal("“Kühe”", Read(PageCharset.Decode([.. "<title>"u8, 0x93, (byte)'K', 0xFC, .. "he"u8, 0x94, .. "</title>"u8], "text/html; charset=nonsense")).Card.Title);
        Assert.Equal("“Kühe”", Read(PageCharset.Decode([.. "<title>"u8, 0x93, (byte)'K', 0xFC, .. "he"u8, 0x94, .. "</title>"u8], "text/html; charset=ISO-8859-1")).Card.Title);
    }

    [Fact]
    public void A_head_behind_half_a_megabyte_of_scripts_is_found_and_the_body_is_not_looked_at()
    {
        var script = $"<script>{new string('x', 600_000)}</script><style>{new string('y', 1000)}</style>";
        Assert.Equal("Film", Read($"<html><head>{script}<title>Film</title></head>").Card.Title);
        Assert.Equal("", Read("<html><head></head><body><title>Cows</title>").Card.Title);
        Assert.Equal("Cows", Read("<head><noscript><title>No</title></noscript><title>Cows</title>").Card.Title);
    }

    [Theory]
    [InlineData("deep")]
    [InlineData("tables")]
    [InlineData("attributes")]
    [InlineData("some attributes")]
    [InlineData("metas")]
    [InlineData("no end")]
    [InlineData("unclosed quotes")]
    [InlineData("scripts without end")]
    [InlineData("comments")]
    [InlineData("json")]
    [InlineData("half tags")]
    [InlineData("spaces")]
    [Trait("Wire", "119")]
    public void Hostile_markup_takes_no_long_time(string kind)
    {
        var html = kind switch
        {
            "deep" => string.Concat(Enumerable.Repeat("<div><b><a>", 90_000)),
            "tables" => string.Concat(Enumerable.Repeat("<table><td>", 90_000)),
            "attributes" => $"<meta {string.Concat(Enumerable.Range(0, 150_000).Select(i => $"a{i} "))}>",
            "some attributes" => string.Concat(Enumerable.Repeat($"<meta {string.Concat(Enumerable.Range(0, 1000).Select(i => $"{i:x} "))}>", 250)),
            "metas" => string.Concat(Enumerable.Range(0, 30_000).Select(i => $"<meta name=n{i} content=c>")),
            "no end" => $"<title>{new string('x', 1_000_000)}",
            "unclosed quotes" => string.Concat(Enumerable.Repeat("<meta content=\"", 60_000)),
            "scripts without end" => string.Concat(Enumerable.Repeat("<script>", 120_000)),
            "comments" => string.Concat(Enumerable.Repeat("<!--", 250_000)),
            "json" => $"<script type=\"application/ld+json\">{new string('[', 120_000)}</script>",
            "half tags" => string.Concat(Enumerable.Repeat("<a", 500_000)),
            _ => $"<title>{new string(' ', 500_000)}x</title><meta name=description content=\"{new string('\t', 4000)}\">",
        };
        Read("<title>warm</title>");
        var watch = Stopwatch.StartNew();
        var card = Read(html).Card;
        Assert.InRange(card.Title.Length, 0, PageText.MaxTitle);
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 3);
    }

    private static PageReading Read(string html) => PageReading.Of(html, Page.AbsoluteUri, Page);
}
