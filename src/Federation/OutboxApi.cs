using Calf.Accounts;
using Calf.Federation.Documents;
using Calf.Federation.Outbox;
using Calf.Follows;
using Calf.Statuses;
using Calf.Store;
using Calf.Timelines;

namespace Calf.Federation;

/// <summary>The owner's outbox, and the activity of each post and boost under its own id.</summary>
public static class OutboxApi
{
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    public static void MapOutbox(this IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/users/{username}/outbox", Reading, List).Gated();
        routes.MapMethods("/users/{username}/statuses/{id:long}/activity", Reading, Show).Gated();
    }

    private static async Task<IResult> List(HttpContext context, string username, Owner owner, Database database, Site site, SignerOf signerOf)
    {
        if (!owner.IsNamed(username)) return Answers.Missing(context);
        var asked = PageAsked.Of(context.Request);
        var author = owner.Required;
        var id = OwnUris.Outbox(author.Uri);
        if (!asked.IsPage) return Answers.Public(database.Read(c => CollectionBuilder.Paged(id, TimelineStore.OpenCount(c, author.Id))), CacheTopic.Posts);
        // As at Mastodon, who follows and signs sees what is for followers. So a server that was away finds what it missed.
        var reader = PublicCache.IsForSigner(context.Request) && await signerOf(context.Request, context.RequestAborted) is { } signer
            ? database.Read(c => AccountStore.FindByUri(c, signer) is { } account && FollowStore.IsFollowing(c, account.Id, author.Id) ? account.Id : (long?)null) : null;
        context.Response.Headers.Vary = Answers.VaryWithSigner;
        var page = database.Read(c => Page(c, author, asked, reader, site));
        return reader is null ? Answers.Public(page, CacheTopic.Posts) : Answers.Private(context, page);
    }

    /// <param name="reader">Whose eyes it is read with; null for a stranger's, who sees public and unlisted ones only.</param>
    private static CollectionDocument Page(Connection c, Account author, PageAsked asked, long? reader, Site site)
    {
        var id = OwnUris.Outbox(author.Uri);
        var ids = TimelineStore.OfAccount(c, author.Id, reader, new AccountTimeline(), asked.Paging with { Limit = CollectionBuilder.OutboxPageSize });
        var last = ids.Count < CollectionBuilder.OutboxPageSize ? (long?)null : ids[^1];
        return CollectionBuilder.Page(id, asked.Uri(id), Activities(c, author, StatusStore.FindInOrder(c, ids), site), last) with { Context = LinkedDataContext.Note };
    }

    private static Task<IResult> Show(HttpContext context, string username, long id, PostReading reading, Site site) =>
        reading.Answer(context, username, id, (c, author, s) =>
        {
            var activity = Activities(c, author, [s], site)[0];
            return ((ActivityDocument)activity.Embedded!) with { Context = s.IsBoost ? LinkedDataContext.Plain : LinkedDataContext.Note };
        });

    /// <summary>A Create for each post and an Announce for each boost, without a context of their own.</summary>
    private static List<DocumentOrUri> Activities(Connection c, Account author, List<Status> statuses, Site site)
    {
        var parts = NoteParts.Load(c, author, statuses);
        var boosted = StatusStore.FindMany(c, statuses.Where(s => s.IsBoost).Select(s => s.BoostOfId!.Value));
        var authors = AccountStore.FindMany(c, boosted.Values.Select(b => b.AccountId));
        return [.. statuses.Select(s => DocumentOrUri.From(Activity(s) with { Context = null }))];

        ActivityDocument Activity(Status s) => s.BoostOfId is { } id
            ? AnnounceBuilder.Build(s, author, boosted[id].Uri, authors[boosted[id].AccountId].Uri)
            : CreateBuilder.Build(NoteBuilder.Build(s, parts[s.Id], site));
    }
}
