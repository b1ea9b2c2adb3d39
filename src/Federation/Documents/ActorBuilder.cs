using Calf.Accounts;

namespace Calf.Federation.Documents;

/// <summary>Describes our two actors.</summary>
public static class ActorBuilder
{
    /// <summary>The user name of the instance actor. It holds a dot, so that no person here can have it.</summary>
    public const string InstanceName = "instance.actor";

    private static readonly GeneratorDocument Generator =
        new("Calf", [new("https://datatracker.ietf.org/doc/html/rfc9421", "RFC-9421: HTTP Message Signatures")]);

    public static ActorDocument Owner(Account a, Site site, OwnKeys keys) => new()
    {
        Context = LinkedDataContext.Actor,
        Id = a.Uri,
        Type = a.Type,
        PreferredUsername = a.Username,
        Name = a.DisplayName,
        Summary = a.Note,
        Url = a.Url,
        Inbox = a.Inbox,
        Outbox = OwnUris.Outbox(a.Uri),
        Followers = OwnUris.Followers(a.Uri),
        Following = OwnUris.Following(a.Uri),
        Featured = OwnUris.Featured(a.Uri),
        FeaturedTags = OwnUris.FeaturedTags(a.Uri),
        FeaturedCollections = OwnUris.FeaturedCollections(a.Uri),
        InteractionPolicy = FeaturedCollectionBuilder.Policy(a),
        ManuallyApprovesFollowers = a.Locked,
        Discoverable = a.Discoverable,
        Indexable = a.Indexable,
        AttributionDomains = a.AttributionDomains.Count > 0 ? a.AttributionDomains : null,
        Memorial = a.Memorial ? true : null,
        Published = a.CreatedAt,
        Webfinger = $"{a.Username}@{site.Domain}",
        MovedTo = a.MovedToUri,
        AlsoKnownAs = a.AlsoKnownAs.Count > 0 ? a.AlsoKnownAs : null,
        Icon = Image(a.AvatarUrl, a.AvatarAlt),
        Image = Image(a.HeaderUrl, a.HeaderAlt),
        Tag = [.. a.Emojis.Select(TagBuilder.Emoji)],
        Attachment = [.. a.Fields.Select(f => new AttachmentDocument { Type = "PropertyValue", Name = f.Name, Value = f.Value })],
        Endpoints = new EndpointsDocument(site.SharedInbox),
        PublicKey = new PublicKeyDocument(keys.Owner.KeyId, a.Uri, keys.Owner.PublicPem),
        AssertionMethod = [new(OwnUris.Ed25519Key(a.Uri), a.Uri, keys.OwnerEd25519.Multikey)],
        Generator = Generator,
    };

    /// <summary>What it takes to verify the actor's signatures and no more: not even a name, a picture or whom else it knows.</summary>
    public static ActorDocument Stub(ActorDocument whole) => new()
    {
        Context = whole.Context,
        Id = whole.Id,
        Type = whole.Type,
        PreferredUsername = whole.PreferredUsername,
        Inbox = whole.Inbox,
        PublicKey = whole.PublicKey,
        AssertionMethod = whole.AssertionMethod,
    };

    /// <summary>The server itself, which signs fetches (wire 13).</summary>
    public static ActorDocument Instance(Site site, OwnKeys keys) => new()
    {
        Context = LinkedDataContext.Actor,
        Id = site.InstanceActor,
        Type = "Application",
        PreferredUsername = InstanceName,
        Name = site.Domain,
        Url = $"{site.Base}/",
        Inbox = site.SharedInbox,
        Outbox = OwnUris.Outbox(site.InstanceActor),
        ManuallyApprovesFollowers = true,
        Webfinger = $"{InstanceName}@{site.Domain}",
        Tag = [],
        Attachment = [],
        Endpoints = new EndpointsDocument(site.SharedInbox),
        PublicKey = new PublicKeyDocument(keys.Instance.KeyId, site.InstanceActor, keys.Instance.PublicPem),
        Generator = Generator,
    };

    private static ImageDocument? Image(string? url, string alt) =>
        url is null ? null : new ImageDocument(url, MediaTypeOf(url), alt.Length > 0 ? alt : null);

    private static string? MediaTypeOf(string url) => Path.GetExtension(url.Split('?')[0]).ToLowerInvariant() switch
    {
        ".png" => "image/png",
        ".jpg" or ".jpeg" => "image/jpeg",
        ".gif" => "image/gif",
        ".webp" => "image/webp",
        ".avif" => "image/avif",
        _ => null,
    };
}
