using System.Text.Json;
using System.Text.Json.Serialization;
using Calf.Accounts;
using Calf.Store;

namespace Calf.Federation;

/// <summary>What software this is and how much is here (nodeinfo.diaspora.software, FEP-0151, FEP-2677).</summary>
public static class NodeInfoApi
{
    private const string Schema = "http://nodeinfo.diaspora.software/ns/schema/";

    /// <summary>After this long without a post nobody counts as active, by the schema's two measures.</summary>
    private static readonly TimeSpan Month = TimeSpan.FromDays(30);
    private static readonly TimeSpan HalfYear = TimeSpan.FromDays(180);

    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    public static void MapNodeInfo(this IEndpointRouteBuilder routes)
    {
        routes.MapMethods("/.well-known/nodeinfo", Reading, Discovery);
        routes.MapMethods("/nodeinfo/2.0", Reading, (Database database, TimeProvider time) => Show("2.0", database, time));
        routes.MapMethods("/nodeinfo/2.1", Reading, (Database database, TimeProvider time) => Show("2.1", database, time));
    }

    private static PublicAnswer Discovery(Site site) => Answer(JsonSerializer.SerializeToUtf8Bytes(new NodeInfoLinks(
    [
        new($"{Schema}2.0", $"{site.Base}/nodeinfo/2.0"),
        new($"{Schema}2.1", $"{site.Base}/nodeinfo/2.1"),
        new("https://www.w3.org/ns/activitystreams#Application", site.InstanceActor),
    ]), NodeInfoJson.Default.NodeInfoLinks), "application/json");

    private static PublicAnswer Show(string version, Database database, TimeProvider time)
    {
        var owner = database.Read(AccountStore.Owner);
        var quiet = owner?.LastStatusAt is { } last ? time.GetUtcNow() - last : TimeSpan.MaxValue;
        var info = new NodeInfo(
            version,
            new NodeInfoSoftware("calf", Release.Version),
            ["activitypub"],
            new NodeInfoServices([], []),
            OpenRegistrations: false,
            new NodeInfoUsage(new NodeInfoUsers(owner is null ? 0 : 1, quiet < Month ? 1 : 0, quiet < HalfYear ? 1 : 0), owner?.StatusesCount ?? 0),
            new NodeInfoMetadata(owner?.Name, new NodeInfoUpstream("mastodon")));
        return Answer(JsonSerializer.SerializeToUtf8Bytes(info, NodeInfoJson.Default.NodeInfo), $"application/json; profile=\"{Schema}{version}#\"");
    }

    private static PublicAnswer Answer(byte[] body, string contentType) => new(body, contentType, CacheTopic.Posts, forEverybody: true);
}

internal sealed record NodeInfoLinks(IReadOnlyList<NodeInfoLink> Links);

internal sealed record NodeInfoLink(string Rel, string Href);

internal sealed record NodeInfo(
    string Version, NodeInfoSoftware Software, IReadOnlyList<string> Protocols, NodeInfoServices Services, bool OpenRegistrations,
    NodeInfoUsage Usage, NodeInfoMetadata Metadata);

internal sealed record NodeInfoSoftware(string Name, string Version);

internal sealed record NodeInfoServices(IReadOnlyList<string> Inbound, IReadOnlyList<string> Outbound);

internal sealed record NodeInfoUsage(NodeInfoUsers Users, long LocalPosts);

internal sealed record NodeInfoUsers(int Total, int ActiveMonth, int ActiveHalfyear);

internal sealed record NodeInfoMetadata(string? NodeName, NodeInfoUpstream Upstream);

/// <summary>By this alone megalodon's detector, and so Whalebird, knows that a server whose name is new to it has Mastodon's client API.</summary>
internal sealed record NodeInfoUpstream(string Name);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(NodeInfoLinks))]
[JsonSerializable(typeof(NodeInfo))]
internal sealed partial class NodeInfoJson : JsonSerializerContext;
