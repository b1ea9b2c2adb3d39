using Calf.Accounts;
using Calf.Security;
using Calf.Store;

namespace Calf.Federation;

/// <summary>The keys of the owner and of the instance actor, read at first use. They are made once and never change.</summary>
public sealed class OwnKeys(Database database, Site site, Owner owner) : IDisposable
{
    private const string OwnerRsa = "owner-rsa";
    private const string OwnerEd25519Name = "owner-ed25519";
    private const string InstanceRsa = "instance-rsa";

    private readonly Lock loading = new();
    private volatile Loaded? loaded;

    /// <summary>Signs what the owner does.</summary>
    /// <exception cref="InvalidOperationException">The server has not been set up.</exception>
    public SigningKey Owner => Keys.Owner;

    /// <summary>Signs fetches (wire 13).</summary>
    /// <exception cref="InvalidOperationException">The server has not been set up.</exception>
    public SigningKey Instance => Keys.Instance;

    /// <exception cref="InvalidOperationException">The server has not been set up.</exception>
    public Ed25519Key OwnerEd25519 => Keys.Ed25519;

    private Loaded Keys
    {
        get
        {
            if (loaded is { } ready) return ready;
            lock (loading) return loaded ??= Load();
        }
    }

    /// <summary>Makes all three. An RSA key takes up to a second, so this is not for a write transaction.</summary>
    public static NewKeys Generate()
    {
        // The key id plays no part in the key; the real one is given when it is loaded.
        using var ownerKey = SigningKey.Generate(OwnerRsa);
        using var instance = SigningKey.Generate(InstanceRsa);
        using var ed25519 = Ed25519Key.Generate();
        return new NewKeys(ownerKey.PrivatePem, instance.PrivatePem, Convert.ToBase64String(ed25519.PrivateBytes));
    }

    /// <summary>Stores new keys, within the transaction that sets the server up.</summary>
    public static void Save(Connection c, NewKeys keys)
    {
        Insert(c, OwnerRsa, keys.OwnerPem);
        Insert(c, InstanceRsa, keys.InstancePem);
        Insert(c, OwnerEd25519Name, keys.OwnerEd25519);
    }

    public void Dispose()
    {
        loaded?.Owner.Dispose();
        loaded?.Instance.Dispose();
        loaded?.Ed25519.Dispose();
    }

    private static void Insert(Connection c, string name, string material) =>
        c.Execute($"INSERT INTO own_keys (name, material) VALUES ({name}, {material})");

    private Loaded Load()
    {
        var actor = owner.Required.Uri;
        return database.Read(c => new Loaded(
            SigningKey.FromPem(Material(c, OwnerRsa), OwnUris.MainKey(actor)),
            SigningKey.FromPem(Material(c, InstanceRsa), OwnUris.MainKey(site.InstanceActor)),
            Ed25519Key.FromPrivateBytes(Convert.FromBase64String(Material(c, OwnerEd25519Name)))));
    }

    private static string Material(Connection c, string name) =>
        c.Find($"SELECT material FROM own_keys WHERE name = {name}", r => r.Text())
            ?? throw new InvalidOperationException($"The key {name} is missing from the database. Restore it from a backup.");

    private sealed record Loaded(SigningKey Owner, SigningKey Instance, Ed25519Key Ed25519);
}

/// <summary>Keys on their way into the database; <see cref="OwnKeys.Generate"/> makes them.</summary>
public sealed record NewKeys(string OwnerPem, string InstancePem, string OwnerEd25519)
{
    /// <summary>Private keys must not get into a log by way of a record's text.</summary>
    public override string ToString() => nameof(NewKeys);
}
