using System.Text.Json.Serialization;

namespace Calf.Mastodon.Push;

/// <summary>https://docs.joinmastodon.org/entities/WebPushSubscription/</summary>
/// <param name="Alerts">Every type with whether it is wanted.</param>
public sealed record PushSubscriptionEntity(string Id, string Endpoint, bool Standard, IReadOnlyDictionary<string, bool> Alerts, string ServerKey, string Policy);

/// <summary>What is encrypted for the app, as Mastodon writes it.</summary>
public sealed record PushPayload(string AccessToken, string PreferredLocale, long NotificationId, string NotificationType, string Icon, string Title, string Body);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(PushPayload))]
internal sealed partial class PushJson : JsonSerializerContext;
