using System.Net;
using Calf.Federation.Inbox;
using Calf.Federation.Outbox;
using Calf.Statuses;
using Calf.Tests.Support;

namespace Calf.Tests.Federation;

/// <summary>What somebody else than its actor delivers counts only as far as the actor's own server confirms it, and costs few fetches.</summary>
public sealed class ForwardedTests : IAsyncLifetime
{
    private const string Public = "https://www.w3.org/ns/activitystreams#Public";

    private readonly Fediverse fediverse = new();
    private CalfServer alice = null!;
    private StandIn rae = null!;
    private StandIn sam = null!;

    public async ValueTask InitializeAsync()
    {
        alice = await fediverse.Join("alice.test");
        rae = new StandIn(fediverse);
        sam = new StandIn(fediverse, "second.test", "sam");
    }

    public async ValueTask DisposeAsync()
    {
        rae.Dispose();
        sam.Dispose();
        await fediverse.DisposeAsync();
    }

    [Theory]
    [InlineData("Create")]
    [InlineData("Update")]
    [InlineData("Delete")]
    [Trait("Wire", "109")]
    [Trait("Wire", "041")]
    public async Task A_forwarded_activity_about_a_post_that_is_not_here_costs_no_fetch(string type)
    {
        var note = $"{rae.Actor}/notes/1";
        rae.Serve(note, Note(note, "real"));
        await sam.SendAndSettle(alice, Activity(type, note, Note(note, "forged")));
        Assert.DoesNotContain(fediverse.Requests, r => r.Contains("remote.test", StringComparison.Ordinal));
        Assert.Null(alice.Database.Read(c => StatusStore.FindByUri(c, note)));
        Assert.Contains("did not sign it", Assert.Single(alice.Database.Read(c => VerdictStore.Latest(c, 5))).Reason);
    }

    [Fact]
    [Trait("Wire", "109")]
    public async Task A_forwarded_edit_counts_as_its_origin_shows_it()
    {
        var note = await Known("first");
        rae.Serve(note, Note(note, "second", "2026-11-01T13:00:00Z"));
        await sam.SendAndSettle(alice, Activity("Update", note, Note(note, "forged", "2026-11-01T14:00:00Z")));
        Assert.Equal("second", alice.Database.Read(c => StatusStore.FindByUri(c, note))!.Content);
    }

    [Fact]
    [Trait("Wire", "109")]
    [Trait("Wire", "041")]
    public async Task A_forwarded_edit_of_a_post_of_another_author_costs_no_fetch()
    {
        var note = await Known("first");
        var before = fediverse.Requests.Count;
        await sam.SendAndSettle(alice, Activity("Update", note, Note(note, "forged")).Replace($"\"actor\":\"{rae.Actor}\"", "\"actor\":\"https://remote.test/users/eve\"", StringComparison.Ordinal));
        Assert.DoesNotContain(fediverse.Requests.Skip(before), r => r.EndsWith(note, StringComparison.Ordinal));
        Assert.Equal("first", alice.Database.Read(c => StatusStore.FindByUri(c, note))!.Content);
    }

    [Theory]
    [InlineData(HttpStatusCode.Gone, Public, true)]
    [InlineData(HttpStatusCode.NotFound, Public, true)]
    [InlineData(HttpStatusCode.Gone, "FOLLOWERS", true)]
    [InlineData(HttpStatusCode.NotFound, "FOLLOWERS", false)]
    [InlineData(HttpStatusCode.Forbidden, Public, false)]
    [Trait("Wire", "043")]
    [Trait("Wire", "032")]
    [Trait("Wire", "109")]
    public async Task A_forwarded_delete_counts_when_the_origin_has_the_post_no_longer(HttpStatusCode status, string to, bool deleted)
    {
        var note = await Known("first", to == Public ? Public : $"{rae.Actor}/followers");
        rae.Serve(note, "{}", status);
        await sam.SendAndSettle(alice, Activity("Delete", note, $"\"{note}\""));
        Assert.Equal(deleted, alice.Database.Read(c => StatusStore.FindByUri(c, note)) is null);
    }

    [Fact]
    [Trait("Wire", "041")]
    public async Task A_chain_of_activities_that_name_each_other_is_not_followed()
    {
        var post = await alice.Get<Posting>().Post(new("ask me", Visibility.Public));
        for (var i = 0; i < 30; i++)
            rae.Serve($"{rae.Actor}/c/{i}", $$"""{"id":"{{rae.Actor}}/c/{{i}}","type":"Create","actor":"{{rae.Actor}}","object":"{{rae.Actor}}/c/{{i + 1}}"}""");
        await sam.SendAndSettle(alice, Activity("Create", $"{rae.Actor}/c/0", $$"""{"id":"{{rae.Actor}}/c/0","type":"Note","inReplyTo":"{{post.Uri}}"}"""));
        Assert.InRange(fediverse.Requests.Count(r => r.Contains("/c/", StringComparison.Ordinal)), 1, 2);
    }

    private async Task<string> Known(string text, string to = Public)
    {
        var note = $"{rae.Actor}/notes/1";
        await rae.SendAndSettle(alice, Activity("Create", note, Note(note, text, to: to)));
        Assert.NotNull(alice.Database.Read(c => StatusStore.FindByUri(c, note)));
        return note;
    }

    private string Note(string id, string text, string? updated = null, string to = Public) => $$"""
        {"id":"{{id}}","type":"Note","attributedTo":"{{rae.Actor}}","content":"{{text}}","published":"2026-11-01T11:00:00Z",
         {{(updated is null ? "" : $"\"updated\":\"{updated}\",")}}"to":["{{to}}","{{alice.Owner.Uri}}"]}
        """;

    private string Activity(string type, string about, string inner) =>
        $$"""{"id":"{{about}}/{{type}}","type":"{{type}}","actor":"{{rae.Actor}}","object":{{inner}}}""";
}
