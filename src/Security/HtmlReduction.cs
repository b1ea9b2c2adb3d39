using System.Text;

namespace Calf.Security;

/// <summary>
/// The first of two steps: rewrites HTML of any kind as balanced, shallow HTML of the kept elements, in one pass over the text. What
/// comes out is small enough for the second step, which builds a tree: trees of hostile markup grow with the square of its length.
/// </summary>
internal sealed class HtmlReduction
{
    private readonly StringBuilder _out;
    private readonly List<string> _open = [];
    private int _unopened;
    private int _tags;

    private HtmlReduction(int length) => _out = new StringBuilder(length + length / 8);

    /// <summary>Whether anything was written that the second step has to look at; element names and text alone need no second look.</summary>
    public bool HasAttributes { get; private set; }

    public string Html => _out.ToString();

    public static HtmlReduction Of(string html)
    {
        var reduction = new HtmlReduction(html.Length);
        reduction.Run(html);
        return reduction;
    }

    private void Run(string html)
    {
        var tokens = new HtmlTokens(html);
        while (tokens.MoveNext())
        {
            if (tokens.Kind == HtmlTokenKind.Text) Escape(tokens.Content);
            else if (tokens.Kind == HtmlTokenKind.Close) CloseTag(tokens.Name);
            else if (tokens.Name == "math") Formula(tokens.Content, tokens.SkipElement());
            else if (HtmlRules.Dropped.Contains(tokens.Name)) tokens.SkipElement();
            else OpenTag(tokens.Name, tokens.Content);
        }
        CloseDownTo(0);
    }

    private void OpenTag(string name, ReadOnlySpan<char> attributes)
    {
        if (IsHeading(name))
        {
            OpenTag("p", default);
            OpenTag("strong", default);
            return;
        }
        if (HtmlRules.Blocks.Contains(name)) _out.Append(' ');
        if (!HtmlRules.Kept.Contains(name) || ++_tags > HtmlRules.MaxTags) return;
        if (name == "br")
        {
            _out.Append("<br>");
            return;
        }
        if (HtmlRules.EndsParagraph.Contains(name)) CloseParagraph();
        if (name == "li" && _open.LastIndexOf("li") is var item && item > Math.Max(_open.LastIndexOf("ul"), _open.LastIndexOf("ol"))) CloseDownTo(item);
        if (_open.Count >= HtmlRules.MaxDepth)
        {
            _unopened++;
            return;
        }
        // A link inside a link is no HTML; one without a known scheme is only its text.
        if (name == "a" && (_open.Contains("a") || !HtmlRules.IsKeptLink(HtmlAttributes.Find(attributes, "href")))) return;
        _open.Add(name);
        _out.Append('<').Append(name);
        Attributes(name, attributes);
        _out.Append('>');
    }

    private void Attributes(string name, ReadOnlySpan<char> attributes)
    {
        foreach (var allowed in HtmlRules.AttributesOf(name))
        {
            if (attributes.IsEmpty) break;
            if (HtmlAttributes.Find(attributes, allowed) is not { } value) continue;
            if (allowed == "translate" && value != "no") continue;
            HasAttributes = true;
            _out.Append(' ').Append(allowed).Append("=\"");
            Escape(value);
            _out.Append('"');
        }
        if (name == "a") _out.Append(" rel=\"" + HtmlRules.LinkRel + "\" target=\"_blank\"");
    }

    private void CloseTag(string name)
    {
        if (IsHeading(name)) name = "p";
        if (HtmlRules.Blocks.Contains(name)) _out.Append(' ');
        if (!HtmlRules.Kept.Contains(name) || name == "br") return;
        if (_unopened > 0 && _open.Count >= HtmlRules.MaxDepth)
        {
            _unopened--;
            return;
        }
        var found = _open.LastIndexOf(name);
        if (found >= 0) CloseDownTo(found);
    }

    private void CloseParagraph()
    {
        var paragraph = _open.LastIndexOf("p");
        if (paragraph > Math.Max(_open.LastIndexOf("blockquote"), _open.LastIndexOf("li"))) CloseDownTo(paragraph);
    }

    private void CloseDownTo(int depth)
    {
        for (var i = _open.Count - 1; i >= depth; i--) _out.Append("</").Append(_open[i]).Append('>');
        _open.RemoveRange(depth, _open.Count - depth);
    }

    /// <summary>A formula is shown as the TeX or the text that it carries for those who cannot draw it (FEP-dc88).</summary>
    private void Formula(ReadOnlySpan<char> attributes, ReadOnlySpan<char> inside)
    {
        string? tex = null;
        string? text = null;
        var tokens = new HtmlTokens(inside);
        while (tokens.MoveNext())
        {
            if (tokens.Kind != HtmlTokenKind.Open || tokens.Name != "annotation") continue;
            var encoding = HtmlAttributes.Find(tokens.Content, "encoding");
            var annotation = tokens.SkipElement().ToString();
            if (encoding == "application/x-tex") tex ??= annotation;
            else if (encoding == "text/plain") text ??= annotation;
        }
        var mark = HtmlAttributes.Find(attributes, "display") == "block" ? "$$" : "$";
        if (tex is not null) Escape(mark + tex + mark);
        else if (text is not null) Escape(text);
    }

    private void Escape(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            switch (c)
            {
                case '<': _out.Append("&lt;"); break;
                case '>': _out.Append("&gt;"); break;
                case '"': _out.Append("&quot;"); break;
                // What looks like an entity stays one; the text was HTML already.
                case '&' when i + 1 >= text.Length || !(char.IsAsciiLetterOrDigit(text[i + 1]) || text[i + 1] == '#'): _out.Append("&amp;"); break;
                case '\0': break;
                default: _out.Append(c); break;
            }
        }
    }

    private static bool IsHeading(string name) => name.Length == 2 && name[0] == 'h' && name[1] is >= '1' and <= '6';
}
