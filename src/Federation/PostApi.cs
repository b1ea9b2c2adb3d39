using Calf.Accounts;
using Calf.Federation.Documents;
using Calf.Statuses;

namespace Calf.Federation;

/// <summary>The owner's posts as documents, and the collections that hang on each.</summary>
public static class PostApi
{
    /// <summary>How much of a thread its collection names.</summary>
    public const int MaxThread = 500;

    private const string Path = "/users/{username}/statuses/{id:long}";

    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    public static void MapPosts(this IEndpointRouteBuilder routes)
    {
        routes.MapMethods(Path, Reading, Show).ServesDocument().Gated();
        routes.MapMethods("/@{username}/{id:long}", Reading, Show).ServesDocument().Gated();
        routes.MapMethods(Path, Reading, (HttpContext context, string username, long id, Owner owner, Site site) => owner.IsNamed(username)
            ? Answers.Page(context, site.StatusUrl(owner.Required.Username, id))
            : Answers.Missing(context));
        routes.MapMethods($"{Path}/replies", Reading, Replies).Gated();
        routes.MapMethods($"{Path}/likes", Reading, (HttpContext context, string username, long id, PostReading reading) =>
            Counted(context, username, id, reading, OwnUris.Likes, s => s.FavouritesCount)).Gated();
        routes.MapMethods($"{Path}/shares", Reading, (HttpContext context, string username, long id, PostReading reading) =>
            Counted(context, username, id, reading, OwnUris.Shares, s => s.BoostsCount)).Gated();
        routes.MapMethods($"{Path}/context", Reading, Thread).Gated();
    }

    // A boost has no object of its own, only its activity.
    private static Task<IResult> Show(HttpContext context, string username, long id, PostReading reading, Site site) =>
        reading.Answer(context, username, id, (c, author, s) => s.IsBoost ? null : NoteBuilder.Load(c, site, author, s));

    private static Task<IResult> Replies(HttpContext context, string username, long id, PostReading reading)
    {
        var asked = PageAsked.Of(context.Request);
        return reading.Answer(context, username, id, (c, _, s) =>
        {
            if (s.IsBoost) return null;
            var page = CollectionBuilder.ReplyPage(s, asked.After, ThreadStore.Replies(c, s.Id, asked.Upward));
            return (asked.IsPage ? page : CollectionBuilder.Replies(s, page)) with { Context = LinkedDataContext.Plain };
        });
    }

    private static Task<IResult> Counted(
        HttpContext context, string username, long id, PostReading reading, Func<string, string> idOf, Func<Status, long> count) =>
        reading.Answer(context, username, id, (_, _, s) =>
            s.IsBoost ? null : CollectionBuilder.Counted(idOf(s.Uri), count(s)) with { Context = LinkedDataContext.Plain });

    private static Task<IResult> Thread(HttpContext context, string username, long id, PostReading reading) =>
        reading.Answer(context, username, id, (c, author, s) =>
        {
            var uri = OwnUris.Thread(s.Uri);
            // Only the first post of a thread of ours has one: the other threads live where they began.
            if (s.IsBoost || NoteBuilder.ThreadOf(s) != uri) return null;
            var below = ThreadStore.Descendants(c, s);
            var others = below.Where(ThreadAccess.In(c, reader: null, below, default).Shows).Take(MaxThread).Select(d => d.Uri);
            return CollectionBuilder.Whole(uri, [s.Uri, .. others]) with { AttributedTo = author.Uri };
        });
}
