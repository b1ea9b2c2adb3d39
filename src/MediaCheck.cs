using System.Net;
using Calf.Security;

namespace Calf;

/// <summary>Says in a sentence what is wrong with the settings of media.</summary>
internal static class MediaCheck
{
    /// <summary>Names that no public DNS has, or that stand for this house by custom.</summary>
    private static readonly string[] NearEndings = [".local", ".lan", ".home", ".internal", ".home.arpa", ".localhost"];

    /// <exception cref="SettingsException">The first value that cannot be used.</exception>
    public static void Check(MediaSettings media)
    {
        if (media.FFmpeg.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal) && !File.Exists(media.FFmpeg))
            throw new SettingsException($"Media:FFmpeg is '{media.FFmpeg}', and there is no such file. Leave it out to let ffmpeg be looked for on the PATH.");
        if (media.Store is not (MediaSettings.Disk or MediaSettings.Bucket))
            throw new SettingsException($"Media:Store is '{media.Store}'. Write {MediaSettings.Disk}, or {MediaSettings.Bucket} for the bucket that Media:S3 names.");
        (string Key, string Value)[] needed = [("Endpoint", media.S3.Endpoint), ("Bucket", media.S3.Bucket), ("AccessKey", media.S3.AccessKey), ("SecretKey", media.S3.SecretKey)];
        if (media.Store == MediaSettings.Disk && needed.All(setting => setting.Value.Length == 0)) return;
        if (needed.FirstOrDefault(setting => setting.Value.Length == 0).Key is { } missing)
            throw new SettingsException($"Media:S3:{missing} is missing. A bucket needs Endpoint, Bucket, AccessKey and SecretKey.");
        CheckEndpoint(media.S3.Endpoint);
        if (!media.S3.Bucket.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_'))
            throw new SettingsException($"Media:S3:Bucket is '{media.S3.Bucket}', which is not the name of a bucket. Write the name alone, such as my-calf.");
        if (media.S3.Region.Length == 0 || !media.S3.Region.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
            throw new SettingsException($"Media:S3:Region is '{media.S3.Region}'. Write it like us-east-1; many stores take auto or any word.");
        if (media.S3.Prefix.Length > 0 && !IsFolder(media.S3.Prefix))
            throw new SettingsException($"Media:S3:Prefix is '{media.S3.Prefix}'. Write a folder of letters, digits, dots, dashes and underscores, such as calf/media.");
        foreach (var (key, value) in needed[2..])
            if (value.Any(c => c is <= ' ' or > '~' or ','))
                throw new SettingsException($"Media:S3:{key} has a character in it that no key has, such as a blank or the end of a line. Copy it again.");
    }

    private static void CheckEndpoint(string endpoint)
    {
        if (!Uri.TryCreate(endpoint, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || url.PathAndQuery != "/" || url.Fragment.Length > 0 || url.UserInfo.Length > 0)
            throw new SettingsException($"Media:S3:Endpoint is '{(endpoint.Contains('@', StringComparison.Ordinal) ? "..." : endpoint)}', which is not the address of a store. Write it like https://s3.example.net or http://localhost:9000, without the bucket.");
        if (url.Scheme == "http" && IsPublic(url.IdnHost))
            throw new SettingsException($"Media:S3:Endpoint is '{endpoint}': without TLS everybody on the way could read and change your files. Write https://, or the private address of a store in your own network.");
    }

    private static bool IsFolder(string prefix) => (prefix.EndsWith('/') ? prefix[..^1] : prefix).Split('/')
        .All(part => part is not ("" or "." or "..") && part.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_'));

    private static bool IsPublic(string host) => IPAddress.TryParse(host, out var address)
        ? SpecialAddresses.KindOf(address) == AddressKind.Public
        : host.Contains('.', StringComparison.Ordinal) && !NearEndings.Any(ending => host.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
}
