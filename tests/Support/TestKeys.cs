using Calf.Federation;

namespace Calf.Tests.Support;

/// <summary>
/// A few sets of keys that all tests share, handed out in turn: making RSA keys takes longer than most tests. Servers that meet in
/// one test get different ones.
/// </summary>
internal static class TestKeys
{
    private static readonly Lazy<NewKeys>[] Sets = [.. Enumerable.Range(0, 4).Select(_ => new Lazy<NewKeys>(OwnKeys.Generate))];
    private static int next;

    public static NewKeys Next() => Sets[(uint)Interlocked.Increment(ref next) % (uint)Sets.Length].Value;
}
