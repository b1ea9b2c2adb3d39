using Calf.Accounts;
using Calf.Federation.Documents;

namespace Calf.Federation;

/// <summary>Our two actors: the owner under their id and their page, and the server itself.</summary>
public static class ActorApi
{
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    public static void MapActors(this IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/users/{username}", Reading, ShowOwner).ServesDocument().Gated(hasStub: true);
        routes.MapMethods("/@{username}", Reading, ShowOwner).ServesDocument().Gated(hasStub: true);
        routes.MapMethods("/users/{username}", Reading, (HttpContext context, string username, Owner owner) =>
            owner.IsNamed(username) ? Answers.Page(context, owner.Required.Url) : Answers.Missing(context));
        routes.MapMethods("/actor", Reading, ShowInstance);
        routes.MapMethods("/actor/outbox", Reading, (Site site) =>
            Answers.Public(CollectionBuilder.Whole(OwnUris.Outbox(site.InstanceActor), []), CacheTopic.Profile));
    }

    private static IResult ShowOwner(HttpContext context, string username, Owner owner, Site site, OwnKeys keys)
    {
        if (!owner.IsNamed(username)) return Answers.Missing(context);
        var actor = ActorBuilder.Owner(owner.Required, site, keys);
        return Answers.Public(FetchGate.GetsStub(context) ? ActorBuilder.Stub(actor) : actor, CacheTopic.Profile);
    }

    // Never behind a signature: who asks for it is about to verify one of ours (wire 13).
    private static IResult ShowInstance(HttpContext context, Owner owner, Site site, OwnKeys keys) =>
        owner.Account is null ? Answers.Missing(context) : Answers.Public(ActorBuilder.Instance(site, keys), CacheTopic.Profile);
}
