using System.Diagnostics;
using Calf.Security;

namespace Calf.Bench;

/// <summary>
/// Signatures of known keys, in this process: read from the headers and verified, as the inbox does for every activity, beside what
/// openssl does without any of that.
/// </summary>
internal sealed class Verifying(Bed bed)
{
    /// <summary>Different requests by different keys, so that no two in a row are the same.</summary>
    private const int Prepared = 16;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(5);

    private static int Cores => Environment.ProcessorCount;

    public void Measure()
    {
        var actors = Enumerable.Range(0, Prepared).Select(n => $"{bed.Stub}/users/u{n}").ToList();
        Compare("rsa2048", [
            ("cavage, RSA", [.. actors.AsParallel().Select(actor => OfRsa(actor, SignatureKind.Cavage))]),
            ("RFC 9421, RSA", [.. actors.AsParallel().Select(actor => OfRsa(actor, SignatureKind.Rfc9421))]),
        ]);
        Compare("ed25519", [("RFC 9421, Ed25519", [.. actors.Select(OfEd25519)])]);
    }

    private void Compare(string algorithm, (string Name, Letter[] Letters)[] kinds)
    {
        foreach (var threads in new[] { 1, Cores }.Distinct())
        {
            var limit = OpenSsl.Speed(algorithm, threads).Verifies;
            bed.Table.Add($"openssl speed {algorithm}, {Count(threads, "process", "processes")}", Table.Number(limit), "verifies a second", "");
            foreach (var (name, letters) in kinds)
            {
                _ = Rate(letters, threads, WarmUp);
                var rate = Rate(letters, threads, Measured);
                bed.Table.Add($"Verified, {name}, {Count(threads, "thread", "threads")}", Table.Number(rate), "a second", "");
                bed.Table.Add($"Verified, {name}, {Count(threads, "thread", "threads")}, share of openssl", Table.Number(rate / limit * 100), "%", "");
            }
        }
    }

    private static string Count(int n, string one, string many) => n == 1 ? $"1 {one}" : $"{n} {many}";

    private static double Rate(Letter[] letters, int threads, TimeSpan time)
    {
        var total = 0L;
        var refused = 0;
        var workers = Enumerable.Range(0, threads).Select(_ => new Thread(() =>
        {
            var clock = Stopwatch.StartNew();
            var done = 0L;
            for (; clock.Elapsed < time; done++)
                if (!letters[done % letters.Length].Holds(Bed.Now))
                    Interlocked.Increment(ref refused);
            Interlocked.Add(ref total, done);
        })).ToList();
        workers.ForEach(worker => worker.Start());
        workers.ForEach(worker => worker.Join());
        if (refused > 0) throw new BenchException($"{refused} good signatures were refused.");
        return total / time.TotalSeconds;
    }

    private Letter OfRsa(string actor, SignatureKind kind)
    {
        using var key = Bed.KeyOf(actor);
        var request = SignedPost.Received(Activities.Create(actor, 1, Bed.Now), bed.Port, key, kind, Bed.Now);
        return new Letter(request, PublicKey.FromPem(key.PublicPem, out var reason) ?? throw new BenchException(reason));
    }

    private Letter OfEd25519(string actor)
    {
        using var key = Ed25519Key.Generate();
        var request = SignedPost.Received(Activities.Create(actor, 1, Bed.Now), bed.Port, key, actor + "#ed25519-key", Bed.Now);
        return new Letter(request, PublicKey.FromMultikey(key.Multikey, out var reason) ?? throw new BenchException(reason));
    }

    private sealed record Letter(SignedRequest Request, PublicKey Key)
    {
        public bool Holds(DateTimeOffset now) =>
            HttpSignature.TryParse(Request, out var signature, out _) && HttpSignature.Verify(signature, Request, Key, now).IsValid;
    }
}
