namespace Calf.Mastodon.Translating;

/// <summary>https://docs.joinmastodon.org/entities/Translation/</summary>
public sealed record TranslationEntity(
    string DetectedSourceLanguage, string Language, string Provider, string SpoilerText, string Content, TranslationPollEntity? Poll,
    IReadOnlyList<TranslationAttachmentEntity> MediaAttachments);

public sealed record TranslationPollEntity(string Id, IReadOnlyList<TranslationOptionEntity> Options);

public sealed record TranslationOptionEntity(string Title);

public sealed record TranslationAttachmentEntity(string Id, string Description);
