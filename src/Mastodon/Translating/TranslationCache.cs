namespace Calf.Mastodon.Translating;

/// <summary>Translations of the last day, as Mastodon keeps them, so that a post is paid for once; the oldest make room.</summary>
public sealed class TranslationCache(TimeProvider time)
{
    public const int MaxCharacters = 1_000_000;

    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    private readonly Lock gate = new();
    private readonly Dictionary<string, (DateTimeOffset At, Translated Value)> entries = new(StringComparer.Ordinal);
    private readonly Queue<string> order = [];
    private int characters;

    public Translated? Find(string key)
    {
        lock (gate)
        {
            return entries.TryGetValue(key, out var entry) && time.GetUtcNow() - entry.At < Kept ? entry.Value : null;
        }
    }

    public void Add(string key, Translated value)
    {
        if (value.Characters > MaxCharacters) return;
        lock (gate)
        {
            if (entries.Remove(key, out var old)) characters -= old.Value.Characters;
            else order.Enqueue(key);
            entries[key] = (time.GetUtcNow(), value);
            characters += value.Characters;
            while (characters > MaxCharacters && entries.Remove(order.Dequeue(), out var oldest)) characters -= oldest.Value.Characters;
        }
    }
}

/// <summary>What the translation server said.</summary>
public sealed record Translated(IReadOnlyList<string> Texts, string Source)
{
    public int Characters => Texts.Sum(text => text.Length) + Source.Length;
}
