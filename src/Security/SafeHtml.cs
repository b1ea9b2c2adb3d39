namespace Calf.Security;

/// <summary>HTML that may be put into a page as it is.</summary>
public readonly record struct SafeHtml
{
    private readonly string? _value;

    private SafeHtml(string value) => _value = value;

    public string Value => _value ?? "";

    /// <summary>Takes what came out of <see cref="HtmlSanitizing"/>, or was stored after it, or was made here of nothing but escaped text.</summary>
    public static SafeHtml Trust(string html) => new(html);

    public override string ToString() => Value;
}
