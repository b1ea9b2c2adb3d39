using System.Text;
using Calf.Media;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Calf.Mastodon;

/// <summary>Reads multipart bodies (RFC 7578). Files go to disk as they come in, so that their size does not matter to the memory.</summary>
public static class MultipartBody
{
    private const int MaxFiles = 8;

    /// <summary>The longest value of a field that is no file, in characters.</summary>
    private const int MaxText = 1024 * 1024;

    private static readonly Dictionary<string, TemporaryFile> None = [];

    /// <summary>Null when the body is not multipart.</summary>
    public static string? BoundaryOf(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            ? HeaderUtilities.RemoveQuotes(type.Boundary).Value
            : null;

    public static IReadOnlyDictionary<string, TemporaryFile> FilesOf(HttpContext http) =>
        http.Items[typeof(MultipartBody)] as Dictionary<string, TemporaryFile> ?? None;

    /// <summary>The fields; the files are to be had from <see cref="FilesOf"/> until the request ends.</summary>
    /// <exception cref="ApiException">400: it has too much of something.</exception>
    /// <exception cref="InvalidDataException">It is not as it should be.</exception>
    public static async Task<List<KeyValuePair<string, string?>>> Read(HttpRequest request, string boundary)
    {
        var (http, cancel) = (request.HttpContext, request.HttpContext.RequestAborted);
        var files = new Dictionary<string, TemporaryFile>(StringComparer.Ordinal);
        http.Items[typeof(MultipartBody)] = files;
        var fields = new List<KeyValuePair<string, string?>>();
        var reader = new MultipartReader(boundary, request.Body);
        while (await reader.ReadNextSectionAsync(cancel) is { } section)
        {
            if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition)) continue;
            var name = HeaderUtilities.RemoveQuotes(disposition.Name).Value ?? "";
            if (disposition.IsFileDisposition())
            {
                if (files.Count >= MaxFiles) throw ApiException.Malformed("The body has too many files.");
                if (await Receive(http, section.Body) is { } file) files[name] = file;
            }
            else
            {
                if (fields.Count >= RequestBody.MaxParameters) throw ApiException.Malformed("The body has too many parameters.");
                fields.Add(KeyValuePair.Create(name, (string?)await Text(section.Body, cancel)));
            }
        }
        return fields;
    }

    private static async Task<string> Text(Stream body, CancellationToken cancel)
    {
        var text = new StringBuilder();
        var buffer = new char[1024];
        using var reader = new StreamReader(body);
        for (int read; (read = await reader.ReadAsync(buffer, cancel)) > 0;)
        {
            if (text.Length + read > MaxText) throw ApiException.Malformed("A field of the body is too long.");
            text.Append(buffer, 0, read);
        }
        return text.ToString();
    }

    /// <summary>Null when it is empty: browsers send an empty file for a picture that was not chosen.</summary>
    private static async Task<TemporaryFile?> Receive(HttpContext http, Stream body)
    {
        var file = http.RequestServices.GetRequiredService<Staging>().Receive();
        http.Response.RegisterForDispose(file);
        await using var target = file.Create();
        await body.CopyToAsync(target, http.RequestAborted);
        return target.Length > 0 ? file : null;
    }
}
