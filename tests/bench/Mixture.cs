using System.Diagnostics;
using System.Globalization;
using Calf.Security;
using Calf.Store;

namespace Calf.Bench;

/// <summary>
/// What a timeline is made of: people on several servers post, edit, delete, favourite and boost, all at once. What is there
/// afterwards must be exactly what they did.
/// </summary>
internal sealed class Mixture(Bed bed, Subject calf)
{
    private const int Hosts = 4;

    /// <summary>A multiple of <see cref="Hosts"/>; the n-th lives on host n modulo them. The last host signs by RFC 9421.</summary>
    private const int Senders = 40;

    /// <summary>In each round everybody does each of the ten once, beginning at different places.</summary>
    private const int Rounds = 50;

    /// <summary>What is edited, boosted or deleted was posted so many rounds before: long enough for it to be applied. Before that there are more posts.</summary>
    private const int Before = 4;

    private const int Likes = 2;

    private static readonly string[] Round = ["Create", "Like", "Create", "AnnounceOwner", "Create", "Like", "Create", "Announce", "Update", "Delete"];

    /// <summary>Which of a round's posts are changed later, by their place in it.</summary>
    private const int Deleted = 0, Updated = 2, Boosted = 4;

    private readonly string[] actors = [.. Enumerable.Range(0, Senders).Select(n => $"http://localhost:{bed.Port + 2 + n % Hosts}/users/sender{n}")];

    public async Task Measure()
    {
        var keys = actors.AsParallel().AsOrdered().Select(Bed.KeyOf).ToArray();
        using var database = calf.Open();
        for (var n = 0; n < Senders; n++) await Seeding.Followed(database, actors[n], keys[n].KeyId, keys[n].PublicPem, Bed.Now);
        var token = calf.Token();
        using var running = calf.Start();
        using (var connection = new RawConnection(bed.Port))
            for (var n = 0; n < Rounds * Likes; n++) Delivering.Publish(connection, Delivering.Post(bed.Port, token, n));
        var posts = database.Read(c => c.Query($"SELECT uri FROM statuses ORDER BY id DESC LIMIT {(long)Rounds * Likes}", r => r.Text()));
        var requests = Enumerable.Range(0, Senders * Round.Length * Rounds).AsParallel().AsOrdered().Select(n =>
        {
            var sender = n % Senders;
            var kind = sender % Hosts == Hosts - 1 ? SignatureKind.Rfc9421 : SignatureKind.Cavage;
            return SignedPost.Bytes(Activity(sender, n / Senders, posts), bed.Port, keys[sender], kind, Bed.Now);
        }).ToList();
        var before = database.Read(Rows);
        var clock = Stopwatch.StartNew();
        var accepted = Load.Each(bed.Port, requests, 202);
        await Bed.Until(() => database.Read(c => c.Count($"SELECT count(*) FROM inbox_queue")) == 0);
        var applied = clock.Elapsed;
        Check(database.Read(Rows), before);
        var stream = $"Mixed stream, {Senders} senders on {Hosts} hosts";
        bed.Table.Add($"{stream}: accepted", Table.Number(requests.Count / accepted.TotalSeconds), "a second", "");
        bed.Table.Add($"{stream}: accepted and applied", Table.Number(requests.Count / applied.TotalSeconds), "a second", "");
        bed.Table.Add("RSS after the mixed stream", Table.Number(running.Memory, "0.0"), "MB", "");
    }

    /// <param name="step">How many the sender has sent already.</param>
    private string Activity(int sender, int step, List<string> posts)
    {
        var (round, place) = (step / Round.Length, (step + sender) % Round.Length);
        var (actor, now) = (actors[sender], Bed.Now);
        var n = round * Round.Length + place;
        // Somebody else of the same host.
        var friend = actors[(sender + Hosts) % Senders];
        return Round[place] switch
        {
            "Like" => Activities.Like(actor, n, posts[round * Likes + place / (Round.Length / Likes)]),
            "AnnounceOwner" => Activities.Announce(actor, n, posts[round], now),
            "Announce" when round >= Before => Activities.Announce(actor, n, Activities.Post(friend, Earlier(Boosted)), now),
            "Update" when round >= Before => Activities.Update(actor, Earlier(Updated), now),
            "Delete" when round >= Before => Activities.Delete(actor, Earlier(Deleted)),
            _ => Activities.Create(actor, n, now),
        };

        int Earlier(int at) => (round - Before) * Round.Length + at;
    }

    private static State Rows(Connection c) => c.FindValue($"""
        SELECT (SELECT count(*) FROM statuses WHERE boost_of_id IS NULL), (SELECT count(*) FROM statuses WHERE boost_of_id IS NOT NULL),
               (SELECT count(*) FROM statuses WHERE edited_at IS NOT NULL), (SELECT count(*) FROM favourites), (SELECT count(*) FROM verdicts)
        """, r => new State(r.Long(), r.Long(), r.Long(), r.Long(), r.Long()))!.Value;

    private static void Check(State there, State was)
    {
        const int Late = Rounds - Before;
        var wanted = new State(
            was.Posts + Senders * (4 * Rounds + 3 * Before - Late), was.Boosts + Senders * (Rounds + Late), was.Edited + Senders * Late,
            was.Favourites + Senders * Rounds * Likes, was.Verdicts);
        if (there != wanted) throw new BenchException(string.Create(CultureInfo.InvariantCulture, $"There should be {wanted} after the stream, and there is {there}."));
    }

    private readonly record struct State(long Posts, long Boosts, long Edited, long Favourites, long Verdicts);
}
