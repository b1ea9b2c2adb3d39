using System.Text.Json;
using Calf.ActivityPub;
using Calf.Security;

namespace Calf.Federation.Discovery;

/// <summary>What a server shows of a hashtag.</summary>
/// <param name="Posts">Ids of posts, the newest first.</param>
/// <param name="Newest">The server's own id of the first of them; null when there is none.</param>
/// <param name="Error">A sentence when it could not be read; empty otherwise.</param>
public sealed record TagTimelinePage(IReadOnlyList<string> Posts, string? Newest, string Error = "");

/// <summary>
/// Reads the public timeline of a hashtag over the client API, as a stranger (https://docs.joinmastodon.org/methods/timelines/#tag). What it
/// says of a post is not believed: only where the post is.
/// </summary>
public sealed class TagTimeline(SafeHttp http)
{
    /// <summary>Posts of one look; the most that Mastodon gives.</summary>
    public const int MaxPosts = 40;

    private const int MaxIdLength = 64;

    /// <param name="after">The server's id of the last post that is known; empty for none.</param>
    public async Task<TagTimelinePage> Read(string host, string tag, string after, CancellationToken cancel)
    {
        var since = after.Length > 0 ? $"&since_id={Uri.EscapeDataString(after)}" : "";
        var address = new Uri($"{http.SchemeFor(host)}://{host}/api/v1/timelines/tag/{Uri.EscapeDataString(tag)}?limit={MaxPosts}{since}");
        try
        {
            var answer = await http.Send(SafeRequest.Get(address) with { Accept = "application/json" }, cancel);
            return answer.Status switch
            {
                200 => Parse(answer.Body) ?? Failed($"{host} answered with something that is no timeline."),
                401 or 403 or 422 => Failed($"{host} shows hashtags only to those who are signed in there."),
                404 => Failed($"{host} has no timelines of hashtags."),
                _ => Failed($"{host} answered {answer.Status}."),
            };
        }
        catch (SafeHttpException failure)
        {
            return Failed(failure.Message);
        }
    }

    private static TagTimelinePage? Parse(byte[] body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            if (json.RootElement.ValueKind != JsonValueKind.Array) return null;
            var posts = json.RootElement.EnumerateArray().Take(MaxPosts).Where(p => p.ValueKind == JsonValueKind.Object).ToList();
            var newest = posts.Select(p => p.Text("id")).FirstOrDefault(id => id is { Length: > 0 and <= MaxIdLength });
            return new TagTimelinePage([.. posts.Select(p => Origin.UrlOrNull(p.Text("uri"))).OfType<string>().Distinct()], newest);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static TagTimelinePage Failed(string reason) => new([], null, reason);
}
