using System.Text.Json;

namespace Calf.ActivityPub;

/// <summary>A FeaturedCollection: accounts that somebody recommends (FEP-7aa9). HTML is as sent: sanitise before showing.</summary>
public sealed record RemoteFeaturedCollection(
    string Uri, string AttributedTo, string? Url, string Name, string SummaryHtml, string? Language, bool Sensitive, bool Discoverable, string? Topic,
    DateTimeOffset? Published, DateTimeOffset? Updated, IReadOnlyList<RemoteFeaturedItem> Items)
{
    public const string TypeName = "FeaturedCollection";

    /// <summary>In characters, as Mastodon cuts them.</summary>
    public const int MaxName = 256;
    public const int MaxSummary = 2048;

    /// <summary>Mastodon allows 25 of its own people.</summary>
    public const int MaxItems = 50;

    /// <summary>Null where it is none, or not its author's.</summary>
    public static RemoteFeaturedCollection? Read(JsonElement json)
    {
        if (!json.IsType(TypeName) || Origin.UrlOrNull(json.OwnId()) is not { } id || Origin.SameOrNull(json.Id("attributedTo"), id) is not { } author) return null;
        var summary = LocalizedText.Read(json, "summary");
        var text = summary?.Text ?? "";
        return new(
            id, author, RemoteLink.Page(json), json.Text("name", MaxName) ?? "", text.Length > MaxSummary ? text[..MaxSummary] : text, summary?.Language,
            json.Flag("sensitive") ?? false, json.Flag("discoverable") ?? false,
            json.One("topic").Text("name", ParseLimits.MaxNameLength)?.TrimStart('#'), json.Date("published"), json.Date("updated"),
            [.. json.Many("orderedItems").Select(item => RemoteFeaturedItem.Read(item, id)).OfType<RemoteFeaturedItem>().DistinctBy(item => item.Account).Take(MaxItems)]);
    }
}

/// <summary>An account in a collection.</summary>
/// <param name="Authorization">Where it says that it agreed, on its own host.</param>
public sealed record RemoteFeaturedItem(string Uri, string Account, string? Authorization, DateTimeOffset? Published)
{
    internal static RemoteFeaturedItem? Read(JsonElement json, string collection) =>
        Origin.SameOrNull(json.OwnId(), collection) is { } id && Origin.UrlOrNull(json.Id("featuredObject")) is { } account
            ? new(id, account, Origin.SameOrNull(json.Id("featureAuthorization"), account), json.Date("published"))
            : null;

    /// <summary>Whether a fetched document is the account's consent to be in just this collection.</summary>
    public bool IsProvenBy(FetchedDocument stamp, string collection) =>
        stamp.Found && stamp.Uri == Authorization && stamp.Json.IsType("FeatureAuthorization")
        && stamp.Json.Id("interactingObject") == collection && stamp.Json.Id("interactionTarget") == Account;
}
