using Calf.Security;
using Calf.Statuses;

namespace Calf.Federation;

/// <summary>What the words of filters are looked for in: warning, title, text, poll options and descriptions of files, as Mastodon searches them.</summary>
public static class FilteredText
{
    public static string Of(Status s, Poll? poll, IEnumerable<Attachment> files)
    {
        IEnumerable<string> parts = [s.SpoilerText, s.Title, PlainText.OfHtml(s.Content), .. poll?.Options.Select(o => o.Title) ?? [], .. files.Select(f => f.Description)];
        return string.Join("\n\n", parts.Where(part => part.Length > 0));
    }
}
