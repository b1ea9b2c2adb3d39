namespace Calf.Federation;

/// <summary>The sentence for what cannot be taken as it is, begun as Mastodon begins it.</summary>
public static class Validation
{
    /// <param name="what">What is wrong, in the language of the request in hand.</param>
    public static string Failed(string what) => Words.T("Validation failed: {what}", ("what", what));
}
