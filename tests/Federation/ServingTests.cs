using System.Net;
using Calf.Events;
using Calf.Statuses;

namespace Calf.Tests.Federation;

/// <summary>How our documents are served (wire.md, lines 35, 37, 44, 45).</summary>
public sealed class ServingTests
{
    private static readonly string[] Paths =
        ["/users/alice", "/actor", "/users/alice/statuses/5", "/users/alice/statuses/5/activity", "/users/alice/statuses/5/replies", "/users/alice/outbox",
            "/users/alice/outbox?page=true", "/users/alice/followers", "/users/alice/following?page=true", "/users/alice/collections/featured"];

    [Theory]
    [InlineData("application/activity+json")]
    [InlineData("application/ld+json; profile=\"https://www.w3.org/ns/activitystreams\"")]
    [InlineData("application/ld+json; profile=\"https://www.w3.org/ns/activitystreams\", application/activity+json")]
    [InlineData("application/activity+json, application/ld+json, application/json, */*;q=0.1")]
    [Trait("Wire", "035")]
    [Trait("Wire", "037")]
    [Trait("Wire", "044")]
    public async Task Every_document_has_exactly_one_type_never_redirects_and_varies(string accept)
    {
        await using var server = await Start();
        foreach (var path in Paths)
        {
            using var response = await server.Ask(path, accept);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Equal("application/activity+json", Assert.Single(response.Content.Headers.GetValues("Content-Type")));
            Assert.Contains("Accept", response.Headers.Vary);
        }
    }

    [Fact]
    [Trait("Wire", "044")]
    [Trait("Wire", "045")]
    public async Task What_is_hidden_missing_or_deleted_varies_with_the_signer()
    {
        await using var server = await Start();
        await server.Database.Write(c => Tombstones.Add(c, Samples.Post(8).Uri, Samples.Start));
        foreach (var (path, status) in new[] { ("/users/alice/statuses/6", HttpStatusCode.NotFound), ("/users/alice/statuses/7", HttpStatusCode.NotFound), ("/users/alice/statuses/8", HttpStatusCode.Gone) })
        {
            using var response = await server.Ask(path);
            Assert.Equal(status, response.StatusCode);
            Assert.Contains("Accept", response.Headers.Vary);
            Assert.Contains("Signature", response.Headers.Vary);
        }
    }

    private static async Task<OwnServer> Start()
    {
        var server = await OwnServer.Start();
        await server.Database.Write(c =>
        {
            StatusStore.Add(c, Samples.Post(5));
            StatusStore.Add(c, Samples.Post(6, Visibility.Private));
        });
        server.Publish(new StatusAdded(5, Home: false));
        return server;
    }
}
