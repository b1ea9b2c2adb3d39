using Calf.Accounts;
using Calf.Events;
using Calf.Operations;
using Calf.Store;
using Microsoft.Extensions.Logging.Abstractions;

namespace Calf.Tests.Operations;

public sealed class OutsideChangesTests : IDisposable
{
    private readonly Shell shell = new();
    private readonly EventHub events = new();
    private readonly List<Event> heard = [];

    public OutsideChangesTests() => events.Listen(heard.Add);

    [Fact]
    public async Task What_another_process_wrote_wakes_the_delivery_and_reloads_the_owner()
    {
        await shell.AddOwner();
        using var mine = shell.Open();
        using var theirs = shell.Open();
        using var owner = new Owner(mine, events);
        using var outside = new OutsideChanges(mine, owner, events, TimeProvider.System, NullLogger<OutsideChanges>.Instance);
        Assert.Equal("", owner.Required.DisplayName);
        await outside.Step();
        Assert.Empty(heard);

        await theirs.Write(c => AccountStore.Save(c, AccountStore.Owner(c)! with { DisplayName = "Ida" }));
        await outside.Step();
        Assert.Equal([new AccountChanged(1), new DeliveriesQueued()], heard);
        Assert.Equal("Ida", owner.Required.DisplayName);

        await outside.Step();
        Assert.Equal(2, heard.Count);
    }

    [Fact]
    public async Task What_this_process_wrote_is_no_news()
    {
        using var mine = shell.Open();
        using var owner = new Owner(mine, events);
        using var outside = new OutsideChanges(mine, owner, events, TimeProvider.System, NullLogger<OutsideChanges>.Instance);
        await outside.Step();
        await mine.Write(c => Meta.Set(c, "a", "1"));
        await outside.Step();
        Assert.Empty(heard);
    }

    public void Dispose() => shell.Dispose();
}
