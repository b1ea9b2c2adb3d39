namespace Calf.Federation.Outbox;

/// <summary>Names for the owner's activities: unique to each action (wire 90), under the owner's id, resolving to the owner.</summary>
internal static class ActivityId
{
    /// <param name="kind">What is done, in the plural, such as <c>follows</c>.</param>
    public static string New(string actorUri, string kind) => $"{actorUri}#{kind}/{Guid.NewGuid():N}";
}
