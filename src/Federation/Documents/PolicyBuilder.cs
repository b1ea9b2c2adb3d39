using Calf.Statuses;

namespace Calf.Federation.Documents;

/// <summary>Writes whom the owner allows to quote, answer, favourite and boost a post.</summary>
internal static class PolicyBuilder
{
    public static InteractionPolicyDocument Build(Status status, NoteParts parts)
    {
        var author = parts.Author.Uri;
        var followers = OwnUris.Followers(author);
        var quoters = parts.Policy?.Quote?.Automatic ?? PolicyGroups.Nobody;
        List<string> quote = [];
        if ((quoters & PolicyGroups.Everybody) != 0) quote.Add(Audience.Everybody);
        if ((quoters & PolicyGroups.Followers) != 0) quote.Add(followers);
        // Nobody is written as the author: in JSON-LD an empty list is as good as none.
        if (quote.Count == 0) quote.Add(author);
        // Whoever may read a post may answer and favourite it. "Followers" would make GoToSocial hold answers back until each is approved.
        string[] readers = [Audience.Everybody];
        string[] boosters = [status.IsOpen ? Audience.Everybody : author];
        return new(new(quote), new(readers, readers), new(readers, readers), new(boosters, boosters));
    }
}
