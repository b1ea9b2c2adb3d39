using System.Globalization;

namespace Calf.Bench;

/// <summary>Activities as a usual server sends them.</summary>
internal static class Activities
{
    private const string Context = """["https://www.w3.org/ns/activitystreams",{"sensitive":"as:sensitive","Hashtag":"as:Hashtag"}]""";
    private const string Public = "https://www.w3.org/ns/activitystreams#Public";

    /// <summary>The address of an actor's post.</summary>
    public static string Post(string actor, int n) => string.Create(CultureInfo.InvariantCulture, $"{actor}/statuses/{n}");

    public static string Create(string actor, int n, DateTimeOffset now) => OfPost("Create", actor, n, now, "activity", Note(actor, n, now));

    /// <summary>The post gets another text, and says since when.</summary>
    public static string Update(string actor, int n, DateTimeOffset now) =>
        OfPost("Update", actor, n, now, "edit", Note(actor, n, now, edit: $"\"updated\":\"{Time(now)}\",", more: " They have eaten it all."));

    public static string Delete(string actor, int n) => $$$"""
        {"@context":"https://www.w3.org/ns/activitystreams","id":"{{{Post(actor, n)}}}#delete","type":"Delete","actor":"{{{actor}}}","to":["{{{Public}}}"],"object":{"id":"{{{Post(actor, n)}}}","type":"Tombstone"}}
        """;

    /// <summary>The actor's whole account goes, as Mastodon tells every server it knows.</summary>
    public static string DeleteOfItself(string actor) => $$"""
        {"@context":"https://www.w3.org/ns/activitystreams","id":"{{actor}}#delete","type":"Delete","actor":"{{actor}}","to":["{{Public}}"],"object":"{{actor}}"}
        """;

    public static string Like(string actor, int n, string post) => $$"""
        {"@context":"https://www.w3.org/ns/activitystreams","id":"{{actor}}#likes/{{n}}","type":"Like","actor":"{{actor}}","object":"{{post}}"}
        """;

    public static string Announce(string actor, int n, string post, DateTimeOffset now) => $$"""
        {"@context":"https://www.w3.org/ns/activitystreams","id":"{{Post(actor, n)}}/activity","type":"Announce","actor":"{{actor}}","published":"{{Time(now)}}","to":["{{Public}}"],"cc":["{{actor}}/followers"],"object":"{{post}}"}
        """;

    private static string OfPost(string type, string actor, int n, DateTimeOffset now, string name, string note) => $$"""
        {"@context":{{Context}},"id":"{{Post(actor, n)}}/{{name}}","type":"{{type}}","actor":"{{actor}}","published":"{{Time(now.AddSeconds(-n))}}","to":["{{Public}}"],"cc":["{{actor}}/followers"],"object":{{note}}}
        """;

    private static string Note(string actor, int n, DateTimeOffset now, string edit = "", string more = "")
    {
        var host = actor[..actor.IndexOf("/users/", StringComparison.Ordinal)];
        var page = $"{host}/@{actor[(actor.LastIndexOf('/') + 1)..]}/{n}";
        return $$$"""
            {"id":"{{{Post(actor, n)}}}","type":"Note","summary":null,"inReplyTo":null,"published":"{{{Time(now.AddSeconds(-n))}}}",{{{edit}}}"url":"{{{page}}}","attributedTo":"{{{actor}}}","to":["{{{Public}}}"],"cc":["{{{actor}}}/followers"],"sensitive":false,"conversation":"{{{Post(actor, n)}}}/context","content":"<p>Post number {{{n}}}: calves stand in the meadow and look. It rained in the morning, then the sun came out, and now the grass is dry enough to lie in.{{{more}}} <a href=\"{{{host}}}/tags/calves\" class=\"mention hashtag\" rel=\"tag\">#<span>calves</span></a></p>","contentMap":{"en":"<p>…</p>"},"attachment":[],"tag":[{"type":"Hashtag","href":"{{{host}}}/tags/calves","name":"#calves"}]}
            """;
    }

    private static string Time(DateTimeOffset time) => time.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
