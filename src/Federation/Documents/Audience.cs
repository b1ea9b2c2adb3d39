using Calf.Accounts;
using Calf.Statuses;

namespace Calf.Federation.Documents;

/// <summary>Whom something is addressed to, in Mastodon's reading of <c>to</c> and <c>cc</c>.</summary>
public sealed record Audience(IReadOnlyList<string> To, IReadOnlyList<string> Cc)
{
    /// <summary>Written out in full (wire 66).</summary>
    public const string Everybody = $"{LinkedDataContext.ActivityStreams}#Public";

    public static Audience Of(Visibility visibility, Account author, IEnumerable<string> mentioned)
    {
        var followers = OwnUris.Followers(author.Uri);
        var others = mentioned.Distinct().ToList();
        return visibility switch
        {
            Visibility.Public => new([Everybody], [followers, .. others]),
            Visibility.Unlisted => new([followers], [Everybody, .. others]),
            Visibility.Private => new([followers], others),
            _ => new(others, []),
        };
    }
}
