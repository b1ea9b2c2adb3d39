using Calf.Store;

namespace Calf.Accounts;

/// <summary>Which tabs apps show on the owner's profile. https://docs.joinmastodon.org/methods/profile/</summary>
public sealed record ProfileTabs(bool Media = true, bool MediaReplies = true, bool Featured = true)
{
    private const string Key = "profile.tabs";

    public static ProfileTabs Read(Connection c) => Meta.Get(c, Key) is { Length: 3 } bits ? new(bits[0] == '1', bits[1] == '1', bits[2] == '1') : new();

    public void Save(Connection c) => Meta.Set(c, Key, string.Concat(new[] { Media, MediaReplies, Featured }.Select(tab => tab ? '1' : '0')));
}
