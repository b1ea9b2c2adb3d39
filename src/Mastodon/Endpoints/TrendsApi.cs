using System.Globalization;
using Calf.Accounts;
using Calf.Mastodon.Entities;
using Calf.Media;
using Calf.Statuses;
using Calf.Store;
using Calf.Timelines;
using static Calf.Mastodon.Handling;

namespace Calf.Mastodon.Endpoints;

/// <summary>
/// What is much used in the public posts that came here; for the owner, since it tells what they read.
/// https://docs.joinmastodon.org/methods/trends/
/// </summary>
public static class TrendsApi
{
    private const string Root = "/api/v1/trends/";
    private const int Usual = 10;
    private const int Most = 20;
    private const int Days = 7;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Root + "tags", Handle<Database, Site, TagRendering>(Tags)).OpenOrScope();
        // What it was called before there were other trends.
        routes.MapGet(Root.TrimEnd('/'), Handle<Database, Site, TagRendering>(Tags)).OpenOrScope();
        routes.MapGet(Root + "links", Handle<Database, Site, AccountRendering, RemoteMediaUrls, TimeProvider>(Links)).OpenOrScope();
        routes.MapGet(Root + "statuses", Handle<Database, Site, PageAnswers>(Statuses)).OpenOrScope();
    }

    private static IResult Tags(ApiRequest request, Database database, Site site, TagRendering rendering) => database.Read(c =>
    {
        List<long> ids = [.. Find(c, request, site, TrendKind.Tags, Usual, Most).Select(IdOf)];
        var tags = TagStore.FindMany(c, ids);
        return Answers.Json<IReadOnlyList<TagEntity>>(rendering.Render(c, [.. ids.Where(tags.ContainsKey).Select(id => tags[id])]), MastodonJson.Api.IReadOnlyListTagEntity);
    });

    private static IResult Links(ApiRequest request, Database database, Site site, AccountRendering accounts, RemoteMediaUrls media, TimeProvider time) => database.Read(c =>
    {
        var urls = Find(c, request, site, TrendKind.Links, Usual, Most);
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var cards = CardStore.FindByUrl(c, urls);
        var authors = AccountStore.FindMany(c, cards.Values.Select(card => card.AuthorId).OfType<long>().Distinct());
        var rendered = accounts.Render(c, authors.Values).Zip(authors.Keys).ToDictionary(pair => pair.Second, pair => pair.First);
        var uses = CardStore.Uses(c, urls, today.AddDays(1 - Days)).ToDictionary(u => (u.Url, u.Day));
        return Answers.Json<IReadOnlyList<CardEntity>>(
            [.. urls.Where(cards.ContainsKey).Select(url => CardEntity.Of(cards[url], media, rendered)! with
            {
                History = [.. Enumerable.Range(0, Days).Select(back => today.AddDays(-back)).Select(day => DayOf(day, uses.GetValueOrDefault((url, day))))],
            })], MastodonJson.Api.IReadOnlyListCardEntity);
    });

    private static IResult Statuses(ApiRequest request, Database database, Site site, PageAnswers answers) => database.Read(c =>
        answers.Statuses(c, request, StatusStore.FindInOrder(c, [.. Find(c, request, site, TrendKind.Statuses, ApiRequest.DefaultStatuses, ApiRequest.MaxStatuses).Select(IdOf)])));

    private static List<string> Find(Connection c, ApiRequest request, Site site, TrendKind kind, int usual, int most)
    {
        TimelinesApi.DemandOwner(request);
        var (limit, offset) = (request.Limit(usual, most), (int)Math.Clamp(request.Parameters.Long("offset") ?? 0, 0, TrendStore.MaxKept));
        var found = TrendStore.Find(c, kind, limit, offset);
        var links = new List<string>();
        if (found.Count == limit) links.Add(Link(offset + limit, "next"));
        if (offset > limit) links.Add(Link(offset - limit, "prev"));
        if (links.Count > 0) request.Http.Response.Headers.Link = string.Join(", ", links);
        return found;

        string Link(int to, string rel) => string.Create(CultureInfo.InvariantCulture, $"<{site.Base}{request.Http.Request.Path}?limit={limit}&offset={to}>; rel=\"{rel}\"");
    }

    private static long IdOf(string subject) => long.Parse(subject, CultureInfo.InvariantCulture);

    private static TagHistoryEntity DayOf(DateOnly day, CardUse? use) => new(
        EntityText.Of(new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero).ToUnixTimeSeconds()), EntityText.Of(use?.Accounts ?? 0), EntityText.Of(use?.Uses ?? 0));
}
