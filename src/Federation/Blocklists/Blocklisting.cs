using Calf.Federation.Outbox;
using Calf.Moderation;
using Calf.Store;

namespace Calf.Federation.Blocklists;

/// <summary>What an import did.</summary>
/// <param name="Kept">Domains whose rule the owner had made before; they stay as they were.</param>
public sealed record BlocklistImport(int Added, int Kept, IReadOnlyList<SkippedLine> Skipped);

/// <summary>The owner imports lists of domains, and subscribes to lists that others keep.</summary>
public sealed class Blocklisting(Database database, BlocklistFetching fetching, DomainBlocking blocking, Site site, TimeProvider time)
{
    /// <summary>What a list would do, from its text or its address. Nothing is changed.</summary>
    /// <exception cref="ActionException">It cannot be had, or is not a list.</exception>
    public async Task<BlocklistPreview> Preview(string textOrUrl, CancellationToken cancel)
    {
        var reading = IsUrl(textOrUrl) ? (await fetching.Fetch(textOrUrl, null, cancel)).Reading! : BlocklistFile.Read(textOrUrl);
        return database.Read(c => BlocklistPreview.Of(c, WithoutOwn(reading)));
    }

    /// <summary>Makes the domains of a list the owner's own rules.</summary>
    /// <exception cref="ActionException">422: it is not a list.</exception>
    public Task<BlocklistImport> Import(string text)
    {
        var reading = WithoutOwn(BlocklistFile.Read(text));
        return database.Write(c =>
        {
            var now = time.GetUtcNow();
            var added = reading.Entries.Where(e => DomainBlockStore.Find(c, e.Domain) is not { ByHand: true }).ToList();
            foreach (var entry in added) DomainBlockStore.Save(c, entry.ToRule(Ids.At(now), now, byHand: true));
            blocking.TakeEffect(c);
            return new BlocklistImport(added.Count, reading.Entries.Count - added.Count, reading.Skipped);
        });
    }

    /// <summary>All rules as a list that Mastodon and Calf can import.</summary>
    public string Export() => BlocklistFile.Write(database.Read(DomainBlockStore.Everything));

    /// <summary>Applies the whole list now, and looks at it every day from then on. Again, it lets in force what was held.</summary>
    /// <exception cref="ActionException">It cannot be had, or is not a list.</exception>
    public async Task<Blocklist> Subscribe(string url, CancellationToken cancel)
    {
        var address = url.Trim();
        var fetched = await fetching.Fetch(address, null, cancel);
        return await database.Write(c =>
        {
            var now = time.GetUtcNow();
            var known = BlocklistStore.Find(c, address);
            var list = new Blocklist(known?.Id ?? Ids.At(now), address, fetched.Etag, known?.CreatedAt ?? now, now, null);
            BlocklistStore.Save(c, list);
            Apply(c, list, WithoutOwn(fetched.Reading!).Entries);
            return list;
        });
    }

    /// <summary>Lifts what came from this list alone.</summary>
    /// <exception cref="ActionException">404.</exception>
    public Task Unsubscribe(long id) => database.Write(c =>
    {
        if (BlocklistStore.Find(c, id) is null) throw ActionException.NotFound(Words.T("You have not subscribed to this list."));
        BlocklistStore.Remove(c, id);
        BlocklistStore.Settle(c, time.GetUtcNow());
        blocking.TakeEffect(c);
    });

    /// <summary>
    /// Looks whether the list changed. What is new and would end follows is held; what it no longer has is lifted. A list that cannot
    /// be had leaves all as it was.
    /// </summary>
    public async Task Refresh(Blocklist list, CancellationToken cancel)
    {
        try
        {
            var fetched = await fetching.Fetch(list.Url, list.Error is null ? list.Etag : null, cancel);
            await database.Write(c =>
            {
                BlocklistStore.Save(c, list with { Etag = fetched.Etag, CheckedAt = time.GetUtcNow(), Error = null });
                if (fetched.Reading is { } reading) Apply(c, list, Held(c, list.Id, WithoutOwn(reading).Entries));
            });
        }
        catch (ActionException failure)
        {
            await database.Write(c => BlocklistStore.Save(c, list with { CheckedAt = time.GetUtcNow(), Error = failure.Message }));
        }
    }

    private void Apply(Connection c, Blocklist list, IEnumerable<BlocklistEntry> entries)
    {
        BlocklistStore.Replace(c, list.Id, entries);
        BlocklistStore.Settle(c, time.GetUtcNow());
        blocking.TakeEffect(c);
    }

    private static IEnumerable<BlocklistEntry> Held(Connection c, long listId, IReadOnlyList<BlocklistEntry> entries)
    {
        var ending = BlocklistPreview.SeveredBy(c, entries).Select(s => s.Domain).ToHashSet(StringComparer.Ordinal);
        var inForce = BlocklistStore.Entries(c, listId).Where(e => e is { Held: false, Severity: DomainSeverity.Block }).Select(e => e.Domain).ToHashSet(StringComparer.Ordinal);
        return entries.Select(e => e with { Held = ending.Contains(e.Domain) && !inForce.Contains(e.Domain) });
    }

    private BlocklistReading WithoutOwn(BlocklistReading reading) =>
        reading with { Entries = [.. reading.Entries.Where(e => e.Domain != site.Domain && e.Domain != site.WebDomain)] };

    private static bool IsUrl(string text) => text.AsSpan().Trim() is var one && !one.ContainsAny("\n ")
        && (one.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || one.StartsWith("http://", StringComparison.OrdinalIgnoreCase));
}
