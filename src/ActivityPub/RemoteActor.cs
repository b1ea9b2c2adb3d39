using System.Text.Json;

namespace Calf.ActivityPub;

/// <summary>What Calf keeps of another server's actor document (wire 46 to 57). HTML is as sent: sanitise before showing.</summary>
public sealed record RemoteActor
{
    public required string Uri { get; init; }
    public required string Type { get; init; }
    public required string Username { get; init; }
    public required string Inbox { get; init; }

    /// <summary>Host of <see cref="Uri"/>; the domain of the handle is found by WebFinger and may differ.</summary>
    public required string Host { get; init; }

    /// <summary>The <c>webfinger</c> property, <c>user@domain</c> (FEP-2c59): a hint until WebFinger agrees.</summary>
    public string? WebFinger { get; init; }

    public string? Name { get; init; }
    public string? SummaryHtml { get; init; }
    public string? Url { get; init; }
    public string? SharedInbox { get; init; }
    public string? Outbox { get; init; }
    public string? Followers { get; init; }
    public string? Following { get; init; }
    public string? Featured { get; init; }
    public string? FeaturedTags { get; init; }

    /// <summary>Its collections of accounts (FEP-7aa9).</summary>
    public string? FeaturedCollections { get; init; }

    /// <summary>Whom it lets put it into collections of accounts (FEP-7aa9); null where it does not say.</summary>
    public RemoteSubPolicy? CanFeature { get; init; }

    public string? MovedTo { get; init; }
    public IReadOnlyList<string> AlsoKnownAs { get; init; } = [];
    /// <summary>Domains whose pages may name it as their author (Mastodon).</summary>
    public IReadOnlyList<string> AttributionDomains { get; init; } = [];

    public bool IsLocked { get; init; }
    public bool? IsDiscoverable { get; init; }
    public bool? IsIndexable { get; init; }
    public bool IsMemorial { get; init; }
    public bool IsSuspended { get; init; }
    public bool IsBot => Type is "Service" or "Application";
    public bool IsGroup => Type == "Group";
    public DateTimeOffset? Published { get; init; }
    public RemoteImage? Avatar { get; init; }
    public RemoteImage? Header { get; init; }
    public IReadOnlyList<RemoteField> Fields { get; init; } = [];
    public IReadOnlyList<RemoteEmoji> Emojis { get; init; } = [];
    public IReadOnlyList<RemoteKey> Keys { get; init; } = [];

    /// <summary>Reads an actor; null with a sentence where it is none that can be talked to.</summary>
    public static RemoteActor? Read(JsonElement json, out string reason)
    {
        var id = json.OwnId();
        var inbox = json.Id("inbox");
        var username = json.Text("preferredUsername");
        reason =
            !Origin.TryParse(id, out var parsed) ? "The actor has no usable id."
            : !json.Many("type").Any(t => Vocabulary.IsActor(t.AsText() ?? "")) ? $"{id} is a {json.TypeName()}, not an actor."
            : !IsUsername(username) ? $"{id} has no usable preferredUsername."
            : !Origin.Same(inbox, id) ? $"{id} has no inbox on its own host."
            : "";
        return reason.Length > 0 ? null : Read(json, id!, parsed!, inbox!, username!);
    }

    private static RemoteActor Read(JsonElement json, string id, Uri parsed, string inbox, string username) => new()
    {
        Uri = id,
        Type = json.Many("type").Select(t => t.AsText() ?? "").First(Vocabulary.IsActor),
        Username = username,
        Inbox = inbox,
        Host = Origin.HostOf(parsed),
        WebFinger = json.Text("webfinger", ParseLimits.MaxNameLength),
        Name = json.Text("name", ParseLimits.MaxNameLength),
        SummaryHtml = json.Text("summary", ParseLimits.MaxBioLength),
        Url = RemoteLink.Page(json),
        SharedInbox = Origin.SameOrNull(json.Get("endpoints").Id("sharedInbox"), id),
        Outbox = Origin.SameOrNull(json.Id("outbox"), id),
        Followers = Origin.SameOrNull(json.Id("followers"), id),
        Following = Origin.SameOrNull(json.Id("following"), id),
        Featured = Origin.SameOrNull(json.Id("featured"), id),
        FeaturedTags = Origin.SameOrNull(json.Id("featuredTags"), id),
        FeaturedCollections = Origin.SameOrNull(json.Id("featuredCollections"), id),
        CanFeature = RemoteSubPolicy.Read(json.One("interactionPolicy"), "canFeature"),
        MovedTo = Origin.UrlOrNull(json.Id("movedTo")),
        AlsoKnownAs = [.. json.Ids("alsoKnownAs").Where(a => Origin.TryParse(a, out _)).Take(ParseLimits.MaxAliases)],
        AttributionDomains = [.. json.Many("attributionDomains").Select(d => Handle.DomainOf(d.AsText()?.Trim())).OfType<string>().Distinct().Take(ParseLimits.MaxAttributionDomains)],
        IsLocked = json.Flag("manuallyApprovesFollowers") ?? false,
        IsDiscoverable = json.Flag("discoverable"),
        IsIndexable = json.Flag("indexable"),
        IsMemorial = json.Flag("memorial") ?? false,
        IsSuspended = json.Flag("suspended") ?? false,
        Published = json.Date("published"),
        Avatar = RemoteImage.Read(json, "icon"),
        Header = RemoteImage.Read(json, "image"),
        Fields = RemoteField.ReadAll(json),
        Emojis = [.. json.Many("tag").Select(t => RemoteEmoji.Read(t, id)).OfType<RemoteEmoji>()],
        Keys = RemoteKey.ReadAll(json, id),
    };

    /// <summary>Letters, digits and <c>_</c>, with <c>-</c> and <c>.</c> inside; up to 128 (wire 49).</summary>
    private static bool IsUsername(string? name) =>
        name is { Length: > 0 and <= ParseLimits.MaxUsernameLength } && IsWord(name[0]) && IsWord(name[^1])
        && name.All(c => IsWord(c) || c is '-' or '.');

    private static bool IsWord(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';
}
