using System.Globalization;
using Calf.Statuses;

namespace Calf.Mastodon.Entities;

/// <summary>How values are written in entities.</summary>
public static class EntityText
{
    /// <summary>Ids are decimal strings: they are longer than a JavaScript number is exact.</summary>
    public static string Of(long id) => id.ToString(CultureInfo.InvariantCulture);

    public static string? Of(long? id) => id is { } known ? Of(known) : null;

    public static string Of(Visibility visibility) => visibility switch
    {
        Visibility.Public => "public",
        Visibility.Unlisted => "unlisted",
        Visibility.Private => "private",
        _ => "direct",
    };

    /// <summary>Null when it is not one of the four words.</summary>
    public static Visibility? ToVisibility(string? word) => word switch
    {
        "public" => Visibility.Public,
        "unlisted" => Visibility.Unlisted,
        "private" => Visibility.Private,
        "direct" => Visibility.Direct,
        _ => null,
    };

    public static string Of(QuotePolicy policy) => policy.ToString().ToLowerInvariant();

    /// <summary>Null when it was not given.</summary>
    /// <exception cref="ApiException">422: it is not one of the three words.</exception>
    public static QuotePolicy? ToQuotePolicy(Parameters parameters, string name) => parameters.Text(name) switch
    {
        null or "" => null,
        "public" => QuotePolicy.Public,
        "followers" => QuotePolicy.Followers,
        "nobody" => QuotePolicy.Nobody,
        _ => throw ApiException.Invalid($"Validation failed: {name} has to be public, followers or nobody"),
    };
}
