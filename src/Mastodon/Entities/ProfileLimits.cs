namespace Calf.Mastodon.Entities;

internal static class ProfileLimits
{
    public const int DisplayName = 100, Note = 5000, PinnedStatuses = 5, Fields = 10, FieldName = 255, FieldValue = 255;
}
