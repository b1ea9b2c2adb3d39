using System.Text;
using System.Text.Json;
using Calf.Security;

namespace Calf.Federation.Delivery;

/// <summary>The few words with which a server says why it refuses.</summary>
internal static class ReasonText
{
    private const int MaxLength = 160;

    /// <summary>From plain text or JSON <c>{"error": "…"}</c>; null for anything else, such as a page. One line, not trusted: text for a person only.</summary>
    public static string? In(SafeResponse answer)
    {
        var type = answer.ContentType ?? "";
        var text = type.StartsWith("text/plain", StringComparison.OrdinalIgnoreCase) ? Encoding.UTF8.GetString(answer.Body)
            : type.Contains("json", StringComparison.OrdinalIgnoreCase) ? FromJson(answer.Body)
            : null;
        if (text is null) return null;
        var line = new string([.. text.Take(MaxLength).Select(ch => char.IsControl(ch) ? ' ' : ch)]).Trim();
        return line.Length == 0 ? null : line;
    }

    private static string? FromJson(byte[] body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.ValueKind == JsonValueKind.Object
                && json.RootElement.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.String
                ? error.GetString()
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
