namespace Calf.Federation;

/// <summary>One field of what the owner asked for is wrong. Nothing was changed.</summary>
/// <param name="code">Mastodon's, such as <c>ERR_BLANK</c>.</param>
/// <param name="description">What is wrong with the field, to be read after its name: "can't be blank".</param>
public sealed class InvalidFieldException(string name, string code, string description) : Exception($"Validation failed: {Named(name)}{description}")
{
    /// <summary>Nothing in particular; the description is a whole sentence.</summary>
    public const string Base = "base";

    public string Field => name;

    public string Code => code;

    public string Description => description;

    private static string Named(string name) => name == Base ? "" : $"{char.ToUpperInvariant(name[0])}{name[1..].Replace('_', ' ')} ";
}
