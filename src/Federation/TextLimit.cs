namespace Calf.Federation;

/// <summary>How long a text of the owner's may be, counted in characters as Mastodon counts them: not in UTF-16 units.</summary>
public static class TextLimit
{
    /// <summary>Short texts need no counting: no character has less than one unit.</summary>
    public static bool IsOver(string? text, int most) => text is not null && text.Length > most && text.EnumerateRunes().Count() > most;

    /// <param name="what">How a person calls the field, such as <c>Title</c>, in their language.</param>
    /// <exception cref="ActionException">422: it is longer.</exception>
    public static void Demand(string what, string? text, int most)
    {
        if (IsOver(text, most)) throw ActionException.Invalid(Validation.Failed(Words.T("{what} is too long (maximum is {most} characters)", ("what", what), ("most", Words.Digits(most)))));
    }
}
