using Calf.Accounts;
using Calf.Follows;
using Calf.Notifications;
using Calf.Search;
using Calf.Store;

namespace Calf.Bench;

/// <summary>Fills a database with other people and their posts, in Calf's own schema, while Calf is not running.</summary>
internal static class Seeding
{
    private const int Authors = 1000;
    private const int PostsPerTransaction = 50_000;

    /// <summary>Seconds before now at which the posts begin; more than there will ever be.</summary>
    private const int Oldest = 10_000_000;

    /// <summary>One post in so many mentions the owner, who is told.</summary>
    private const int PostsPerMention = 20;

    /// <summary>A word that all posts have, and the first half of one that one post in <see cref="RareWords"/> has.</summary>
    public const string CommonWord = "Weide", RareWord = "Stall";

    private const int RareWords = 5000;

    /// <summary>Some 500 characters, as a usual post has with its markup.</summary>
    private static readonly string Content = "<p>" + string.Concat(Enumerable.Repeat("Kälber stehen auf der Weide und schauen. ", 12)) + "</p>";

    /// <summary>Accounts that follow the owner, each with an inbox of its own.</summary>
    public static Task Followers(Database database, int count, Func<int, string> actor, DateTimeOffset now) => database.Write(c =>
    {
        var owner = AccountStore.Owner(c)!.Id;
        for (var n = 0; n < count; n++)
        {
            var account = Person(Ids.At(now), actor(n), now);
            AccountStore.Save(c, account);
            c.Execute($"""
                INSERT INTO follows (account_id, target_id, uri, accepted, created_at) VALUES ({account.Id}, {owner}, {account.Uri + "/follow"}, 1, {now})
                """);
        }
    });

    /// <summary>An account that the owner follows, with its key.</summary>
    public static Task Followed(Database database, string actor, string keyId, string pem, DateTimeOffset now) => database.Write(c =>
    {
        var account = Person(Ids.At(now), actor, now);
        AccountStore.Save(c, account);
        FollowStore.Save(c, new Follow(AccountStore.Owner(c)!.Id, account.Id, actor + "/followed", true, true, false, now));
        c.Execute($"INSERT INTO public_keys (key_id, actor_uri, material, fetched_at) VALUES ({keyId}, {actor}, {pem}, {now})");
    });

    /// <summary>Posts number <paramref name="from"/> to <paramref name="to"/>, a second apart, all in the home timeline.</summary>
    public static async Task Posts(Database database, int from, int to, DateTimeOffset now)
    {
        if (from == 0) await database.Write(c => AddAuthors(c, now));
        var authors = database.Read(c => c.Query($"SELECT id FROM accounts WHERE domain != '' ORDER BY id", r => r.Long()));
        for (var start = from; start < to; start += PostsPerTransaction)
        {
            var (first, end) = (start, Math.Min(to, start + PostsPerTransaction));
            await database.Write(c =>
            {
                for (var n = first; n < end; n++) AddPost(c, n, authors[n % authors.Count], now.AddSeconds(n - Oldest));
            });
        }
        // Else the server does it beside what is measured.
        while (await Searching.CatchUp(database)) { }
        await database.Write(c => c.Execute($"PRAGMA optimize"));
    }

    private static void AddPost(Connection c, int n, long author, DateTimeOffset at)
    {
        var id = Add(c, author, at, $"{Content}<p>{RareWord}{n % RareWords}</p>", replyTo: null);
        c.Execute($"INSERT INTO home (status_id) VALUES ({id})");
        if (n % PostsPerMention != 0) return;
        c.Execute($"INSERT INTO mentions (status_id, account_id) VALUES ({id}, {AccountStore.Owner(c)!.Id})");
        NotificationStore.Add(c, NotificationTypes.Mention, author, id, at);
    }

    /// <summary>A post and answers to it, each third to the one before it; the id of the first.</summary>
    public static Task<long> Thread(Database database, int count, DateTimeOffset now) => database.Write(c =>
    {
        var authors = c.Query($"SELECT id FROM accounts WHERE domain != '' ORDER BY id LIMIT {count}", r => r.Long());
        var ids = new List<long>();
        for (var n = 0; n < count; n++)
            ids.Add(Add(c, authors[n], now.AddSeconds(n - count), Content, n == 0 ? null : n % 3 == 0 ? ids[^1] : ids[0]));
        return ids[0];
    });

    private static long Add(Connection c, long author, DateTimeOffset at, string content, long? replyTo)
    {
        var id = Ids.FloorOf(at);
        var uri = $"https://host{author % 200}.example/users/u{author}/statuses/{id}";
        c.Execute($"""
            INSERT INTO statuses (id, uri, url, account_id, type, content, visibility, language, created_at, conversation, in_reply_to_id)
            VALUES ({id}, {uri}, {uri}, {author}, 'Note', {content}, 0, 'de', {at}, {uri + "/context"}, {replyTo})
            """);
        return id;
    }

    private static void AddAuthors(Connection c, DateTimeOffset now)
    {
        for (var n = 0; n < Authors; n++) AccountStore.Save(c, Person(Ids.At(now), $"https://host{n % 200}.example/users/u{n}", now));
    }

    private static Account Person(long id, string uri, DateTimeOffset now) => new()
    {
        Id = id,
        Uri = uri,
        Url = uri,
        Username = uri[(uri.LastIndexOf('/') + 1)..],
        Domain = new Uri(uri).Authority,
        Type = "Person",
        // Their public posts are searched.
        Indexable = true,
        Inbox = uri + "/inbox",
        CreatedAt = now,
        FetchedAt = now,
    };
}
