using System.Net;
using System.Text.Json;
using Calf.Accounts;
using Calf.Federation;
using Calf.Federation.Outbox;
using Calf.Follows;
using Calf.Moderation;
using Calf.Security;
using Calf.Statuses;
using Calf.Tests.Support;

namespace Calf.Tests.Federation;

/// <summary>Who gets our documents, in the open mode and with <c>Federation:AuthorizedFetch</c>.</summary>
public sealed class AuthorizedFetchTests : IAsyncLifetime
{
    private readonly Fediverse fediverse = new();
    private StandIn rae = null!;

    public ValueTask InitializeAsync()
    {
        rae = new StandIn(fediverse);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        rae.Dispose();
        await fediverse.DisposeAsync();
    }

    [Fact]
    [Trait("Wire", "044")]
    public async Task Unsigned_requests_get_401_and_only_the_key_of_the_owner()
    {
        var (alice, post) = await Start(authorized: true);
        foreach (var path in Documents(post))
        {
            using var refused = await Unsigned(alice, path);
            Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
            Assert.True(refused.Headers.CacheControl!.NoStore);
            Assert.Contains("Accept", refused.Headers.Vary);
            Assert.Contains("Signature", refused.Headers.Vary);
            Assert.DoesNotContain("secret thought", await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }
        foreach (var path in new[] { "/users/alice", "/@alice" })
        {
            using var stub = await Unsigned(alice, path);
            Assert.Equal(HttpStatusCode.OK, stub.StatusCode);
            Assert.True(stub.Headers.CacheControl!.NoStore);
            var actor = JsonElement.Parse(await stub.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
            Assert.Equal(["@context", "id", "type", "preferredUsername", "inbox", "publicKey", "assertionMethod"], actor.EnumerateObject().Select(p => p.Name));
        }
    }

    [Theory]
    [InlineData(SignatureKind.Cavage)]
    [InlineData(SignatureKind.Rfc9421)]
    public async Task A_signed_request_gets_everything_and_nothing_of_it_is_kept_for_the_next(SignatureKind kind)
    {
        var (alice, post) = await Start(authorized: true);
        foreach (var path in Documents(post).Append("/users/alice"))
        {
            using var given = await rae.Get(alice, path, kind);
            Assert.Equal(HttpStatusCode.OK, given.StatusCode);
            Assert.True(given.Headers.CacheControl!.NoStore);
            Assert.Contains("Signature", given.Headers.Vary);
        }
        Assert.Equal(HttpStatusCode.Unauthorized, (await Unsigned(alice, post)).StatusCode);
        var stub = JsonElement.Parse(await (await Unsigned(alice, "/users/alice")).Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.False(stub.TryGetProperty("outbox", out _));
    }

    [Fact]
    public async Task A_signature_that_does_not_hold_is_401_even_for_the_stub()
    {
        var (alice, post) = await Start(authorized: true);
        foreach (var path in new[] { post, "/users/alice" })
        {
            using var refused = await rae.Get(alice, path, afterSigning: r => r.RequestUri = new Uri($"https://alice.test{path}?other"));
            Assert.Equal(HttpStatusCode.OK, refused.StatusCode); // Some sign the path alone.
            using var forged = await rae.Get(alice, "/users/alice/outbox", afterSigning: r => r.RequestUri = new Uri($"https://alice.test{path}"));
            Assert.Equal(HttpStatusCode.Unauthorized, forged.StatusCode);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Wire", "029")]
    public async Task A_blocked_account_or_domain_that_signs_is_refused_in_both_modes(bool authorized)
    {
        var (alice, post) = await Start(authorized);
        Assert.Equal(HttpStatusCode.OK, (await rae.Get(alice, post)).StatusCode);
        var account = (await alice.Get<RemoteAccounts>().Fetch(rae.Actor, TestContext.Current.CancellationToken)).Account!;
        await alice.Database.Write(c => BlockStore.Add(c, alice.Owner.Id, account.Id, "https://alice.test/b", fediverse.Time.GetUtcNow()));
        await RefusedAll(alice, post);

        await alice.Database.Write(c => BlockStore.Remove(c, alice.Owner.Id, account.Id));
        Assert.Equal(HttpStatusCode.OK, (await rae.Get(alice, post)).StatusCode);
        await alice.Database.Write(c => DomainBlockStore.Add(c, "remote.test", fediverse.Time.GetUtcNow()));
        await RefusedAll(alice, post);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Wire", "013")]
    public async Task What_others_need_to_verify_us_is_open_to_all(bool authorized)
    {
        var (alice, _) = await Start(authorized);
        await alice.Database.Write(c => DomainBlockStore.Add(c, "remote.test", fediverse.Time.GetUtcNow()));
        foreach (var path in new[] { "/actor", "/.well-known/webfinger?resource=acct:alice@alice.test", "/.well-known/nodeinfo", "/nodeinfo/2.1" })
        {
            Assert.Equal(HttpStatusCode.OK, (await Unsigned(alice, path)).StatusCode);
            Assert.Equal(HttpStatusCode.OK, (await rae.Get(alice, path)).StatusCode);
        }
        Assert.DoesNotContain(fediverse.Requests, r => r.Contains("remote.test", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Pages_for_people_stay_public()
    {
        var (alice, post) = await Start(authorized: true);
        using var client = alice.Client();
        client.DefaultRequestHeaders.Add("Accept", "text/html");
        using var profile = await client.GetAsync("/@alice", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, profile.StatusCode);
        using var page = await client.GetAsync(post.Replace("/users/alice/statuses", "/@alice", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        Assert.Contains("secret thought", await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_open_mode_fetches_no_key_for_a_signed_request()
    {
        var (alice, post) = await Start(authorized: false);
        Assert.Equal(HttpStatusCode.OK, (await rae.Get(alice, post)).StatusCode);
        Assert.DoesNotContain(fediverse.Requests, r => r.Contains("remote.test", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Two_servers_in_this_mode_follow_and_read_each_other()
    {
        var alice = await fediverse.Join("alice.test", s => s.Federation.AuthorizedFetch = true);
        var bob = await fediverse.Join("bob.test", s => s.Federation.AuthorizedFetch = true);
        await fediverse.Follow(bob, alice);
        var post = await alice.Get<Posting>().Post(new("hello", Visibility.Private));
        await fediverse.Settle();
        Assert.NotNull(bob.Database.Read(c => StatusStore.FindByUri(c, post.Uri)));
        var seen = bob.Database.Read(c => AccountStore.FindByUri(c, alice.Owner.Uri))!;
        Assert.NotNull(seen.Outbox);
        Assert.True(bob.Database.Read(c => FollowStore.IsFollowing(c, bob.Owner.Id, seen.Id)));
    }

    private async Task RefusedAll(CalfServer alice, string post)
    {
        foreach (var path in Documents(post).Append("/users/alice"))
        {
            using var refused = await rae.Get(alice, path);
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
            Assert.True(refused.Headers.CacheControl!.NoStore);
        }
    }

    private static string[] Documents(string post) =>
        [post, post.Replace("/users/alice/statuses", "/@alice", StringComparison.Ordinal), $"{post}/activity", $"{post}/replies", $"{post}/likes", $"{post}/shares", $"{post}/context",
            "/users/alice/outbox", "/users/alice/outbox?page=true", "/users/alice/followers", "/users/alice/following", "/users/alice/collections/featured"];

    private async Task<(CalfServer Alice, string Post)> Start(bool authorized)
    {
        var alice = await fediverse.Join("alice.test", s => s.Federation.AuthorizedFetch = authorized);
        var post = await alice.Get<Posting>().Post(new("secret thought", Visibility.Public));
        return (alice, new Uri(post.Uri).AbsolutePath);
    }

    private static async Task<HttpResponseMessage> Unsigned(CalfServer alice, string path)
    {
        using var client = alice.Client();
        client.DefaultRequestHeaders.Add("Accept", "application/activity+json");
        return await client.GetAsync(path, TestContext.Current.CancellationToken);
    }
}
