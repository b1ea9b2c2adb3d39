using Calf.Accounts;
using Calf.Media;
using Calf.Store;

namespace Calf.Mastodon;

/// <summary>Takes the owner's avatar and header and forgets those that they replace.</summary>
public sealed class ProfilePictures(Database database, Uploading uploading, Site site)
{
    /// <summary>Both pictures, and room for the rest of the form.</summary>
    public const int MaxBody = 2 * Uploading.MaxPictureBytes + 1024 * 1024;

    /// <summary>As Mastodon's sizes: 400 × 400 and 1500 × 500.</summary>
    private const int AvatarPixels = 400 * 400, HeaderPixels = 1500 * 500;

    /// <summary>The address of the picture that was sent under a name; empty when it is sent empty as text, null when it is not sent.</summary>
    public async Task<string?> Take(ApiRequest request, string name)
    {
        if (request.File(name) is not { } file) return request.Parameters.Text(name) is "" ? "" : null;
        return site.MediaUrl(await uploading.AddPortrait(file, name == "avatar" ? AvatarPixels : HeaderPixels, request.Aborted));
    }

    /// <summary>Deletes the pictures that the owner had before and has no more.</summary>
    public async Task RemoveReplaced(Account before)
    {
        var now = database.Read(AccountStore.Owner)!;
        foreach (var old in new[] { before.AvatarUrl, before.HeaderUrl }.OfType<string>().Except([now.AvatarUrl ?? "", now.HeaderUrl ?? ""]))
            if (old.StartsWith(site.MediaUrl(""), StringComparison.Ordinal))
                await uploading.RemovePortrait(old[site.MediaUrl("").Length..]);
    }
}
