using Calf.Accounts;
using Calf.Federation.Documents;
using Calf.Moderation;
using Calf.Statuses;
using Calf.Store;

namespace Calf.Federation;

/// <summary>Serves the owner's consent to quotes, as long as it holds (wire 106). It names posts and shows none, so anybody may ask.</summary>
public static class StampApi
{
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    public static void MapStamps(this IEndpointRouteBuilder routes) =>
        routes.MapMethods("/users/{username}/quote_authorizations/{id:long}", Reading, Show);

    private static IResult Show(HttpContext context, string username, long id, Owner owner, Database database)
    {
        if (!owner.IsNamed(username)) return Answers.Missing(context);
        var uri = OwnUris.Stamp(owner.Required.Uri, id);
        // Who asks wants to know whether it holds now.
        context.Response.Headers.CacheControl = "no-cache";
        if (database.Read(c => Find(c, uri, id, owner.Required)) is { } stamp) return Answers.Public(stamp, CacheTopic.Posts);
        return database.Read(c => Tombstones.Find(c, uri)) is { } revoked ? Answers.Gone(context, uri, revoked) : Answers.Missing(context);
    }

    private static StampDocument? Find(Connection c, string uri, long id, Account owner)
    {
        if (QuoteStore.Find(c, id) is not { State: QuoteState.Accepted, QuotedId: { } quotedId } quote || quote.StampUri != uri) return null;
        if (StatusStore.Find(c, quotedId) is not { IsOpen: true } quoted || quoted.AccountId != owner.Id) return null;
        if (StatusStore.Find(c, id) is not { } quoting || BlockStore.Exists(c, owner.Id, quoting.AccountId)) return null;
        return new StampDocument
        {
            Context = LinkedDataContext.Stamp,
            Id = uri,
            Type = "QuoteAuthorization",
            AttributedTo = owner.Uri,
            InteractingObject = quoting.Uri,
            InteractionTarget = quoted.Uri,
        };
    }
}
