using System.Text.Json;
using Calf.Statuses;
using Calf.Tests.Support;

namespace Calf.Tests.Federation;

public sealed class NodeInfoApiTests
{
    [Theory]
    [InlineData("2.0")]
    [InlineData("2.1")]
    public async Task The_document_follows_its_schema(string version)
    {
        await using var server = await OwnServer.Start();
        await server.Database.Write(c => StatusStore.Add(c, Samples.Post(5)));
        using var response = await server.Ask($"/nodeinfo/{version}", accept: null);
        Assert.Equal($"application/json; profile=\"http://nodeinfo.diaspora.software/ns/schema/{version}#\"", response.Content.Headers.ContentType?.ToString());
        var info = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
        Assert.Empty(new JsonSchema($"nodeinfo/schemas/{version}").Validate("schema.json", info));
        Assert.Equal("calf", info.GetProperty("software").GetProperty("name").GetString());
        Assert.Equal(1, info.GetProperty("usage").GetProperty("users").GetProperty("activeMonth").GetInt32());
        Assert.Equal(1, info.GetProperty("usage").GetProperty("localPosts").GetInt32());
        Assert.False(info.GetProperty("openRegistrations").GetBoolean());
    }

    [Fact]
    public async Task Discovery_names_both_versions_and_the_instance_actor()
    {
        await using var server = await OwnServer.Start();
        using var response = await server.Ask("/.well-known/nodeinfo", accept: null);
        var links = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement.GetProperty("links");
        Assert.Equal(
            ["https://social.alice.test/nodeinfo/2.0", "https://social.alice.test/nodeinfo/2.1", "https://social.alice.test/actor"],
            links.EnumerateArray().Select(l => l.GetProperty("href").GetString()));
    }

    [Fact]
    public async Task Before_setup_there_are_no_users()
    {
        await using var server = await OwnServer.StartWithoutOwner();
        using var response = await server.Ask("/nodeinfo/2.1", accept: null);
        var info = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
        Assert.Equal(0, info.GetProperty("usage").GetProperty("users").GetProperty("total").GetInt32());
    }
}
