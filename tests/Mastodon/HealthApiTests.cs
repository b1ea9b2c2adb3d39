using System.Globalization;
using System.Text.Json;
using Calf.Federation.Delivery;
using Calf.Follows;
using Calf.Moderation;

namespace Calf.Tests.Mastodon;

/// <summary>What the owner sees of the queues and of other servers.</summary>
public sealed class HealthApiTests : IAsyncLifetime
{
    private ApiFixture api = null!;
    private string token = "";

    public async ValueTask InitializeAsync()
    {
        api = await ApiFixture.Start();
        token = await api.TokenWith("admin:read");
    }

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Fact]
    public async Task A_server_at_rest_has_nothing_waiting_and_knows_nobody()
    {
        var health = await Health();
        Assert.Equal("""{"waiting":0,"due":0,"oldest_at":null,"failed":0,"parked_hosts":0}""", health.GetProperty("deliveries").GetRawText());
        foreach (var queue in (string[])["received", "pushes", "films"]) Assert.Equal(0, health.GetProperty(queue).GetProperty("waiting").GetInt64());
        Assert.Equal((0, 0, JsonValueKind.Null), (health.GetProperty("peers").GetArrayLength(), health.GetProperty("total").GetInt32(), health.GetProperty("last_received_at").ValueKind));
        Assert.True(health.GetProperty("database_bytes").GetInt64() > 0);
        Assert.Equal((Release.Version, api.Clock.GetUtcNow()), (health.GetProperty("version").GetString(), health.GetProperty("started_at").GetDateTimeOffset()));
    }

    [Fact]
    public async Task Servers_with_trouble_come_first_with_what_is_wrong_in_plain_words()
    {
        var start = api.Clock.GetUtcNow();
        await Follower(2, "slow.test");
        await Follower(3, "waits.test");
        await Follower(4, "away.test");
        await api.Post("/api/v1/statuses", """{"status":"One"}""");
        await api.Post("/api/v1/statuses", """{"status":"Two"}""");
        await Heard("fine.test", -10);
        await Heard("later.test", -5);
        await Heard("blocked.test", -60);
        await api.Database.Write(c =>
        {
            DomainBlockStore.Add(c, "blocked.test", start);
            c.Execute($"UPDATE deliveries SET last_error = 'answered 503', attempts = 2, last_at = {start} WHERE id IN (SELECT min(id) FROM deliveries WHERE host = 'slow.test')");
            c.Execute($"UPDATE lanes SET due_at = {start.AddMinutes(5)} WHERE host = 'slow.test'");
            c.Execute($"INSERT INTO hosts (host, failures, failing_since, next_at) VALUES ('slow.test', 2, {start}, {start.AddMinutes(5)})");
            c.Execute($"INSERT INTO hosts (host, failures, failing_since, parked_at) VALUES ('away.test', 20, {start.AddDays(-8)}, {start})");
            c.Execute($"INSERT INTO hosts (host, gone_at) VALUES ('gone.test', {start})");
            c.Execute($"INSERT INTO hosts (host, signature) VALUES ('signs-otherwise.test', 1)");
            c.Execute($"UPDATE deliveries SET state = 1, last_at = {start} WHERE id = (SELECT min(id) FROM deliveries WHERE host = 'waits.test')");
            c.Execute($"UPDATE deliveries SET state = 2 WHERE id = (SELECT max(id) FROM deliveries WHERE host = 'away.test')");
        });
        api.Clock.Advance(TimeSpan.FromMinutes(1));

        var health = await Health();

        Assert.Equal(["away.test away 1", "slow.test slow 2", "waits.test fine 1", "later.test fine 0", "fine.test fine 0", "blocked.test blocked 0", "gone.test gone 0"], Peers(health));
        Assert.Equal(7, health.GetProperty("total").GetInt32());
        var slow = health.GetProperty("peers")[1];
        Assert.Equal("It has trouble of its own (503).", slow.GetProperty("reason").GetString());
        Assert.Equal((2, start, start.AddMinutes(5)), (slow.GetProperty("failures").GetInt32(), slow.GetProperty("failing_since").GetDateTimeOffset(), slow.GetProperty("next_try_at").GetDateTimeOffset()));
        Assert.Equal(JsonValueKind.Null, slow.GetProperty("last_success_at").ValueKind);
        var waits = health.GetProperty("peers")[2];
        Assert.Equal((start, JsonValueKind.Null, JsonValueKind.Null), (waits.GetProperty("last_success_at").GetDateTimeOffset(), waits.GetProperty("reason").ValueKind, waits.GetProperty("failing_since").ValueKind));
        var later = health.GetProperty("peers")[3];
        Assert.Equal((start.AddMinutes(-5), JsonValueKind.Null), (later.GetProperty("last_heard_at").GetDateTimeOffset(), later.GetProperty("next_try_at").ValueKind));
        Assert.Equal("It has said that it is gone for good.", health.GetProperty("peers")[6].GetProperty("reason").GetString());

        var deliveries = health.GetProperty("deliveries");
        Assert.Equal((4, 2, 1, 1), (deliveries.GetProperty("waiting").GetInt32(), deliveries.GetProperty("due").GetInt32(), deliveries.GetProperty("failed").GetInt32(), deliveries.GetProperty("parked_hosts").GetInt32()));
        Assert.Equal(start, deliveries.GetProperty("oldest_at").GetDateTimeOffset());
        Assert.Equal(start.AddMinutes(-5), health.GetProperty("last_received_at").GetDateTimeOffset());
    }

    [Fact]
    public async Task The_list_is_cut_and_says_of_how_many()
    {
        for (var i = 1; i <= 105; i++) await Heard($"peer{i}.test", -i);
        await api.Database.Write(c => c.Execute($"INSERT INTO seen_activities (activity_id, seen_at) VALUES ('forwarded https://somebody.test/1', 0), ('personal https://direct.test/1', {api.Clock.GetUtcNow()})"));
        var health = await Health();
        Assert.Equal((100, 106), (health.GetProperty("peers").GetArrayLength(), health.GetProperty("total").GetInt32()));
        Assert.Equal(["direct.test fine 0", "peer1.test fine 0"], Peers(health).Take(2));
    }

    [Theory]
    [InlineData(DeliveryQueue.GoneReason, "It has said that it is gone for good.")]
    [InlineData(DeliveryQueue.TooOldReason, "Calf stopped: it could not be delivered for a month.")]
    [InlineData(DeliveryQueue.BlockedReason, "You blocked it.")]
    [InlineData("its name cannot be found", "Its name cannot be found.")]
    [InlineData("given up after 16 tries; at last it answered 403", "Calf stopped after 16 tries. It takes nothing from here (403): perhaps it blocks this server.")]
    public void What_is_written_down_of_a_delivery_makes_a_sentence(string error, string sentence) =>
        Assert.Equal(sentence, DeliveryReason.Of(new HostDelivery("far.test", DeliveryState.Refused, 1, error, null, null)));

    [Theory]
    [InlineData("https://far.test is no https URL.", "https://far.test is no https URL.")]
    [InlineData("did not answer within 20 s", "Er hat nicht innerhalb von 20 s geantwortet.")]
    [InlineData("given up after 1 tries; at last it answered 503: busy", "Calf hat nach einem Versuch aufgehört. Er hat selbst Schwierigkeiten (503). Er sagt: busy.")]
    public void It_makes_one_in_the_readers_language(string error, string sentence)
    {
        Words.Speak("de");
        Assert.Equal(sentence, DeliveryReason.Of(new HostDelivery("far.test", DeliveryState.Refused, 1, error, null, null)));
    }

    private Task<JsonElement> Health() => api.Get("/api/calf/v1/health", token);

    private static IEnumerable<string> Peers(JsonElement health) => health.GetProperty("peers").EnumerateArray()
        .Select(p => $"{p.GetProperty("domain").GetString()} {p.GetProperty("state").GetString()} {p.GetProperty("waiting").GetInt64().ToString(CultureInfo.InvariantCulture)}");

    private async Task Follower(long id, string host)
    {
        await api.AddPerson(id, $"p{id.ToString(CultureInfo.InvariantCulture)}", host);
        await api.Database.Write(c => FollowStore.Save(c, new Follow(id, ApiFixture.OwnerId, $"https://{host}/f", true, true, false, api.Clock.GetUtcNow())));
    }

    private Task Heard(string host, int minutes)
    {
        var id = $"https://{host}/activities/1";
        return api.Database.Write(c => c.Execute($"INSERT INTO seen_activities (activity_id, seen_at) VALUES ({id}, {api.Clock.GetUtcNow().AddMinutes(minutes)})"));
    }
}
