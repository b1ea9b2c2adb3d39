using Calf.Accounts;
using Calf.Federation.Documents;
using Calf.Federation.Outbox;
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

    private static IResult List(HttpContext context, string username, Owner owner, Database database, Site site)
    {
        if (!owner.IsNamed(username)) return Answers.Missing(context);
        var asked = PageAsked.Of(context.Request);
        return Answers.Public(database.Read(c =>
        {
            var author = owner.Required;
            var id = OwnUris.Outbox(author.Uri);
            if (!asked.IsPage) return CollectionBuilder.Paged(id, TimelineStore.OpenCount(c, author.Id));
            // As a stranger reads it: public and unlisted ones only.
            var ids = TimelineStore.OfAccount(c, author.Id, reader: null, new AccountTimeline(), asked.Paging with { Limit = CollectionBuilder.OutboxPageSize });
            var last = ids.Count < CollectionBuilder.OutboxPageSize ? (long?)null : ids[^1];
            var page = CollectionBuilder.Page(id, asked.Uri(id), Activities(c, author, StatusStore.FindInOrder(c, ids), site), last);
            return page with { Context = LinkedDataContext.Note };
        }), CacheTopic.Posts);
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
