using System.Text;
using Calf.Security;

namespace Calf.Federation.Blocklists;

/// <summary>A list as its address has it now; without a reading when nothing changed.</summary>
public sealed record FetchedBlocklist(BlocklistReading? Reading, string? Etag);

/// <summary>Fetches lists of domains.</summary>
public sealed class BlocklistFetching(SafeHttp http)
{
    public const int MaxBytes = 4 * 1024 * 1024;

    /// <param name="etag">Of what is known already; then an unchanged list is not sent again.</param>
    /// <exception cref="ActionException">It cannot be had, or is not a list.</exception>
    public async Task<FetchedBlocklist> Fetch(string url, string? etag, CancellationToken cancel)
    {
        if (!Uri.TryCreate(url.Trim(), UriKind.Absolute, out var address)) throw ActionException.Invalid($"'{url}' is not the address of a list.");
        try
        {
            var answer = await http.Send(SafeRequest.Get(address) with
            {
                Accept = "text/csv, text/plain, */*;q=0.5",
                MaxBytes = MaxBytes,
                Headers = etag is null ? [] : [KeyValuePair.Create("If-None-Match", etag)],
            }, cancel);
            if (answer.Status == StatusCodes.Status304NotModified) return new FetchedBlocklist(null, etag);
            if (!answer.IsSuccess) throw ActionException.Invalid($"{address.Host} answered {answer.Status} instead of a list.");
            return new FetchedBlocklist(BlocklistFile.Read(Encoding.UTF8.GetString(answer.Body)), answer.Header("ETag"));
        }
        catch (SafeHttpException failure)
        {
            throw ActionException.Invalid($"The list could not be fetched: {failure.Message}");
        }
    }
}
