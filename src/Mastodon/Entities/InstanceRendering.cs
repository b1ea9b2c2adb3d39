using Calf.Accounts;
using Calf.Federation.Outbox;
using Calf.Media;
using Calf.Store;

namespace Calf.Mastodon.Entities;

/// <summary>Describes this server with the limits that hold.</summary>
public sealed class InstanceRendering(Site site, Settings settings, Push.PushKey pushKey, AccountRendering accounts)
{
    /// <summary>Apps read Mastodon's version from the front to know what they can ask for.</summary>
    private const string CompatibleWith = "4.6.0";

    /// <summary>Mastodon's own count of its API's stages: 10 is the one with collections.</summary>
    private const int ApiVersion = 10;

    private static readonly string Version = $"{CompatibleWith} (compatible; Calf {Release.Version})";

    public InstanceEntity Render(Connection c)
    {
        var owner = AccountStore.Owner(c);
        return new InstanceEntity
        {
            Domain = site.Domain,
            Title = site.Domain,
            Version = Version,
            // What this server says of its software; there is no public repository to name.
            SourceUrl = $"{site.Base}/nodeinfo/2.1",
            Description = Description(owner),
            Usage = new InstanceUsage(new InstanceUsers(owner is null ? 0 : 1)),
            Thumbnail = new InstanceThumbnail(site.Base + AccountRendering.MissingAvatarPath, null, ""),
            Icon = [],
            Languages = ["en"],
            Configuration = Configuration(),
            Registrations = new InstanceRegistrations(false, false, false, null, null, null),
            ApiVersions = new InstanceApiVersions(ApiVersion),
            Contact = new InstanceContact("", owner is null ? null : accounts.Render(c, owner)),
            Rules = [],
        };
    }

    public InstanceV1Entity RenderV1(Connection c)
    {
        var owner = AccountStore.Owner(c);
        return new InstanceV1Entity
        {
            Uri = site.Domain,
            Title = site.Domain,
            ShortDescription = Description(owner),
            Description = Description(owner),
            Version = Version,
            Urls = new InstanceV1Urls(StreamingAddress),
            Stats = new InstanceV1Stats(owner is null ? 0 : 1, owner?.StatusesCount ?? 0, AccountStore.DomainCount(c)),
            Thumbnail = site.Base + AccountRendering.MissingAvatarPath,
            Languages = ["en"],
            Configuration = Configuration(),
            ContactAccount = owner is null ? null : accounts.Render(c, owner),
        };
    }

    private string StreamingAddress => (site.IsLocal ? "ws://" : "wss://") + site.WebDomain;

    private static string Description(Account? owner) => owner is null ? "" : $"The home of {owner.Name} on the fediverse.";

    private InstanceConfiguration Configuration() => new(
        new InstanceUrls(StreamingAddress, null, null, null, null),
        new InstanceVapid(pushKey.Key.PublicKey),
        new InstanceAccountLimits(
            ProfileEditing.MaxDisplayName, ProfileEditing.MaxNote, Uploading.MaxDescription, Uploading.MaxDescription, Tagging.MaxFeatured,
            Pinning.MaxPins, ProfileEditing.MaxFields, ProfileEditing.MaxFieldText, ProfileEditing.MaxFieldText),
        new InstanceStatusLimits(settings.Limits.StatusCharacters, settings.Limits.Attachments, StatusLength.CharactersPerUrl),
        new InstanceMediaLimits(
            Uploading.MaxDescription, Pictures.MaxPixels, Uploading.MaxPictureBytes, [.. MediaType.All.Select(type => type.Mime)],
            Uploading.MaxFrameRate, Uploading.MaxFilmPixels, Uploading.MaxFileBytes),
        new InstancePollLimits(
            NewPoll.MaxOptions, NewPoll.MaxOptionCharacters, (int)NewPoll.MinDuration.TotalSeconds, (int)NewPoll.MaxDuration.TotalSeconds),
        new InstanceTranslation(settings.Translation.Url.Length > 0),
        new InstanceTimelinesAccess(new("public", "authenticated"), new("public", "authenticated"), new("authenticated", "authenticated")));
}
