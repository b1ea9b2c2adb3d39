using System.Globalization;
using System.Text.RegularExpressions;

namespace Calf.Federation.Outbox;

/// <summary>
/// Counts characters as Mastodon does, so that the limit means the same in every app: a URL counts 23, a mention without its
/// domain, and what looks like one character is one. https://docs.joinmastodon.org/user/posting/#text
/// </summary>
public static partial class StatusLength
{
    public const int CharactersPerUrl = 23;

    private static readonly string UrlStandIn = new('x', CharactersPerUrl);

    public static int Of(string text) =>
        new StringInfo(RemoteMention().Replace(Url().Replace(text, UrlStandIn), "$1")).LengthInTextElements;

    [GeneratedRegex(@"https?://[^\s<>""]+", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Url();

    [GeneratedRegex(@"(@[A-Za-z0-9_]+)@[\p{L}\p{N}.\-]+", RegexOptions.NonBacktracking)]
    private static partial Regex RemoteMention();
}
