using System.Globalization;
using Calf.Accounts;
using Calf.Events;
using Calf.Security;
using Calf.Store;

namespace Calf.Federation.Outbox;

/// <summary>Makes the owner's account: once for each server.</summary>
/// <param name="makeKeys"><see cref="OwnKeys.Generate"/>; tests, which need many servers, bring keys along.</param>
public sealed class SettingUp(Database database, Site site, Func<NewKeys> makeKeys, EventHub events, TimeProvider time)
{
    public const int MaxUsername = 30;
    public const int MinPassword = 8;

    /// <exception cref="ActionException">There is an account already, or the name or the password will not do.</exception>
    public Task<Account> Create(string username, string displayName, string password)
    {
        Check(username, displayName, password);
        // Before the transaction: both take long, and nobody else should wait for them.
        var keys = makeKeys();
        var hash = Passwords.Hash(password);
        return database.Write(c =>
        {
            if (AccountStore.Owner(c) is { } owner) throw new ActionException(StatusCodes.Status409Conflict, $"This Calf has an account already: {owner.Username}.");
            var now = time.GetUtcNow();
            var uri = site.ActorUri(username);
            var account = new Account
            {
                Id = Ids.At(now),
                Uri = uri,
                Url = site.ProfileUrl(username),
                Username = username,
                Domain = "",
                DisplayName = displayName.Trim(),
                Inbox = OwnUris.Inbox(uri),
                SharedInbox = site.SharedInbox,
                Outbox = OwnUris.Outbox(uri),
                FollowersUri = OwnUris.Followers(uri),
                FollowingUri = OwnUris.Following(uri),
                FeaturedUri = OwnUris.Featured(uri),
                Discoverable = true,
                CreatedAt = now,
                FetchedAt = now,
            };
            AccountStore.Save(c, account);
            OwnKeys.Save(c, keys);
            Meta.Set(c, Meta.PasswordHash, hash);
            Meta.Set(c, Meta.Domain, site.Domain);
            Meta.Set(c, Meta.WebDomain, site.WebDomain);
            c.AfterCommit(() => events.Publish(new AccountChanged(account.Id)));
            return account;
        });
    }

    private static void Check(string username, string displayName, string password)
    {
        if (username.Length is 0 or > MaxUsername || !username.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'))
            throw ActionException.Invalid(string.Create(CultureInfo.InvariantCulture, $"The user name can have letters a to z, digits and underscores, {MaxUsername} at most. It becomes part of your address and cannot change."));
        if (displayName.Length > ProfileEditing.MaxDisplayName) throw ActionException.Invalid($"The name can have {ProfileEditing.MaxDisplayName} characters.");
        if (password.Length < MinPassword) throw ActionException.Invalid($"The password needs at least {MinPassword} characters.");
        if (password.Length > Passwords.MaxLength) throw ActionException.Invalid($"The password can have {Passwords.MaxLength} characters at most.");
    }
}
