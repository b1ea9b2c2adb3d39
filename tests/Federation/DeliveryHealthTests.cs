using Calf.Accounts;
using Calf.Events;
using Calf.Federation.Delivery;
using static Calf.Tests.Federation.DeliveryWorld;

namespace Calf.Tests.Federation;

public sealed class DeliveryHealthTests : IDisposable
{
    private readonly DeliveryWorld world = new();

    [Fact]
    [Trait("Wire", "111")]
    public void The_table_makes_sixteen_tries_in_about_three_days()
    {
        Assert.Equal(16, Backoff.MaxAttempts);
        Assert.InRange(Backoff.Delays.Sum(d => d.TotalDays), 2.9, 3.2);
        Assert.Equal(Backoff.Delays.Order(), Backoff.Delays);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(302)]
    [InlineData(0)]
    [Trait("Wire", "111")]
    public async Task Failures_are_tried_again_at_the_table_s_delays_and_given_up_after_sixteen(int status)
    {
        if (status == 0) world.Stub.Break(Bob);
        else world.Stub.Answer(Bob, status);
        await world.Queue("hello", 7, Bob);
        await world.Step();
        for (var n = 1; n < Backoff.MaxAttempts; n++)
        {
            var waited = world.NextDue!.Value - world.Time.GetUtcNow();
            var planned = Backoff.Delays[n - 1];
            Assert.InRange(waited, planned * (1 - Backoff.Jitter), planned * (1 + Backoff.Jitter) + TimeSpan.FromMilliseconds(1));
            Assert.Equal((DeliveryState.Waiting, n), (world.OnlyHost(7).State, world.OnlyHost(7).Attempts));

            await world.StepAfter(waited - TimeSpan.FromSeconds(1));
            Assert.Equal(n, world.Stub.All.Count);
            await world.StepAfter(TimeSpan.FromSeconds(1));
            Assert.Equal(n + 1, world.Stub.All.Count);
        }
        Assert.Null(world.NextDue);
        Assert.Equal(DeliveryState.Refused, world.OnlyHost(7).State);
        Assert.Equal(status == 0 ? "given up after 16 tries; at last it cannot be reached" : $"given up after 16 tries; at last it answered {status}", world.OnlyHost(7).Error);
    }

    [Theory]
    [InlineData(429, "7200", 2)]
    [InlineData(503, "7200", 2)]
    [InlineData(429, "999999999", 24)]
    [Trait("Wire", "113")]
    public async Task Retry_After_is_obeyed_up_to_a_day(int status, string header, int hours)
    {
        world.Stub.Answer(Bob, status, retryAfter: header);
        await world.Queue("hello", Bob);
        await world.Step();
        Assert.Equal(world.Time.GetUtcNow().AddHours(hours), world.NextDue);

        // Nor does a sign of life shorten it.
        world.Time.Advance(TimeSpan.FromHours(1));
        await world.Database.Write(c => world.Health.HeardFrom(c, "bob.test"));
        await world.Step();
        Assert.Single(world.Stub.All);
        await world.StepAfter(TimeSpan.FromHours(hours - 1));
        Assert.Equal(2, world.Stub.All.Count);
    }

    [Fact]
    [Trait("Wire", "113")]
    public async Task A_failing_host_is_probed_with_one_delivery()
    {
        string[] inboxes = [.. Enumerable.Range(0, 20).Select(n => $"https://bob.test/users/{n}/inbox")];
        foreach (var inbox in inboxes) world.Stub.Answer(inbox, 502);
        await world.Queue("hello", inboxes);
        await world.Step();
        // All that were under way together count as one failure.
        Assert.Equal(1, world.Database.Read(c => c.Count($"SELECT failures FROM hosts WHERE host = 'bob.test'")));

        world.Stub.Forget();
        await world.StepAfter(TimeSpan.FromMinutes(2));
        Assert.Single(world.Stub.All);
        await world.StepAfter(TimeSpan.FromMinutes(4));
        Assert.Equal(2, world.Stub.All.Count);

        foreach (var inbox in inboxes) world.Stub.Answer(inbox, 202);
        await world.StepAfter(TimeSpan.FromMinutes(10));
        Assert.Equal(20, world.Count(DeliveryState.Delivered));
        Assert.Equal(0, world.Database.Read(c => c.Count($"SELECT count(*) FROM hosts WHERE failures > 0")));
    }

