using Calf.Security;

namespace Calf.Federation;

/// <summary>Fetches a list in text that the owner names by its address.</summary>
internal static class ListDownload
{
    public const int MaxBytes = 4 * 1024 * 1024;

    /// <param name="etag">Of what is known already; then the answer to an unchanged list is 304.</param>
    /// <exception cref="ActionException">422: it cannot be had.</exception>
    public static async Task<SafeResponse> Get(SafeHttp http, string url, string? etag, CancellationToken cancel)
    {
        if (!Uri.TryCreate(url.Trim(), UriKind.Absolute, out var address)) throw ActionException.Invalid(Words.T("'{url}' is not the address of a list.", ("url", url)));
        try
        {
            var answer = await http.Send(SafeRequest.Get(address) with
            {
                Accept = "text/csv, text/plain, */*;q=0.5",
                MaxBytes = MaxBytes,
                Headers = etag is null ? [] : [KeyValuePair.Create("If-None-Match", etag)],
            }, cancel);
            return answer.IsSuccess || (etag is not null && answer.Status == StatusCodes.Status304NotModified)
                ? answer
                : throw ActionException.Invalid(Words.T("{host} answered {status} instead of a list.", ("host", address.Host), ("status", Words.Digits(answer.Status))));
        }
        catch (SafeHttpException failure)
        {
            throw ActionException.Invalid(Words.T("The list could not be fetched: {reason}", ("reason", failure.Message)));
        }
    }
}
