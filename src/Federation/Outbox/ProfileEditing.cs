using Calf.Accounts;
using Calf.Federation.Documents;
using Calf.Media;
using Calf.Store;

namespace Calf.Federation.Outbox;

/// <summary>What of the profile is to change; null leaves a thing as it is. Texts are Markdown.</summary>
public sealed record ProfileChange(
    string? DisplayName = null, string? Note = null, IReadOnlyList<(string Name, string Value)>? Fields = null,
    bool? Locked = null, bool? Bot = null, bool? Discoverable = null, bool? Indexable = null)
{
    public bool? HideCollections { get; init; }

    /// <summary>Sites whose pages may name the owner as their author; written as addresses or bare domains.</summary>
    public IReadOnlyList<string>? AttributionDomains { get; init; }

    /// <summary>Where the picture is; empty takes it away.</summary>
    public string? AvatarUrl { get; init; }

    public string? AvatarAlt { get; init; }

    /// <summary>Where the picture is; empty takes it away.</summary>
    public string? HeaderUrl { get; init; }

    public string? HeaderAlt { get; init; }
}

/// <summary>The owner edits the profile, and the followers' servers learn of it.</summary>
public sealed class ProfileEditing(Database database, Owner owner, Site site, Sending sending, OwnKeys keys, TimeProvider time)
{
    public const int MaxDisplayName = 100;
    public const int MaxNote = 5000;
    public const int MaxFields = 10;

    /// <summary>As Mastodon's.</summary>
    public const int MaxAttributionDomains = 100;

    public const int MaxFieldText = 255;

    /// <exception cref="ActionException">A text is too long, or there are too many fields.</exception>
    public Task<Account> Edit(ProfileChange change)
    {
        Check(change);
        return database.Write(c =>
        {
            var before = AccountStore.Find(c, owner.Id)!;
            var account = before with
            {
                DisplayName = change.DisplayName?.Trim() ?? before.DisplayName,
                Note = change.Note is { } note ? Html(note) : before.Note,
                NoteSource = change.Note ?? before.NoteSource,
                Fields = change.Fields is { } fields ? [.. fields.Where(f => f.Name.Trim().Length > 0).Select(f => new ProfileField(f.Name.Trim(), Html(f.Value)))] : before.Fields,
                Locked = change.Locked ?? before.Locked,
                Type = change.Bot is { } bot ? (bot ? "Service" : "Person") : before.Type,
                Discoverable = change.Discoverable ?? before.Discoverable,
                Indexable = change.Indexable ?? before.Indexable,
                AvatarUrl = Picture(change.AvatarUrl, before.AvatarUrl),
                AvatarAlt = change.AvatarUrl is "" ? "" : change.AvatarAlt?.Trim() ?? before.AvatarAlt,
                HeaderUrl = Picture(change.HeaderUrl, before.HeaderUrl),
                HeaderAlt = change.HeaderUrl is "" ? "" : change.HeaderAlt?.Trim() ?? before.HeaderAlt,
                HideCollections = change.HideCollections ?? before.HideCollections,
                AttributionDomains = change.AttributionDomains is { } sites ? [.. sites.Select(DomainOf).Distinct()] : before.AttributionDomains,
                FetchedAt = time.GetUtcNow(),
            };
            account = account with { Emojis = OwnEmojiStore.In(c, site, [account.DisplayName, account.NoteSource, .. account.Fields.SelectMany(f => new[] { f.Name, f.Value })]) };
            AccountStore.Save(c, account);
            sending.ToFollowersAnd(c, [], UpdateBuilder.Build(ActorBuilder.Owner(account, site, keys)));
            sending.AfterOwnerChanged(c);
            return account;
        });
    }

    /// <exception cref="ActionException">It is no domain.</exception>
    private static string DomainOf(string site)
    {
        var text = site.Trim().TrimEnd('/').ToLowerInvariant();
        var name = text.Contains("://", StringComparison.Ordinal) ? text[(text.IndexOf("://", StringComparison.Ordinal) + 3)..] : text;
        return name.Contains('.', StringComparison.Ordinal) && Uri.CheckHostName(name) == UriHostNameType.Dns
            ? name
            : throw ActionException.Invalid(Validation.Failed(Words.T("Attribution domains {site} is not a valid domain name", ("site", site))));
    }

    private static string? Picture(string? wanted, string? before) => wanted is "" ? null : wanted ?? before;

    /// <summary>Nobody is asked about handles in a profile; they stay text, hashtags and links become links.</summary>
    private string Html(string markdown) =>
        MarkdownText.Parse(markdown).ToHtml(site, new Dictionary<string, Account>());

    private static void Check(ProfileChange change)
    {
        TextLimit.Demand(Words.T("Display name||what is too long"), change.DisplayName, MaxDisplayName);
        TextLimit.Demand(Words.T("Note||what is too long"), change.Note, MaxNote);
        TextLimit.Demand(Words.T("Avatar description||what is too long"), change.AvatarAlt, Uploading.MaxDescription);
        TextLimit.Demand(Words.T("Header description||what is too long"), change.HeaderAlt, Uploading.MaxDescription);
        if (change.AttributionDomains?.Count > MaxAttributionDomains)
            throw ActionException.Invalid(Validation.Failed(Words.T("Attribution domains can be {most} at most.", ("most", Words.Digits(MaxAttributionDomains)))));
        if (change.Fields is not { } fields) return;
        if (fields.Count > MaxFields) throw ActionException.Invalid(Validation.Failed(Words.T("A profile can have {most} fields.", ("most", Words.Digits(MaxFields)))));
        if (fields.Any(f => string.IsNullOrWhiteSpace(f.Name) && !string.IsNullOrWhiteSpace(f.Value)))
            throw ActionException.Invalid(Validation.Failed(Words.T("Fields contains values with missing labels")));
        foreach (var field in fields)
        {
            TextLimit.Demand(Words.T("Field name||what is too long"), field.Name, MaxFieldText);
            TextLimit.Demand(Words.T("Field value||what is too long"), field.Value, MaxFieldText);
        }
    }
}
