using System.Text;
using Calf.Events;
using Calf.Federation.Delivery;
using Calf.Security;
using Calf.Store;
using Calf.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Calf.Tests.Federation;

/// <summary>A queue, its worker and the inboxes of other servers, with a clock that stands still unless it is moved.</summary>
public sealed class DeliveryWorld : IDisposable
{
    public const string Bob = "https://bob.test/inbox";
    public const string Eve = "https://eve.test/inbox";

    private static readonly SigningKey Key = SigningKey.Generate("https://calf.test/users/me#main-key");

    private readonly TempFolder folder = new();
    private readonly SafeHttp http;
    private readonly DeliveryNews news;

    public DeliveryWorld()
    {
        Database = new Database(folder.Path, Time);
        http = new SafeHttp(new SafeHttpOptions("Calf") { Inner = Stub, Time = Time });
        news = new DeliveryNews(Events, Time);
        Backoff = new Backoff(new Random(1));
        Health = new HostHealth(Backoff, Events, Time);
        Ledger = new DeliveryLedger(Events, Time);
        Events.Listen(Told.Add);
    }

    public FakeTimeProvider Time { get; } = new(DateTimeOffset.FromUnixTimeSeconds(1_800_000_000));
    public Database Database { get; }
    public EventHub Events { get; } = new();
    public List<Event> Told { get; } = [];
    public DeliveryStub Stub { get; } = new();
    public SignatureMemory Memory { get; } = new();
    public Backoff Backoff { get; }
    public HostHealth Health { get; }
    public DeliveryLedger Ledger { get; }
    public Settings Settings { get; } = new();

    public Task<int> Queue(string body, params string[] inboxes) => Queue(body, null, inboxes);

    public Task<int> Queue(string body, long? statusId, params string[] inboxes) =>
        Database.Write(c => new DeliveryQueue(Events, new Site("calf.test", "calf.test"))
            .Enqueue(c, new OutgoingActivity("Create", Encoding.UTF8.GetBytes(body), statusId), inboxes, Time.GetUtcNow()));

    /// <summary>A worker with nothing in memory, as after a start.</summary>
    internal DeliveryWorker NewWorker()
    {
        var attempt = new DeliveryAttempt(new SignedHttp(http, Memory, Time), () => Key, () => Key, Time);
        var turn = new DeliveryTurn(Database, attempt, new DeliveryResults(Health, Backoff, Events), news, Time);
        return new DeliveryWorker(Database, turn, Events, Settings, Time, NullLogger<DeliveryWorker>.Instance);
    }

    /// <summary>Sends all that is due at this moment.</summary>
    public async Task Step()
    {
        using var worker = NewWorker();
        await worker.Step(TestContext.Current.CancellationToken);
    }

    public Task StepAfter(TimeSpan wait)
    {
        Time.Advance(wait);
        return Step();
    }

    /// <summary>Lets time pass from one due lane to the next until the condition holds.</summary>
    public async Task StepUntil(Func<bool> done)
    {
        for (var n = 0; !done(); n++)
        {
            Assert.True(n < 100, "It never came to that.");
            var due = NextDue;
            Assert.NotNull(due);
            if (due > Time.GetUtcNow()) Time.SetUtcNow(due.Value);
            await Step();
        }
    }

    public DateTimeOffset? NextDue => Database.Read(c => c.FindValue($"SELECT due_at FROM lanes ORDER BY due_at", r => r.Time()));

    public long Count(DeliveryState state) => Database.Read(c => c.Count($"SELECT count(*) FROM deliveries WHERE state = {state}"));

    public HostDelivery OnlyHost(long statusId) => Assert.Single(Database.Read(c => DeliveryLedger.Of(c, statusId)).Hosts);

    public void Dispose()
    {
        news.Dispose();
        http.Dispose();
        Database.Dispose();
        folder.Dispose();
    }
}
