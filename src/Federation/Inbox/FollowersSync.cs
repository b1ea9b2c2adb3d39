using System.Collections.Concurrent;
using System.Text.Json;
using System.Threading.Channels;
using Calf.Accounts;
using Calf.ActivityPub;
using Calf.Federation.Outbox;
using Calf.Follows;
using Calf.Security;
using Calf.Store;
using Calf.Timelines;

namespace Calf.Federation.Inbox;

/// <summary>
/// Compares what the server of somebody followed says of its followers here with what is known here, and mends the difference: a
/// follow that is not known there ends, one that is not wanted here is taken back (FEP-8fcf, wire 108). Nothing happens unless the
/// whole list was had and is the one that the signed header speaks of.
/// </summary>
public sealed class FollowersSync(Database database, Owner owner, DocumentFetcher fetcher, Sending sending, TimeProvider time) : BackgroundService
{
    private const int MaxWaiting = 64;

    /// <summary>The list has one name at most, since one person lives here; room for a server that pages it all the same.</summary>
    private const int MaxFetches = 4;

    private const int MaxRemembered = 10_000;

    /// <summary>Between two looks at the list of one actor, whatever its server says meanwhile.</summary>
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(10);

    private readonly Channel<Difference> waiting = Channel.CreateBounded<Difference>(new BoundedChannelOptions(MaxWaiting) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly ConcurrentDictionary<string, DateTimeOffset> looked = new(StringComparer.Ordinal);

    /// <summary>Looks at the header of a delivery whose signature was proven to be the actor's. Costs nothing without the header.</summary>
    public void Consider(ParsedSignature signature, IHeaderDictionary headers, string actor)
    {
        if (!headers.TryGetValue(FollowersDigest.Header, out var header) || !signature.Covers("collection-synchronization")) return;
        if (!FollowersDigest.TryParse(header, out var said) || !Origin.Same(said.Url, actor)) return;
        var (account, follow) = database.Read(c => AccountStore.FindByUri(c, actor) is { } known ? (known, FollowStore.Find(c, owner.Id, known.Id)) : default);
        if (account is null || account.FollowersUri != said.Collection) return;
        if (said.Digest == FollowersDigest.Of(follow is { Accepted: true } ? [owner.Required.Uri] : [])) return;

        var now = time.GetUtcNow();
        if (looked.TryGetValue(actor, out var last) && now < last + Every) return;
        if (looked.Count >= MaxRemembered) looked.Clear();
        looked[actor] = now;
        waiting.Writer.TryWrite(new Difference(account, said));
    }

    /// <summary>Mends what waits, for tests, in place of the running worker.</summary>
    public async Task Step(CancellationToken cancel)
    {
        while (waiting.Reader.TryRead(out var difference)) await Mend(difference, cancel);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // What fails is tried again when the other server speaks of it again.
        await foreach (var difference in waiting.Reader.ReadAllAsync(stoppingToken))
            await Mend(difference, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task Mend(Difference difference, CancellationToken cancel)
    {
        if (await Fetch(difference.Said.Url, cancel) is not { } listed || FollowersDigest.Of(listed) != difference.Said.Digest) return;
        await database.Write(c =>
        {
            var me = owner.Required;
            var (there, follow) = (listed.Contains(me.Uri), FollowStore.Find(c, me.Id, difference.Account.Id));
            if (there && follow is null)
                sending.To(c, difference.Account, UndoBuilder.Build(FollowBuilder.Build(ActivityId.New(me.Uri, "follows"), me.Uri, difference.Account.Uri)));
            else if (there && follow is { Accepted: false })
                FollowStore.Save(c, follow with { Accepted = true }); // Its Accept was lost.
            else if (!there && follow is { Accepted: true })
            {
                FollowStore.Remove(c, me.Id, difference.Account.Id);
                TimelineStore.RemoveFromHome(c, difference.Account.Id);
            }
            else return;
            sending.AfterOwnerChanged(c);
        });
    }

    /// <summary>Every id of the collection; null unless all of it could be had from its own server.</summary>
    private async Task<HashSet<string>?> Fetch(string url, CancellationToken cancel)
    {
        var budget = new FetchBudget(MaxFetches);
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var next = url; next is not null && seen.Add(next);)
        {
            var document = await fetcher.FetchCollection(next, cancel, budget);
            if (!document.Found || !Origin.Same(document.Uri, url)) return null;
            var page = document.Json;
            if (!Vocabulary.IsCollection(page.TypeName()) || !AddItems(page, ids)) return null;
            var first = page.One("first");
            if (first.ValueKind == JsonValueKind.Object)
            {
                if (!AddItems(first, ids)) return null;
                page = first;
                first = default;
            }
            next = page.Id("next") ?? first.AsId();
            if (next is not null && !Origin.Same(next, url)) return null;
        }
        return ids;
    }

    /// <summary>False when there are more than are read.</summary>
    private static bool AddItems(JsonElement page, HashSet<string> ids)
    {
        var items = page.Many("orderedItems").Concat(page.Many("items")).ToList();
        ids.UnionWith(items.Select(JsonReading.AsId).OfType<string>());
        return items.Count < ParseLimits.MaxItems;
    }

    private sealed record Difference(Account Account, FollowersDigest Said);
}
