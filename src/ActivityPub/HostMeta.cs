using System.Net;
using System.Text;
using Calf.Security;

namespace Calf.ActivityPub;

/// <summary>
/// Reads RFC 6415 host-meta, where a host says that its WebFinger lives elsewhere (wire 61). One attribute is wanted of it: a reader of
/// tags finds that, knows no entities that a document could define, and saves the half megabyte that an XML parser takes of the file.
/// </summary>
internal static class HostMeta
{
    private const int MaxBytes = 64 * 1024;

    /// <summary>The lrdd template, holding <c>{uri}</c>; null where there is none or the text is no plain XML.</summary>
    public static string? LrddTemplate(byte[] xml)
    {
        if (xml.Length > MaxBytes) return null;
        var text = Encoding.UTF8.GetString(xml);
        if (text.Contains("<!DOCTYPE", StringComparison.OrdinalIgnoreCase)) return null;
        var tokens = new HtmlTokens(text);
        while (tokens.MoveNext())
        {
            if (tokens.Kind != HtmlTokenKind.Open || !IsLink(tokens.Name) || HtmlAttributes.Find(tokens.Content, "rel") != "lrdd") continue;
            if (WebUtility.HtmlDecode(HtmlAttributes.Find(tokens.Content, "template")) is { } template && template.Contains("{uri}", StringComparison.Ordinal)) return template;
        }
        return null;
    }

    /// <summary>With a prefix for its namespace or without.</summary>
    private static bool IsLink(string name) => name[(name.IndexOf(':', StringComparison.Ordinal) + 1)..] == "link";
}
