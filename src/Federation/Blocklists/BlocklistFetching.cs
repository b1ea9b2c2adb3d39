using System.Text;
using Calf.Security;

namespace Calf.Federation.Blocklists;

/// <summary>A list as its address has it now; without a reading when nothing changed.</summary>
public sealed record FetchedBlocklist(BlocklistReading? Reading, string? Etag);

/// <summary>Fetches lists of domains.</summary>
public sealed class BlocklistFetching(SafeHttp http)
{
    /// <param name="etag">Of what is known already; then an unchanged list is not sent again.</param>
    /// <exception cref="ActionException">It cannot be had, or is not a list.</exception>
    public async Task<FetchedBlocklist> Fetch(string url, string? etag, CancellationToken cancel)
    {
        var answer = await ListDownload.Get(http, url, etag, cancel);
        return answer.Status == StatusCodes.Status304NotModified
            ? new FetchedBlocklist(null, etag)
            : new FetchedBlocklist(BlocklistFile.Read(Encoding.UTF8.GetString(answer.Body)), answer.Header("ETag"));
    }
}