    [Fact]
    [Trait("Wire", "113")]
    public async Task Once_a_host_has_failed_no_further_delivery_to_it_is_begun()
    {
        string[] inboxes = [.. Enumerable.Range(0, 20).Select(n => $"https://bob.test/users/{n}/inbox")];
        foreach (var inbox in inboxes) world.Stub.Answer(inbox, 502);
        world.Settings.Federation.DeliveryConcurrency = 1;
        await world.Queue("hello", [.. inboxes, Eve]);
        await world.Step();
        Assert.Equal(["bob.test", "eve.test"], world.Stub.All.Select(p => new Uri(p.Inbox).Host).Order());
    }

    [Fact]
    public async Task Many_inboxes_of_a_failing_host_do_not_keep_other_hosts_waiting()
    {
        string[] inboxes = [.. Enumerable.Range(0, 300).Select(n => $"https://bob.test/users/{n}/inbox")];
        foreach (var inbox in inboxes) world.Stub.Answer(inbox, 502);
        await world.Queue("hello", inboxes);
        await world.Step();
        world.Time.Advance(TimeSpan.FromMinutes(2));
        await world.Queue("hello", Eve);
        var due = world.Database.Read(c => LaneStore.Due(c, world.Time.GetUtcNow(), 2));
        Assert.Equal(["bob.test", "eve.test"], due.Select(lane => lane.Host).Order());
        Assert.Equal([true, false], due.OrderBy(lane => lane.Host).Select(lane => lane.HostFailing));
    }

    [Fact]
    public async Task A_host_that_fails_one_inbox_goes_on_getting_the_others()
    {
        const string poisoned = "https://bob.test/users/a/inbox", fine = "https://bob.test/users/b/inbox";
        world.Stub.Answer(poisoned, 500);
        await world.Queue("1", poisoned);
        await world.Step();
        await world.Queue("2", fine);
        await world.StepUntil(() => world.Stub.Bodies(fine).Count == 1);
        Assert.InRange(world.Stub.Bodies(poisoned).Count, 1, 3);
        Assert.Equal(1, world.Count(DeliveryState.Waiting));
    }

    [Fact]
    [Trait("Wire", "112")]
    public async Task After_seven_failing_days_a_host_is_parked_and_what_waits_stays()
    {
        world.Stub.Break(Bob);
        await world.Queue("1", Bob);
        await world.Queue("2", Bob);
        await world.StepUntil(() => world.Database.Read(c => DeliveryLedger.Totals(c)).ParkedHosts == 1);
        await world.Queue("3", 9, Bob);
        var waiting = world.Count(DeliveryState.Waiting);
        Assert.Equal(2, waiting);

        // A rare probe, and no more giving up.
        world.Stub.Forget();
        var end = world.Time.GetUtcNow().AddDays(20);
        await world.StepUntil(() => world.Time.GetUtcNow() >= end);
        Assert.InRange(world.Stub.All.Count, 9, 12);
        Assert.Equal(waiting, world.Count(DeliveryState.Waiting));

        world.Stub.Answer(Bob, 202);
        world.Stub.Forget();
        world.Time.Advance(TimeSpan.FromHours(1));
        await world.Database.Write(c => world.Health.HeardFrom(c, "bob.test"));
        await world.Step();
        Assert.Equal(["2", "3"], world.Stub.Bodies(Bob));
        Assert.Equal(0, world.Database.Read(c => DeliveryLedger.Totals(c)).ParkedHosts);
    }

    [Fact]
    public async Task A_host_that_sends_but_does_not_receive_is_not_hammered()
    {
        world.Stub.Answer(Bob, 503);
        await world.Queue("hello", Bob);
        await world.Step();
        for (var n = 0; n < 50; n++)
        {
            world.Time.Advance(TimeSpan.FromSeconds(1));
            await world.Database.Write(c => world.Health.HeardFrom(c, "bob.test"));
            await world.Step();
        }
        // One try because the first failure may have been a restart, and no more.
        Assert.Equal(2, world.Stub.All.Count);
    }

    [Fact]
    [Trait("Wire", "112")]
    public async Task A_host_that_was_only_restarted_gets_what_waits_as_soon_as_it_sends_something()
    {
        world.Stub.Answer(Bob, 503);
        await world.Queue("hello", Bob);
        await world.Step();
        await world.Queue("again", Bob);
        await world.Step();
        Assert.Single(world.Stub.All);

        world.Stub.Answer(Bob, 202);
        world.Stub.Forget();
        await world.Database.Write(c => world.Health.HeardFrom(c, "bob.test"));
        await world.Step();
        Assert.Equal(["hello", "again"], world.Stub.Bodies(Bob));
    }

