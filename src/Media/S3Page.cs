using System.Globalization;
using System.Net;
using Calf.Security;

namespace Calf.Media;

/// <summary>A file of a bucket as it is listed.</summary>
public sealed record S3Listed(string Key, long Bytes, DateTimeOffset ChangedAt);

/// <summary>One page of a bucket's list. Read by the reader of tags, since an XML parser takes half a megabyte of the program.</summary>
/// <param name="Next">What to ask the next page with; null after the last.</param>
public sealed record S3Page(IReadOnlyList<S3Listed> Files, string? Next)
{
    /// <summary>Null when it is no whole answer to ListObjectsV2.</summary>
    public static S3Page? Read(string xml)
    {
        var files = new List<S3Listed>();
        string key = "", bytes = "", at = "", truncated = "";
        string? next = null;
        var whole = false;
        var tokens = new HtmlTokens(xml);
        while (tokens.MoveNext())
        {
            if (tokens.Kind == HtmlTokenKind.Close && tokens.Name == "listbucketresult") whole = true;
            if (tokens.Kind == HtmlTokenKind.Close && tokens.Name == "contents")
            {
                if (!long.TryParse(bytes, NumberStyles.None, CultureInfo.InvariantCulture, out var length)
                    || !DateTimeOffset.TryParse(at, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var changed)) return null;
                files.Add(new S3Listed(key, length, changed));
            }
            if (tokens.Kind != HtmlTokenKind.Open) continue;
            switch (tokens.Name)
            {
                case "key": key = Text(ref tokens); break;
                case "size": bytes = Text(ref tokens); break;
                case "lastmodified": at = Text(ref tokens); break;
                case "istruncated": truncated = Text(ref tokens); break;
                case "nextcontinuationtoken": next = Text(ref tokens); break;
            }
        }
        if (!whole || (truncated == "true" && string.IsNullOrEmpty(next))) return null;
        return new S3Page(files, truncated == "true" ? next : null);
    }

    /// <summary>The text of the first element of a name in lower case; null when there is none.</summary>
    public static string? Text(string xml, string name)
    {
        var tokens = new HtmlTokens(xml);
        while (tokens.MoveNext())
            if (tokens.Kind == HtmlTokenKind.Open && tokens.Name == name) return Text(ref tokens);
        return null;
    }

    private static string Text(ref HtmlTokens tokens) => tokens.MoveNext() && tokens.Kind == HtmlTokenKind.Text ? WebUtility.HtmlDecode(tokens.Content.ToString()) : "";
}
