using System.Text.Json;

namespace Calf.ActivityPub;

/// <summary>How much of a document from elsewhere is looked at.</summary>
public static class ParseLimits
{
    /// <summary>Real documents nest up to 8 levels; deeper than this is an attack, not a post.</summary>
    public const int MaxDepth = 32;

    public const int MaxUriLength = 2048;

    /// <summary>Entries taken from one array: recipients, tags, attachments.</summary>
    public const int MaxItems = 1000;

    public const int MaxNameLength = 2048;
    public const int MaxBioLength = 20 * 1024;
    public const int MaxFields = 50;
    public const int MaxAliases = 256;
    public const int MaxAttributionDomains = 100;
    public const int MaxKeys = 16;
    public const int MaxUsernameLength = 128;
    public const int MaxContentLength = 512 * 1024;
    public const int MaxAttachments = 32;
    public const int MaxPollOptions = 64;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = MaxDepth };

    /// <summary>Parses a document whose root is an object. False with a sentence otherwise; never throws.</summary>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out JsonElement root, out string reason)
    {
        if (utf8.StartsWith("\uFEFF"u8)) utf8 = utf8[3..];
        try
        {
            root = JsonElement.Parse(utf8, Options);
        }
        catch (JsonException e)
        {
            root = default;
            reason = $"Not JSON: {e.Message}";
            return false;
        }
        reason = root.ValueKind == JsonValueKind.Object ? "" : $"The document is a JSON {root.ValueKind}, not an object.";
        return reason.Length == 0;
    }
}
