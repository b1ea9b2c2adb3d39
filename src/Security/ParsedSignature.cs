namespace Calf.Security;

/// <summary>A signature as it was read from the headers; nothing about it is proven yet.</summary>
public sealed class ParsedSignature
{
    public required SignatureKind Kind { get; init; }

    /// <summary>The text that the sender wrote: mostly an actor id with a fragment, sometimes a document of its own (wire 25).</summary>
    public required string KeyId { get; init; }

    /// <summary>As written, null when not said.</summary>
    internal string? Algorithm { get; init; }

    internal SignatureComponent[] Components { get; init; } = [];

    internal byte[] Bytes { get; init; } = [];

    /// <summary>Unix seconds.</summary>
    internal long? Created { get; init; }

    internal long? Expires { get; init; }

    /// <summary>RFC 9421 only: what follows the list of components, in its canonical form.</summary>
    internal string Parameters { get; init; } = "";

    internal bool Covers(string name)
    {
        foreach (var component in Components)
            if (component.Parameters.Length == 0 && component.Name == name)
                return true;
        return false;
    }
}

/// <param name="Name">Lower case.</param>
/// <param name="Parameters">RFC 9421 only, such as <c>;name="Pet"</c>; else empty.</param>
internal readonly record struct SignatureComponent(string Name, string Parameters = "")
{
    /// <summary>Hands out one string for the names that nearly every request uses.</summary>
    public static string Intern(ReadOnlySpan<char> name) => name switch
    {
        "(request-target)" => "(request-target)",
        "(created)" => "(created)",
        "(expires)" => "(expires)",
        "host" => "host",
        "date" => "date",
        "digest" => "digest",
        "content-type" => "content-type",
        "content-digest" => "content-digest",
        "content-length" => "content-length",
        "@method" => "@method",
        "@target-uri" => "@target-uri",
        "@authority" => "@authority",
        _ => name.ToString().ToLowerInvariant(),
    };
}
