using System.Text.Json;

namespace Calf.ActivityPub;

/// <summary>One part of an <c>interactionPolicy</c>: ids of actors and collections (wire 107).</summary>
/// <param name="Automatic"><c>automaticApproval</c>, or GoToSocial's earlier <c>always</c>.</param>
/// <param name="Manual"><c>manualApproval</c>, or <c>approvalRequired</c>.</param>
public sealed record RemoteSubPolicy(IReadOnlyList<string> Automatic, IReadOnlyList<string> Manual)
{
    internal static RemoteSubPolicy? Read(JsonElement policy, string name) => policy.One(name) is { ValueKind: JsonValueKind.Object } part
        ? new(Ids(part, "automaticApproval", "always"), Ids(part, "manualApproval", "approvalRequired"))
        : null;

    private static IReadOnlyList<string> Ids(JsonElement part, string name, string earlierName) =>
        [.. part.Ids(name).Concat(part.Ids(earlierName)).Select(id => Audience.IsPublic(id) ? Vocabulary.Public : id).Distinct(StringComparer.Ordinal)];
}

/// <summary>Whom a post's author allows to do what; null where nothing is said.</summary>
public sealed record RemoteInteractionPolicy(RemoteSubPolicy? Quote, RemoteSubPolicy? Reply, RemoteSubPolicy? Like, RemoteSubPolicy? Announce)
{
    public static RemoteInteractionPolicy? Read(JsonElement json) => json.One("interactionPolicy") is { ValueKind: JsonValueKind.Object } policy
        ? new(RemoteSubPolicy.Read(policy, "canQuote"), RemoteSubPolicy.Read(policy, "canReply"), RemoteSubPolicy.Read(policy, "canLike"),
            RemoteSubPolicy.Read(policy, "canAnnounce"))
        : null;
}
