using System.Globalization;
using Calf.Media;
using Calf.Store;

namespace Calf.Mastodon;

/// <summary>A call of the API with its parameters read and its caller known: the first parameter of each route's handler.</summary>
public sealed class ApiRequest(HttpContext http, Caller? caller, Parameters parameters)
{
    public const int DefaultStatuses = 20;
    public const int MaxStatuses = 40;
    public const int DefaultAccounts = 40;
    public const int MaxAccounts = 80;

    public HttpContext Http => http;

    public Caller? Caller => caller;

    public Parameters Parameters => parameters;

    /// <summary>The owner asks; otherwise a stranger or an app on its own, who see what is public.</summary>
    public bool ByOwner => caller?.ByOwner == true;

    public CancellationToken Aborted => http.RequestAborted;

    public static async Task<ApiRequest> Read(HttpContext http) =>
        new(http, http.Items[typeof(Caller)] as Caller, await RequestBody.Read(http.Request));

    /// <summary>A file in a multipart body; null when there is none under this name. It is gone when the request ends.</summary>
    public TemporaryFile? File(string name) => MultipartBody.FilesOf(http).GetValueOrDefault(name);

    public string Route(string name) => (string)http.Request.RouteValues[name]!;

    /// <exception cref="ApiException">404: it is not an id.</exception>
    public long Id(string name = "id") => ParseId(Route(name)) ?? throw ApiException.NotFound();

    /// <summary>Ids given as <c>id[]</c>; what is no id is left out.</summary>
    public IReadOnlyList<long> Ids(string name) => [.. parameters.List(name).Select(ParseId).OfType<long>().Distinct()];

    /// <exception cref="ApiException">422: there are more than so many.</exception>
    public IReadOnlyList<long> Ids(string name, int most) => Ids(name) is { } ids && ids.Count <= most
        ? ids
        : throw ApiException.Invalid($"Validation failed: No more than {most} can be asked for at once");

    /// <summary>An id in a parameter; null when absent.</summary>
    /// <exception cref="ApiException">404: it is not an id.</exception>
    public long? IdIn(string name, string? otherwise = null) =>
        string.IsNullOrWhiteSpace(parameters.Text(name)) ? null : ParseId(parameters.Text(name)!) ?? throw ApiException.NotFound(otherwise);

    /// <summary>An id in a parameter of a filter: what is none is nobody's.</summary>
    public long? FilterId(string name) => string.IsNullOrWhiteSpace(parameters.Text(name)) ? null : ParseId(parameters.Text(name)!) ?? 0;

    /// <summary>A negative limit counts without its sign, as in Mastodon; what is no number is taken as absent.</summary>
    public int Limit(int usual, int most)
    {
        var asked = long.TryParse(parameters.Text("limit"), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var limit) ? limit : usual;
        return (int)Math.Clamp(asked == long.MinValue ? long.MaxValue : Math.Abs(asked), 1, most);
    }

    /// <summary>A cursor that is no number is taken as absent, as Mastodon does.</summary>
    public Paging Page(int usual = DefaultStatuses, int most = MaxStatuses) => new(
        Limit(usual, most), Cursor("max_id"), Cursor("since_id"), Cursor("min_id"));

    public Paging AccountPage() => Page(DefaultAccounts, MaxAccounts);

    private long? Cursor(string name) => parameters.Text(name) is { } text ? ParseId(text) : null;

    private static long? ParseId(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
}
