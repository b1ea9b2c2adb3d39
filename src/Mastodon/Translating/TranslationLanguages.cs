namespace Calf.Mastodon.Translating;

/// <summary>Which languages the translation server knows, asked once a week; nothing when there is none.</summary>
public sealed class TranslationLanguages(LibreTranslate backend, TimeProvider time)
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    private Answer? known;

    /// <exception cref="ApiException">503: it does not answer.</exception>
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> All(CancellationToken ct)
    {
        if (!backend.IsSet) return new Dictionary<string, IReadOnlyList<string>>();
        if (known is { } last && time.GetUtcNow() - last.At < Kept) return last.Languages;
        var languages = await backend.Languages(ct);
        known = new Answer(time.GetUtcNow(), languages);
        return languages;
    }

    private sealed record Answer(DateTimeOffset At, IReadOnlyDictionary<string, IReadOnlyList<string>> Languages);
}
