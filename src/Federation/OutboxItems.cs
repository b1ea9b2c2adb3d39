using System.Text.Json;
using Calf.Accounts;
using Calf.ActivityPub;
using Calf.Federation.Inbox;
using Calf.Statuses;
using Calf.Store;

namespace Calf.Federation;

/// <summary>A boost in somebody's outbox. <paramref name="Uri"/>: the boosted post.</summary>
public sealed record OutboxBoost(JsonElement Announce, string Uri);

/// <summary>Reads what stands in the outbox of an account elsewhere: its own posts, which count as they are shown there, and boosts.</summary>
public sealed class OutboxItems(Database database, RemoteStatuses statuses)
{
    /// <summary>Boosted posts that live elsewhere and cost a fetch each, with their authors.</summary>
    public const int FetchesForOne = 4;

    private const int AtOnce = 4;

    /// <summary>Anybody may read it.</summary>
    public static bool IsOpen(Audience audience) => audience.IsOpen;

    /// <summary>When it was posted or boosted, as its server says.</summary>
    public static DateTimeOffset? DateOf(JsonElement item) => item.IsType("Announce") ? item.Date("published") : item.One("object").Date("published") ?? item.Date("published");

    /// <summary>A post of the account's own that came whole in one of its own collections; a bare id is not worth a fetch here.</summary>
    public static PreparedStatus? PostOf(JsonElement item, Account account, Func<Audience, bool> wanted, TimeProvider time)
    {
        var post = item.IsType("Create") ? item.One("object") : item;
        if (!Origin.Same(post.OwnId(), account.Uri)) return null;
        if (RemoteObject.Read(post, out _) is not { IsVote: false } remote || remote.AttributedTo != account.Uri) return null;
        return wanted(remote.Audience) ? PreparedStatus.From(remote, time) : null;
    }

    /// <summary>A boost by the account, or what a group passes on (FEP-1b12); null for anything else.</summary>
    public static OutboxBoost? BoostOf(JsonElement item, Account account, Func<Audience, bool> wanted)
    {
        if (!item.IsType("Announce") || !Origin.Same(item.OwnId(), account.Uri) || (item.Id("actor") is { } actor && actor != account.Uri)) return null;
        var inner = item.One("object");
        // A group tells of votes and edits too.
        var uri = inner.IsType("Create") ? inner.Id("object") : inner.Has("actor") && !Vocabulary.IsStatus(inner.TypeName()) ? null : inner.AsId();
        return Origin.TryParse(uri, out _) && wanted(Audience.Read(item)) ? new OutboxBoost(item, uri!) : null;
    }

    /// <summary>
    /// Sees to it that boosted posts are here, as their own servers show them, with so many fetches of those that are not. Nobody is told.
    /// </summary>
    /// <returns>How many could not be had.</returns>
    public async Task<int> FetchBoosted(IReadOnlyCollection<OutboxBoost> boosts, int most, TimeSpan longest, TimeProvider time, CancellationToken cancel)
    {
        var missing = database.Read(c => boosts.Select(b => b.Uri).Distinct(StringComparer.Ordinal).Where(uri => StatusStore.FindByUri(c, uri) is null).ToList());
        using var limited = new CancellationTokenSource(longest, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limited.Token, cancel);
        var had = 0;
        // Without its token, since what has come counts however late the rest is.
        await Parallel.ForEachAsync(missing.Take(most), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = CancellationToken.None }, async (uri, _) =>
        {
            if (await Fetch(uri, either.Token)) Interlocked.Increment(ref had);
        });
        cancel.ThrowIfCancellationRequested();
        return missing.Count - had;
    }

    private async Task<bool> Fetch(string uri, CancellationToken cancel)
    {
        try
        {
            return (await statuses.Fetch(uri, cancel, new FetchBudget(FetchesForOne))).Status is not null;
        }
        catch (Exception late) when (late is TryLaterException or OperationCanceledException)
        {
            return false;
        }
    }
}
