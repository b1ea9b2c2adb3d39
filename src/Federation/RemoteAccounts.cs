using System.Collections.Concurrent;
using Calf.AccountCollections;
using Calf.Accounts;
using Calf.ActivityPub;
using Calf.Federation.Inbox;
using Calf.Statuses;
using Calf.Store;

namespace Calf.Federation;

/// <summary>An account of another server, or why it could not be had.</summary>
/// <param name="Keys">What a fetched actor lists; null for what was known.</param>
public sealed record AccountFetch(Account? Account, string Reason, bool Transient = false, bool Gone = false, IReadOnlyList<RemoteKey>? Keys = null);

/// <summary>Finds and fetches accounts of other servers, and keeps them with their keys.</summary>
public sealed class RemoteAccounts(Database database, DocumentFetcher fetcher, WebFingerClient webFinger, Site site, TimeProvider time)
{
    /// <summary>An account that was fetched longer ago than this is fetched again when somebody looks it up.</summary>
    private static readonly TimeSpan StaleAfter = TimeSpan.FromDays(1);

    private readonly ConcurrentDictionary<string, Task<AccountFetch?>> underWay = new(StringComparer.Ordinal);

    /// <summary>By <c>user@domain</c>, with or without a leading <c>@</c>; of this server without a domain too. Asks nobody.</summary>
    public Account? FindKnown(string handle)
    {
        var (username, domain) = Split(handle);
        if (string.Equals(domain, site.Domain, StringComparison.OrdinalIgnoreCase)) domain = "";
        return database.Read(c => AccountStore.FindByHandle(c, username, domain));
    }

    /// <summary>Finds an account by handle or by the address of its profile, here or at its server.</summary>
    /// <exception cref="ActionException">404: no such account, or its server does not answer.</exception>
    public async Task<Account> Resolve(string handleOrUrl, CancellationToken cancel)
    {
        var text = handleOrUrl.Trim();
        var isUrl = Origin.TryParse(text, out _);
        var known = isUrl ? database.Read(c => AccountStore.FindByAddress(c, text)) : FindKnown(text);
        if (known is not null && (known.IsOwner || known.FetchedAt > time.GetUtcNow() - StaleAfter)) return known;
        var fetched = isUrl ? await Fetch(text, cancel) : await FetchByHandle(text, cancel);
        return fetched.Account ?? known ?? throw ActionException.NotFound(Words.T("{text} could not be found: {reason}", ("text", text), ("reason", fetched.Reason)));
    }

    /// <summary>The account behind an actor id: as known, else fetched.</summary>
    public async Task<AccountFetch> FindOrFetch(string actorUri, CancellationToken cancel, FetchBudget? budget = null)
    {
        if (database.Read(c => AccountStore.FindByUri(c, actorUri)) is { } known) return new AccountFetch(known, "");
        var own = new TaskCompletionSource<AccountFetch?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var first = underWay.GetOrAdd(actorUri, own.Task);
        // Several posts of one author often come at once. Null: whoever asked for it gave up.
        if (first != own.Task && await first.WaitAsync(cancel) is { } fetched) return fetched with { Keys = null };
        AccountFetch? found = null;
        try
        {
            return found = await Fetch(actorUri, cancel, budget);
        }
        finally
        {
            underWay.TryRemove(KeyValuePair.Create<string, Task<AccountFetch?>>(actorUri, own.Task));
            own.SetResult(found);
        }
    }

    /// <summary>Fetches an actor anew and stores what it says of itself.</summary>
    public async Task<AccountFetch> Fetch(string actorUri, CancellationToken cancel, FetchBudget? budget = null)
    {
        if (database.Read(c => DomainRefusal.Of(c, actorUri)) is { } refusal) return new AccountFetch(null, refusal);
        budget ??= new FetchBudget();
        var document = await fetcher.Fetch(actorUri, cancel, budget);
        if (!document.Found) return await Failed(actorUri, document);
        if (RemoteActor.Read(document.Json, out var reason) is not { } actor) return new AccountFetch(null, reason);
        return new AccountFetch(await Save(actor, cancel, budget), "", Keys: actor.Keys);
    }

    /// <summary>Fetches a known account again; an unknown one stays unknown.</summary>
    /// <exception cref="TryLaterException">Its server does not answer for now.</exception>
    public async Task Refresh(string actorUri, CancellationToken cancel, FetchBudget? budget = null)
    {
        if (database.Read(c => AccountStore.FindByUri(c, actorUri)) is null or { IsOwner: true }) return;
        if (await Fetch(actorUri, cancel, budget) is { Transient: true, Reason: var reason }) throw new TryLaterException(reason);
    }

    /// <summary>Stores an actor document with its keys.</summary>
    public async Task<Account> Save(RemoteActor actor, CancellationToken cancel, FetchBudget? budget = null)
    {
        var domain = await DomainOf(actor, budget ?? new FetchBudget(), cancel);
        var account = RemoteAccountMapping.Map(actor, domain, time.GetUtcNow());
        return await database.Write(c =>
        {
            AccountStore.Save(c, account);
            RemoteEmojiStore.Learn(c, domain, account.Emojis, account.FetchedAt);
            PublicKeyStore.Replace(c, actor.Uri, actor.Keys, account.FetchedAt);
            var saved = AccountStore.FindByUri(c, actor.Uri)!;
            FeaturePolicyStore.Save(c, saved.Id, RemoteAccountMapping.FeaturePolicyOf(actor));
            CollectionAddressStore.Save(c, saved.Id, actor.FeaturedCollections);
            return saved;
        });
    }

    private async Task<AccountFetch> FetchByHandle(string handle, CancellationToken cancel)
    {
        var answer = await webFinger.Find(handle, cancel);
        return answer.Found ? await Fetch(answer.ActorUri, cancel) : new AccountFetch(null, answer.Reason, answer.Outcome == FetchOutcome.Transient);
    }

    private async Task<AccountFetch> Failed(string actorUri, FetchedDocument document)
    {
        var gone = document.Outcome == FetchOutcome.Gone;
        if (gone) await database.Write(c => c.Execute($"UPDATE accounts SET gone_at = {time.GetUtcNow()} WHERE uri = {actorUri} AND domain != ''"));
        return new AccountFetch(null, document.Reason, document.Outcome == FetchOutcome.Transient, gone);
    }

    /// <summary>The domain of the handle, if WebFinger leads from it back to this very actor; else the actor's own host.</summary>
    private async Task<string> DomainOf(RemoteActor actor, FetchBudget budget, CancellationToken cancel)
    {
        if (database.Read(c => AccountStore.FindByUri(c, actor.Uri)) is { } known && known.FetchedAt > time.GetUtcNow() - StaleAfter) return known.Domain;
        var answer = await webFinger.HandleOf(actor, cancel, budget);
        return answer.Found ? answer.Handle.Domain : actor.Host;
    }

    private static (string Username, string Domain) Split(string handle)
    {
        // A leading exclamation mark is how Lemmy writes its communities.
        var text = handle.Trim().TrimStart('@', '!');
        var at = text.IndexOf('@', StringComparison.Ordinal);
        return at < 0 ? (text, "") : (text[..at], text[(at + 1)..].ToLowerInvariant());
    }
}
