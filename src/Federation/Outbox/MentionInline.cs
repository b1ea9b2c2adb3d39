using Calf.Accounts;
using Markdig.Helpers;
using Markdig.Parsers;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax.Inlines;

namespace Calf.Federation.Outbox;

/// <summary><c>@user</c> or <c>@user@domain</c> in a post. Shown as plain text until it is known whom it means.</summary>
internal sealed class MentionInline(string username, string domain) : LeafInline
{
    public string Username => username;

    /// <summary>Empty for somebody on this server.</summary>
    public string Domain => domain;

    public string Handle => domain.Length == 0 ? username : $"{username}@{domain}";

    /// <summary>Set before rendering when the handle was found.</summary>
    public Account? Account { get; set; }
}

internal sealed class MentionParser : InlineParser
{
    public MentionParser() => OpeningCharacters = ['@'];

    public override bool Match(InlineProcessor processor, ref StringSlice slice)
    {
        if (IsNamePart(slice.PeekCharExtra(-1)) || slice.PeekCharExtra(-1) is '/' or '@') return false;
        var text = slice.Text.AsSpan(slice.Start + 1, slice.End - slice.Start);
        var username = Name(text, IsNamePart);
        if (username.Length == 0) return false;
        var length = 1 + username.Length;
        var domain = ReadOnlySpan<char>.Empty;
        if (text.Length > username.Length && text[username.Length] == '@')
        {
            domain = Name(text[(username.Length + 1)..], IsDomainPart).TrimEnd(".-:");
            if (domain.Length > 0) length += 1 + domain.Length;
        }
        processor.Inline = new MentionInline(username.ToString(), domain.ToString().ToLowerInvariant());
        slice.Start += length;
        return true;
    }

    private static ReadOnlySpan<char> Name(ReadOnlySpan<char> text, Func<char, bool> part)
    {
        var end = 0;
        while (end < text.Length && part(text[end])) end++;
        return text[..end];
    }

    private static bool IsNamePart(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';

    private static bool IsDomainPart(char c) => char.IsLetterOrDigit(c) || c is '.' or '-' or ':';
}

/// <summary>The markup that Mastodon uses, so that other servers recognise it.</summary>
internal sealed class MentionRenderer : HtmlObjectRenderer<MentionInline>
{
    protected override void Write(HtmlRenderer renderer, MentionInline mention)
    {
        if (mention.Account is not { } account)
        {
            renderer.WriteEscape("@" + mention.Handle);
            return;
        }
        renderer.Write("<span class=\"h-card\" translate=\"no\"><a href=\"");
        renderer.WriteEscapeUrl(account.Url);
        renderer.Write("\" class=\"u-url mention\">@<span>");
        renderer.WriteEscape(mention.Username);
        renderer.Write("</span></a></span>");
    }
}
