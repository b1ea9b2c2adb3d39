namespace Calf;

/// <summary>
/// What can be set, from weakest to strongest: these defaults, <c>appsettings.json</c> in the working folder, the same in the data
/// folder, environment variables with the prefix <c>CALF_</c> (<c>__</c> between levels), the command line.
/// </summary>
public sealed class Settings
{
    /// <summary>The domain in handles, <c>@you@domain</c>. Cannot change once there is an account.</summary>
    public string Domain { get; set; } = "";

    /// <summary>The name under which the server is reached; the <see cref="Domain"/> when empty.</summary>
    public string WebDomain { get; set; } = "";

    /// <summary>Where Calf listens: an http URL with a port, or several separated by semicolons.</summary>
    public string Listen { get; set; } = "http://localhost:8080";

    /// <summary>The folder of the database, relative to the working folder.</summary>
    public string Data { get; set; } = "data";

    /// <summary>Addresses or networks (CIDR) of reverse proxies whose X-Forwarded-For is believed. Loopback always is.</summary>
    public IList<string> TrustedProxies { get; init; } = [];

    public FederationSettings Federation { get; init; } = new();

    public LimitSettings Limits { get; init; } = new();

    public TranslationSettings Translation { get; init; } = new();

    public MediaSettings Media { get; init; } = new();
}

public sealed class FederationSettings
{
    /// <summary>Lets Calf fetch from and deliver to private addresses. For test networks only.</summary>
    public bool AllowPrivateNetworks { get; set; }

    /// <summary>Actor, posts and collections go only to servers that sign their requests. Pages for people stay public.</summary>
    public bool AuthorizedFetch { get; set; }

    /// <summary>Tells everybody, not the owner alone, which domains are known and which are blocked.</summary>
    public bool PublishDomains { get; set; }

    /// <summary>How many deliveries are under way at once.</summary>
    public int DeliveryConcurrency { get; set; } = 32;
}

public sealed class TranslationSettings
{
    /// <summary>Where a LibreTranslate server is, on this machine too; empty: nothing is translated.</summary>
    public string Url { get; set; } = "";

    /// <summary>What that server asks for, if it does.</summary>
    public string ApiKey { get; set; } = "";
}

public sealed class MediaSettings
{
    public const string Disk = "disk", Bucket = "s3";

    /// <summary>Where your own files go: <c>disk</c>, or <c>s3</c> for the bucket that <see cref="S3"/> names.</summary>
    public string Store { get; set; } = Disk;

    public S3Settings S3 { get; init; } = new();

    /// <summary>What files of other servers may take on disk, in megabytes; the ones seen longest ago go first. 0: none is kept.</summary>
    public int RemoteCacheMegabytes { get; set; } = 2048;

    /// <summary>Makes films, sound and moving GIFs ready: a name that is looked for on the PATH, or where the program is. Empty: is not used.</summary>
    public string FFmpeg { get; set; } = "ffmpeg";

    public long RemoteCacheBytes => RemoteCacheMegabytes * 1_000_000L;
}

/// <summary>A bucket of an S3-compatible store.</summary>
public sealed class S3Settings
{
    /// <summary>The address of the store, without the bucket.</summary>
    public string Endpoint { get; set; } = "";

    public string Bucket { get; set; } = "";

    public string Region { get; set; } = "us-east-1";

    public string AccessKey { get; set; } = "";

    public string SecretKey { get; set; } = "";

    /// <summary>A folder in the bucket, for a bucket with other things in it.</summary>
    public string Prefix { get; set; } = "";

    /// <summary>The bucket as the first part of the path, as every store knows it; else as the first part of the host name.</summary>
    public bool PathStyle { get; set; } = true;

    public bool IsSet() => Endpoint.Length > 0;
}

public sealed class LimitSettings
{
    /// <summary>The longest post, in characters as Mastodon counts them.</summary>
    public int StatusCharacters { get; set; } = 5000;

    /// <summary>How many files one post can have. Mastodon shows four of them.</summary>
    public int Attachments { get; set; } = 4;

    /// <summary>The largest activity that the inbox takes, in bytes.</summary>
    public int InboxBytes { get; set; } = 1_048_576;

    /// <summary>Days that refusals and finished deliveries are kept for "why don't I see it?" and "has it arrived?".</summary>
    public int LedgerDays { get; set; } = 30;

    /// <summary>Days that posts of others stay with which the owner has nothing to do. 0: for ever.</summary>
    public int RemotePostDays { get; set; } = 90;
}
