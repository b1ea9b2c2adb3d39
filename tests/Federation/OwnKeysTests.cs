using System.Text.Json;
using Calf.Accounts;
using Calf.Events;
using Calf.Federation;
using Calf.Federation.Documents;
using Calf.Store;
using Calf.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace Calf.Tests.Federation;

public sealed class OwnKeysTests : IDisposable
{
    private readonly TempFolder folder = new();
    private readonly Database database;

    public OwnKeysTests() => database = new Database(folder.Path, new FakeTimeProvider(Samples.Start));

    [Fact]
    public async Task Keys_made_at_setup_are_the_same_after_a_restart()
    {
        await SetUp();
        using var owner = new Owner(database, new EventHub());
        using var first = new OwnKeys(database, Samples.Site, owner);
        using var second = new OwnKeys(database, Samples.Site, owner);
        Assert.Equal("https://social.alice.test/users/alice#main-key", first.Owner.KeyId);
        Assert.Equal("https://social.alice.test/actor#main-key", first.Instance.KeyId);
        Assert.Equal(first.Owner.PublicPem, second.Owner.PublicPem);
        Assert.Equal(first.OwnerEd25519.Multikey, second.OwnerEd25519.Multikey);
        Assert.NotEqual(first.Owner.PublicPem, first.Instance.PublicPem);
    }

    [Fact]
    public void Before_setup_there_are_no_keys()
    {
        using var owner = new Owner(database, new EventHub());
        using var keys = new OwnKeys(database, Samples.Site, owner);
        Assert.Throws<InvalidOperationException>(() => keys.Owner);
    }

    [Fact]
    public async Task The_actor_shows_its_public_keys_and_never_the_private_ones()
    {
        var made = await SetUp();
        Assert.DoesNotContain("PRIVATE", made.ToString(), StringComparison.Ordinal);
        using var owner = new Owner(database, new EventHub());
        using var keys = new OwnKeys(database, Samples.Site, owner);
        var bytes = DocumentsJson.Bytes(ActorBuilder.Owner(owner.Required, Samples.Site, keys));
        var actor = JsonDocument.Parse(bytes).RootElement;
        Assert.Equal(keys.Owner.KeyId, actor.GetProperty("publicKey").GetProperty("id").GetString());
        Assert.Equal(actor.GetProperty("id").GetString(), actor.GetProperty("publicKey").GetProperty("owner").GetString());
        Assert.Equal(keys.OwnerEd25519.Multikey, actor.GetProperty("assertionMethod")[0].GetProperty("publicKeyMultibase").GetString());
        Assert.Equal("alice@alice.test", actor.GetProperty("webfinger").GetString());
        Assert.DoesNotContain("PRIVATE", System.Text.Encoding.UTF8.GetString(bytes), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        database.Dispose();
        folder.Dispose();
    }

    private async Task<NewKeys> SetUp()
    {
        var keys = OwnKeys.Generate();
        await database.Write(c =>
        {
            AccountStore.Save(c, Samples.Owner);
            OwnKeys.Save(c, keys);
        });
        return keys;
    }
}
