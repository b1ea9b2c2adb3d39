using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Calf.Accounts;
using Calf.Federation;
using Calf.Federation.Inbox;
using Calf.Federation.Outbox;
using Calf.Follows;
using Calf.Security;
using Calf.Statuses;
using Calf.Tests.Support;

namespace Calf.Tests.Federation;

/// <summary>FEP-8fcf both ways.</summary>
[Trait("Wire", "108")]
public sealed class FollowersSyncTests : RemoteWorld
{
    private const string Zeros = "0000000000000000000000000000000000000000000000000000000000000000";

    [Fact]
    public void The_digest_is_the_xor_of_the_ids_sha256_in_any_order()
    {
        const string One = "https://testing.example.org/users/1", Two = "https://testing.example.org/users/2";
        var expected = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(One)).Zip(SHA256.HashData(Encoding.UTF8.GetBytes(Two)), (a, b) => (byte)(a ^ b)).ToArray());
        Assert.Equal(expected, FollowersDigest.Of([One, Two]));
        Assert.Equal(expected, FollowersDigest.Of([Two, One]));
        Assert.Equal(Zeros, FollowersDigest.Of([]));
        // The example of the FEP.
        Assert.Equal("c33f48cd341ef046a206b8a72ec97af65079f9a3a9b90eef79c5920dce45c61f", FollowersDigest.Of([One, Two]));
    }

    [Theory]
    [InlineData("collectionId=\"C\", url=\"U\", digest=\"D\"", true)]
    [InlineData("digest=\"D\",collectionId=\"C\",url=\"U\"", true)]
    [InlineData("collectionId=\"C\", url=\"U\"", false)]
    [InlineData("collectionId=\"C\", url=\"U\", digest=\"xyz\"", false)]
    [InlineData("\"\"\"\"\"", false)]
    [InlineData("", false)]
    public void The_header_is_read_in_any_order_or_not_at_all(string header, bool good) =>
        Assert.Equal(good, FollowersDigest.TryParse(header.Replace("\"D\"", $"\"{Zeros}\"", StringComparison.Ordinal), out _));

    [Theory]
    [InlineData(SignatureKind.Cavage)]
    [InlineData(SignatureKind.Rfc9421)]
    public async Task A_post_to_the_followers_names_those_on_the_receiving_server_in_a_signed_header(SignatureKind kind)
    {
        using var Sam = new StandIn(Fediverse, "second.test", "sam");
        foreach (var follower in new[] { Rae, Sam })
            await follower.SendAndSettle(Alice, $$"""{"id":"{{follower.Actor}}/f","type":"Follow","actor":"{{follower.Actor}}","object":"{{Alice.Owner.Uri}}"}""");
        Alice.Get<SignatureMemory>().Learn("remote.test", kind);
        await Alice.Get<Posting>().Post(new("hello", Visibility.Private));
        await Fediverse.Settle();
        var request = Rae.Requests[^1];
        Assert.True(FollowersDigest.TryParse(string.Join(',', request.Headers.GetValues("Collection-Synchronization")), out var said));
        Assert.Equal(FollowersDigest.Of([Rae.Actor]), said.Digest);
        Assert.Equal($"{Alice.Owner.Uri}/followers", said.Collection);
        Assert.Contains("collection-synchronization", string.Join(',', request.Headers.GetValues(kind == SignatureKind.Cavage ? "Signature" : "Signature-Input")));
        // An Accept is for one account only.
        Assert.False(Rae.Requests[0].Headers.Contains("Collection-Synchronization"));

        using var answer = await Rae.Get(Alice, said.Url);
        Assert.True(answer.Headers.CacheControl!.NoStore);
        Assert.Equal([Rae.Actor], JsonElement.Parse(await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).GetProperty("orderedItems").EnumerateArray().Select(i => i.GetString()));
        using var client = Alice.Client();
        using var unsigned = await client.GetAsync(said.Url, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Unauthorized, unsigned.StatusCode);
        Assert.DoesNotContain("sam", await unsigned.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Two_calves_that_agree_fetch_nothing_and_one_that_lost_a_follower_is_believed()
    {
        var bob = await Fediverse.Join("bob.test");
        await Fediverse.Follow(bob, Alice);
        await Alice.Get<Posting>().Post(new("one", Visibility.Public));
        await Fediverse.Settle();
        await bob.Get<FollowersSync>().Step(TestContext.Current.CancellationToken);
        Assert.DoesNotContain(Fediverse.Requests, r => r.Contains("synchronization", StringComparison.Ordinal));

        // Alice's database comes from a backup in which bob did not follow yet; somebody else on bob's server is still told.
        await Alice.Database.Write(c => FollowStore.Remove(c, AccountStore.FindByUri(c, bob.Owner.Uri)!.Id, Alice.Owner.Id));
        Fediverse.Time.Advance(TimeSpan.FromMinutes(2));
        await Alice.Get<Posting>().Post(new("two @bob@bob.test", Visibility.Private));
        await Fediverse.Settle();
        await bob.Get<FollowersSync>().Step(TestContext.Current.CancellationToken);
        Assert.Contains(Fediverse.Requests, r => r.Contains("synchronization", StringComparison.Ordinal));
        var seen = bob.Database.Read(c => AccountStore.FindByUri(c, Alice.Owner.Uri))!;
        Assert.False(bob.Database.Read(c => FollowStore.IsFollowing(c, bob.Owner.Id, seen.Id)));
    }

    [Fact]
    public async Task A_follow_that_is_not_wanted_here_is_taken_back()
    {
        ServeList([Alice.Owner.Uri]);
        await Say(FollowersDigest.Of([Alice.Owner.Uri]));
        await Fediverse.Settle();
        var undo = Assert.Single(Rae.Received);
        Assert.Equal("Undo", undo.GetProperty("type").GetString());
        Assert.Equal("Follow", undo.GetProperty("object").GetProperty("type").GetString());
        Assert.Equal(Rae.Actor, undo.GetProperty("object").GetProperty("object").GetString());
        Assert.Equal(Alice.Owner.Uri, undo.GetProperty("object").GetProperty("actor").GetString());
    }

    [Fact]
    public async Task A_request_whose_accept_was_lost_counts_as_accepted()
    {
        await Request();
        ServeList([Alice.Owner.Uri]);
        await Say(FollowersDigest.Of([Alice.Owner.Uri]));
        Assert.True(Following());
    }

    [Theory]
    [InlineData("the list is another")]
    [InlineData("the list cannot be had")]
    [InlineData("the list is elsewhere")]
    [InlineData("a page is missing")]
    [InlineData("the pages do not end")]
    [InlineData("the header is not signed")]
    [InlineData("another collection")]
    [InlineData("somebody else says it")]
    public async Task A_follow_ends_only_when_the_whole_list_says_so(string kind)
    {
        await Request();
        ServeList([Alice.Owner.Uri]);
        await Say(FollowersDigest.Of([Alice.Owner.Uri]));
        Assert.True(Following());
        Fediverse.Time.Advance(TimeSpan.FromHours(1));

        using var Sam = new StandIn(Fediverse, "second.test", "sam");
        var url = $"{Rae.Actor}/sync";
        if (kind is "the list cannot be had") Rae.Serve(url, "{}", HttpStatusCode.InternalServerError);
        else if (kind is "the list is another") ServeList(["https://alice.test/users/other"]);
        else if (kind is "a page is missing") Rae.Serve(url, $$"""{"id":"{{url}}","type":"OrderedCollection","first":"{{url}}?page=1"}""");
        else if (kind is "the pages do not end")
        {
            for (var i = 0; i < 50; i++) Rae.Serve($"{url}?page={i}", $$"""{"id":"{{url}}?page={{i}}","type":"OrderedCollectionPage","orderedItems":[],"next":"{{url}}?page={{i + 1}}"}""");
            Rae.Serve(url, $$"""{"id":"{{url}}","type":"OrderedCollection","first":"{{url}}?page=0"}""");
        }
        else ServeList([]);
        if (kind is "the list is elsewhere") Sam.Serve(url = $"{Sam.Actor}/sync", $$"""{"id":"{{url}}","type":"OrderedCollection","orderedItems":[]}""");

        var before = Fediverse.Requests.Count;
        await Say(Zeros, url, kind is "another collection" ? $"{Rae.Actor}/others" : null, signed: kind is not "the header is not signed", by: kind is "somebody else says it" ? Sam : Rae);
        Assert.True(Following());
        Assert.InRange(Fediverse.Requests.Skip(before).Count(r => r.Contains("/sync", StringComparison.Ordinal)), 0, 4);

        Fediverse.Time.Advance(TimeSpan.FromHours(1));
        ServeList([]);
        await Say(Zeros);
        Assert.False(Following());
    }

    private async Task Request()
    {
        var account = await Alice.Get<RemoteAccounts>().Fetch(Rae.Actor, TestContext.Current.CancellationToken);
        await Alice.Get<Following>().Follow(account.Account!.Id);
        await Fediverse.Settle();
        Assert.False(Following());
    }

    private bool Following() => Alice.Database.Read(c => FollowStore.IsFollowing(c, Alice.Owner.Id, AccountStore.FindByUri(c, Rae.Actor)!.Id));

    private void ServeList(string[] ids) => Rae.Serve($"{Rae.Actor}/sync",
        $$"""{"@context":"https://www.w3.org/ns/activitystreams","id":"{{Rae.Actor}}/sync","type":"OrderedCollection","orderedItems":[{{string.Join(',', ids.Select(id => $"\"{id}\""))}}]}""");

    private int said;

    private async Task Say(string digest, string? url = null, string? collection = null, bool signed = true, StandIn? by = null)
    {
        var header = new FollowersDigest(collection ?? $"{Rae.Actor}/followers", url ?? $"{Rae.Actor}/sync", digest).ToString();
        void Add(HttpRequestMessage r) => r.Headers.TryAddWithoutValidation("Collection-Synchronization", header);
        var sender = by ?? Rae;
        var like = Encoding.UTF8.GetBytes($$"""{"id":"{{sender.Actor}}/l{{said++}}","type":"Like","actor":"{{sender.Actor}}","object":"https://alice.test/x"}""");
        using var response = await sender.Send(Alice, like, signed ? null : Add, beforeSigning: signed ? Add : null);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        await Alice.Get<FollowersSync>().Step(TestContext.Current.CancellationToken);
    }
}
