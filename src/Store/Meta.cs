namespace Calf.Store;

/// <summary>Single values of this server, by name.</summary>
public static class Meta
{
    /// <summary>The domain in handles that the database was made with.</summary>
    public const string Domain = "domain";

    public const string WebDomain = "web_domain";

    /// <summary>The owner's password as Security/Passwords hashed it.</summary>
    public const string PasswordHash = "password_hash";

    /// <summary>What new posts start with: public, unlisted, private or direct.</summary>
    public const string DefaultVisibility = "default_visibility";

    public const string DefaultLanguage = "default_language";

    public const string DefaultSensitive = "default_sensitive";

    /// <summary>32 bytes in hex that sign the addresses of other servers' media; a migration makes them.</summary>
    public const string MediaKey = "media_key";

    /// <summary>When this server was last known to run, in unix milliseconds.</summary>
    public const string AliveAt = "alive_at";

    /// <summary>What the bucket of media held when it was last counted.</summary>
    public const string BucketUse = "bucket_use";

    public static string? Get(Connection c, string key) => c.Find($"SELECT value FROM meta WHERE key = {key}", r => r.Text());

    public static void Set(Connection c, string key, string value) =>
        c.Execute($"INSERT INTO meta (key, value) VALUES ({key}, {value}) ON CONFLICT (key) DO UPDATE SET value = excluded.value");
}