    [Fact]
    public async Task Hearing_from_a_host_that_is_well_changes_nothing()
    {
        await world.Database.Write(c => world.Health.HeardFrom(c, "bob.test"));
        Assert.Equal(0, world.Database.Read(c => c.Count($"SELECT count(*) FROM hosts")));
        Assert.Empty(world.Told);
    }

    [Fact]
    [Trait("Wire", "112")]
    public async Task Gone_from_the_inbox_of_one_account_means_that_the_account_is_gone()
    {
        await Save(1, "https://bob.test/users/a/inbox", "https://bob.test/inbox");
        await Save(2, "https://bob.test/users/b/inbox", "https://bob.test/inbox");
        world.Stub.Answer("https://bob.test/users/a/inbox", 410);
        await world.Queue("1", 7, "https://bob.test/users/a/inbox");
        await world.Queue("2", "https://bob.test/users/a/inbox", "https://bob.test/users/b/inbox");
        await world.Step();
        Assert.NotNull(world.Database.Read(c => AccountStore.Find(c, 1))!.GoneAt);
        Assert.Null(world.Database.Read(c => AccountStore.Find(c, 2))!.GoneAt);
        Assert.Equal(["1"], world.Stub.Bodies("https://bob.test/users/a/inbox"));
        Assert.Equal(["2"], world.Stub.Bodies("https://bob.test/users/b/inbox"));
        Assert.Equal((DeliveryState.Refused, "answered 410: gone"), (world.OnlyHost(7).State, world.OnlyHost(7).Error));
        Assert.Contains(new AccountChanged(1), world.Told);
        Assert.DoesNotContain(new AccountChanged(2), world.Told);
    }

    [Fact]
    public async Task Gone_from_an_inbox_that_several_name_marks_nobody()
    {
        await Save(1, Bob, null);
        await Save(2, Bob, null);
        world.Stub.Answer(Bob, 410);
        await world.Queue("1", Bob);
        await world.Step();
        Assert.Null(world.Database.Read(c => AccountStore.Find(c, 1))!.GoneAt);
        Assert.Equal(1, world.Count(DeliveryState.Refused));
        Assert.Null(world.NextDue);
    }

    [Fact]
    [Trait("Wire", "112")]
    public async Task Gone_from_a_shared_inbox_ends_all_for_that_server_until_it_is_heard_from()
    {
        await Save(1, "https://bob.test/users/a/inbox", Bob);
        world.Stub.Answer(Bob, 410);
        world.Stub.Answer("https://bob.test/users/a/inbox", 503);
        await world.Queue("1", "https://bob.test/users/a/inbox");
        await world.Step();
        await world.Queue("2", Bob, Eve);
        await world.StepAfter(TimeSpan.FromMinutes(2));
        await world.StepAfter(TimeSpan.FromMinutes(5));
        Assert.Equal(2, world.Count(DeliveryState.Refused));
        Assert.Equal(["2"], world.Stub.Bodies(Eve));

        world.Stub.Forget();
        await world.Queue("3", 9, Bob);
        await world.StepAfter(TimeSpan.FromDays(1));
        Assert.Empty(world.Stub.All);
        Assert.Equal((DeliveryState.Refused, DeliveryQueue.GoneReason), (world.OnlyHost(9).State, world.OnlyHost(9).Error));
        Assert.Null(world.Database.Read(c => AccountStore.Find(c, 1))!.GoneAt);

        world.Stub.Answer(Bob, 202);
        await world.Database.Write(c => world.Health.HeardFrom(c, "bob.test"));
        await world.Queue("4", Bob);
        await world.Step();
        Assert.Equal(["4"], world.Stub.Bodies(Bob));
    }

    private Task Save(long id, string inbox, string? sharedInbox) => world.Database.Write(c => AccountStore.Save(c, new Account
    {
        Id = id,
        Uri = $"https://bob.test/users/{id}",
        Url = $"https://bob.test/@{id}",
        Username = $"{id}",
        Domain = "bob.test",
        Type = "Person",
        Inbox = inbox,
        SharedInbox = sharedInbox,
        CreatedAt = world.Time.GetUtcNow(),
        FetchedAt = world.Time.GetUtcNow(),
    }));

    public void Dispose() => world.Dispose();
}
