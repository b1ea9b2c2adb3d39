using System.Globalization;
using Calf.Store;

namespace Calf.Statuses;

/// <summary>How the owner's posts are when an app does not say.</summary>
public sealed record PostingDefaults(Visibility Visibility, bool Sensitive, string? Language)
{
    private const string VisibilityKey = "posting.visibility";
    private const string SensitiveKey = "posting.sensitive";
    private const string LanguageKey = "posting.language";
    private const string QuotePolicyKey = "posting.quote_policy";

    public QuotePolicy QuotePolicy { get; init; }

    public static PostingDefaults Read(Connection c) => new(
        Enum.TryParse(Meta.Get(c, VisibilityKey), out Visibility visibility) ? visibility : Visibility.Public,
        Meta.Get(c, SensitiveKey) == "1",
        Meta.Get(c, LanguageKey) is { Length: > 0 } language ? language : null)
    {
        QuotePolicy = Enum.TryParse(Meta.Get(c, QuotePolicyKey), out QuotePolicy policy) ? policy : QuotePolicy.Public,
    };

    public static void Save(Connection c, PostingDefaults defaults)
    {
        Meta.Set(c, VisibilityKey, ((int)defaults.Visibility).ToString(CultureInfo.InvariantCulture));
        Meta.Set(c, SensitiveKey, defaults.Sensitive ? "1" : "0");
        Meta.Set(c, LanguageKey, defaults.Language ?? "");
        Meta.Set(c, QuotePolicyKey, ((int)defaults.QuotePolicy).ToString(CultureInfo.InvariantCulture));
    }
}
