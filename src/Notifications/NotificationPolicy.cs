using Calf.Store;

namespace Calf.Notifications;

/// <summary>What becomes of a notification.</summary>
public enum PolicyAnswer
{
    Accept,

    /// <summary>It waits in the requests tray.</summary>
    Filter,

    /// <summary>It is not made.</summary>
    Drop,
}

/// <summary>Whose notifications the owner wants to hear of; until they say, what Mastodon begins with. https://docs.joinmastodon.org/entities/NotificationPolicy/</summary>
public sealed record NotificationPolicy(
    PolicyAnswer ForNotFollowing = PolicyAnswer.Accept, PolicyAnswer ForNotFollowers = PolicyAnswer.Accept,
    PolicyAnswer ForNewAccounts = PolicyAnswer.Accept, PolicyAnswer ForPrivateMentions = PolicyAnswer.Filter,
    PolicyAnswer ForLimitedAccounts = PolicyAnswer.Filter)
{
    private const string Key = "notifications.policy";

    public static NotificationPolicy Read(Connection c)
    {
        var words = (Meta.Get(c, Key) ?? "").Split(',');
        return words.Length != 5 ? new NotificationPolicy()
            : new NotificationPolicy(Answer(words[0]), Answer(words[1]), Answer(words[2]), Answer(words[3]), Answer(words[4]));
    }

    public static void Save(Connection c, NotificationPolicy p) => Meta.Set(
        c, Key, string.Join(',', new[] { p.ForNotFollowing, p.ForNotFollowers, p.ForNewAccounts, p.ForPrivateMentions, p.ForLimitedAccounts }.Select(WordOf)));

    public static string WordOf(PolicyAnswer answer) => answer switch
    {
        PolicyAnswer.Filter => "filter",
        PolicyAnswer.Drop => "drop",
        _ => "accept",
    };

    /// <summary>Null for a word that is none of the three.</summary>
    public static PolicyAnswer? Parse(string? word) => word switch
    {
        "accept" => PolicyAnswer.Accept,
        "filter" => PolicyAnswer.Filter,
        "drop" => PolicyAnswer.Drop,
        _ => null,
    };

    private static PolicyAnswer Answer(string word) => Parse(word) ?? PolicyAnswer.Accept;
}
