using Calf.Accounts;

namespace Calf.Federation.Documents;

/// <summary>What stands in <c>tag</c> (wire 79 to 81).</summary>
public static class TagBuilder
{
    public static TagDocument Mention(Account mentioned, Site site) => new()
    {
        Type = "Mention",
        Href = mentioned.Uri,
        Name = $"@{mentioned.Username}@{(mentioned.IsOwner ? site.Domain : mentioned.Domain)}",
    };

    /// <param name="name">Without <c>#</c>.</param>
    public static TagDocument Hashtag(string name, Site site) => new() { Type = "Hashtag", Href = site.TagUrl(name), Name = $"#{name}" };

    /// <summary>A quote as FEP-e232 has it.</summary>
    public static TagDocument Quote(string uri) => new()
    {
        Type = "Link",
        Href = uri,
        MediaType = $"application/ld+json; profile=\"{LinkedDataContext.ActivityStreams}\"",
        Rel = "https://misskey-hub.net/ns#_misskey_quote",
        Name = $"RE: {uri}",
    };

    public static TagDocument Emoji(CustomEmoji emoji) => new()
    {
        Id = emoji.Url,
        Type = "Emoji",
        Name = $":{emoji.Shortcode}:",
        Icon = new ImageDocument(emoji.Url),
    };
}
