namespace Calf.Mastodon;

/// <summary>What somebody looks for.</summary>
/// <param name="Type">One of accounts, hashtags, statuses; nothing is all of them.</param>
public sealed record SearchWish(string Text, string? Type, bool Resolve, bool FollowingOnly, int Limit, int Offset)
{
    private const int MaxText = 2048;
    private const int MaxOffset = 10_000;

    public bool Wants(string type) => string.IsNullOrEmpty(Type) || Type == type;

    /// <summary>An address stands for one thing; where it stands for nothing here, and nobody else is asked, its words are looked for.</summary>
    public bool IsAnswered(Found found) => Lookup.IsAddress(Text) && (Resolve || found.AccountId is not null || found.StatusId is not null);

    /// <exception cref="ApiException">401.</exception>
    public void RefuseToStrangers(ApiRequest request)
    {
        if (request.Parameters.Is("offset"))
            throw new ApiException(StatusCodes.Status401Unauthorized, "Search queries pagination is not supported without authentication");
        if (Resolve)
            throw new ApiException(StatusCodes.Status401Unauthorized, "Search queries that resolve remote resources are not supported without authentication");
    }

    /// <param name="type">For a route that finds one type only. Without any, <c>offset</c> is ignored.</param>
    public static SearchWish Of(ApiRequest request, int usual, int most, string? type = null)
    {
        var text = request.Parameters.Text("q")?.Trim() ?? "";
        if (text.Length > MaxText) throw ApiException.Malformed($"q: at most {MaxText} characters can be looked for.");
        type ??= request.Parameters.Text("type");
        // Mastodon reads an offset that is no number as 0.
        var offset = !string.IsNullOrEmpty(type) && int.TryParse(request.Parameters.Text("offset"), out var number) ? Math.Clamp(number, 0, MaxOffset) : 0;
        return new SearchWish(text, type, request.Parameters.Is("resolve"), request.Parameters.Is("following"), request.Limit(usual, most), offset);
    }
}
