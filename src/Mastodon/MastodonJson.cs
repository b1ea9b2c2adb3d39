using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Calf.Mastodon.Entities;
using Calf.Mastodon.OAuth;
using Calf.Mastodon.Push;
using Calf.Mastodon.Translating;

namespace Calf.Mastodon;

/// <summary>Mastodon's dialect of JSON: snake_case, nulls written, dates with milliseconds. Use <see cref="Api"/>.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, Converters = [typeof(MillisecondTime)])]
[JsonSerializable(typeof(ErrorEntity))]
[JsonSerializable(typeof(OAuthErrorEntity))]
[JsonSerializable(typeof(ApplicationEntity))]
[JsonSerializable(typeof(TokenEntity))]
[JsonSerializable(typeof(ServerMetadataEntity))]
[JsonSerializable(typeof(UserInfoEntity))]
[JsonSerializable(typeof(IReadOnlyList<AuthorizedAppEntity>))]
[JsonSerializable(typeof(AccountEntity))]
[JsonSerializable(typeof(IReadOnlyList<AccountEntity>))]
[JsonSerializable(typeof(IReadOnlyList<RelationshipEntity>))]
[JsonSerializable(typeof(StatusEntity))]
[JsonSerializable(typeof(IReadOnlyList<StatusEntity>))]
[JsonSerializable(typeof(AsyncRefreshAnswer))]
[JsonSerializable(typeof(CompletenessEntity))]
[JsonSerializable(typeof(ContextEntity))]
[JsonSerializable(typeof(StatusSourceEntity))]
[JsonSerializable(typeof(PollEntity))]
[JsonSerializable(typeof(TranslationEntity))]
[JsonSerializable(typeof(WrappedCollectionEntity))]
[JsonSerializable(typeof(WrappedCollectionsEntity))]
[JsonSerializable(typeof(WrappedCollectionItemEntity))]
[JsonSerializable(typeof(CollectionWithAccountsEntity))]
[JsonSerializable(typeof(FieldErrorEntity))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, IReadOnlyList<string>>))]
[JsonSerializable(typeof(IReadOnlyList<StatusEditEntity>))]
[JsonSerializable(typeof(RelationshipEntity))]
[JsonSerializable(typeof(IReadOnlyList<CardEntity>))]
[JsonSerializable(typeof(DiskEntity))]
[JsonSerializable(typeof(EmojiImportEntity))]
[JsonSerializable(typeof(TagEntity))]
[JsonSerializable(typeof(SearchEntity))]
[JsonSerializable(typeof(NotificationEntity))]
[JsonSerializable(typeof(IReadOnlyList<NotificationEntity>))]
[JsonSerializable(typeof(GroupedNotificationsEntity))]
[JsonSerializable(typeof(ReportEntity))]
[JsonSerializable(typeof(IReadOnlyList<ReceivedReportEntity>))]
[JsonSerializable(typeof(CountEntity))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, MarkerEntity>))]
[JsonSerializable(typeof(PreferencesEntity))]
[JsonSerializable(typeof(InstanceEntity))]
[JsonSerializable(typeof(InstanceV1Entity))]
[JsonSerializable(typeof(IReadOnlyList<InstanceWeek>))]
[JsonSerializable(typeof(InstanceTextEntity))]
[JsonSerializable(typeof(IReadOnlyList<DomainBlockEntity>))]
[JsonSerializable(typeof(OEmbedEntity))]
[JsonSerializable(typeof(AnnualReportsEntity))]
[JsonSerializable(typeof(AnnualReportStateEntity))]
[JsonSerializable(typeof(EmojiEntity))]
[JsonSerializable(typeof(IReadOnlyList<EmojiEntity>))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSerializable(typeof(FilterEntity))]
[JsonSerializable(typeof(IReadOnlyList<FilterEntity>))]
[JsonSerializable(typeof(FilterKeywordEntity))]
[JsonSerializable(typeof(IReadOnlyList<FilterKeywordEntity>))]
[JsonSerializable(typeof(FilterStatusEntity))]
[JsonSerializable(typeof(IReadOnlyList<FilterStatusEntity>))]
[JsonSerializable(typeof(FilterV1Entity))]
[JsonSerializable(typeof(IReadOnlyList<FilterV1Entity>))]
[JsonSerializable(typeof(FeaturedTagEntity))]
[JsonSerializable(typeof(IReadOnlyList<FeaturedTagEntity>))]
[JsonSerializable(typeof(IReadOnlyList<TagEntity>))]
[JsonSerializable(typeof(ConversationEntity))]
[JsonSerializable(typeof(IReadOnlyList<ConversationEntity>))]
[JsonSerializable(typeof(IReadOnlyList<SuggestionEntity>))]
[JsonSerializable(typeof(IReadOnlyList<FamiliarFollowersEntity>))]
[JsonSerializable(typeof(ProfileEntity))]
[JsonSerializable(typeof(ScheduledStatusEntity))]
[JsonSerializable(typeof(IReadOnlyList<ScheduledStatusEntity>))]
[JsonSerializable(typeof(PushSubscriptionEntity))]
[JsonSerializable(typeof(ListEntity))]
[JsonSerializable(typeof(IReadOnlyList<ListEntity>))]
[JsonSerializable(typeof(NotificationPolicyEntity))]
[JsonSerializable(typeof(NotificationPolicyV1Entity))]
[JsonSerializable(typeof(NotificationRequestEntity))]
[JsonSerializable(typeof(IReadOnlyList<NotificationRequestEntity>))]
[JsonSerializable(typeof(MergedEntity))]
[JsonSerializable(typeof(AdminDomainBlockEntity))]
[JsonSerializable(typeof(AdminAccountEntity))]
[JsonSerializable(typeof(IReadOnlyList<AdminAccountEntity>))]
[JsonSerializable(typeof(AdminReportEntity))]
[JsonSerializable(typeof(IReadOnlyList<AdminReportEntity>))]
[JsonSerializable(typeof(BlocklistEntity))]
[JsonSerializable(typeof(IReadOnlyList<BlocklistEntity>))]
[JsonSerializable(typeof(BlocklistPreviewEntity))]
[JsonSerializable(typeof(BlocklistImportEntity))]
[JsonSerializable(typeof(IReadOnlyList<AdminDomainBlockEntity>))]
[JsonSerializable(typeof(IReadOnlyList<SessionEntity>))]
[JsonSerializable(typeof(DeliveryEntity))]
[JsonSerializable(typeof(TagSourcesEntity))]
[JsonSerializable(typeof(FollowListPreviewEntity))]
[JsonSerializable(typeof(FollowListProgressEntity))]
[JsonSerializable(typeof(PreviewEntity))]
[JsonSerializable(typeof(IReadOnlyList<VerdictEntity>))]
[JsonSerializable(typeof(IReadOnlyList<GapEntity>))]
[JsonSerializable(typeof(DeliveryCountsEntity))]
[JsonSerializable(typeof(WhyEntity))]
[JsonSerializable(typeof(MachineEntity))]
[JsonSerializable(typeof(DraftEntity))]
[JsonSerializable(typeof(LookEntity))]
[JsonSerializable(typeof(HealthEntity))]
[JsonSerializable(typeof(DomainCheckEntity))]
[JsonSerializable(typeof(IReadOnlyList<DraftEntity>))]
public sealed partial class MastodonJson : JsonSerializerContext
{
    /// <summary>Letters are written as they are; the answers are never placed inside HTML.</summary>
    public static MastodonJson Api => api ??= new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    // At first use, not as a static initialiser: Default is set in another part of this class, perhaps later.
    private static MastodonJson? api;
}

/// <summary>ISO 8601 in UTC with three decimals, as Mastodon writes it: some apps read nothing else.</summary>
public sealed class MillisecondTime : JsonConverter<DateTimeOffset>
{
    private const string Format = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture));
}
