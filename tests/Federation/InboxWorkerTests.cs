using Calf.Accounts;
using Calf.Federation.Inbox;
using Calf.Follows;
using Calf.Tests.Support;

namespace Calf.Tests.Federation;

/// <summary>What waits for a slow server holds up only what that server sent.</summary>
public sealed class InboxWorkerTests
{
    [Fact]
    public async Task A_server_that_does_not_answer_holds_up_nobody_else()
    {
        await using var fediverse = new Fediverse();
        var alice = await fediverse.Join("alice.test");
        using var slow = new StandIn(fediverse, "slow.test", "sam");
        using var quick = new StandIn(fediverse, "quick.test", "quinn");
        var asked = new SemaphoreSlim(0);
        var answer = new TaskCompletionSource();
        await slow.SendAndSettle(alice, Follow(slow, alice));
        slow.BeforeAnswer = async () =>
        {
            asked.Release();
            await answer.Task;
        };

        // A profile change makes us fetch the actor, and its server keeps us waiting.
        using var first = await slow.Send(alice, $$"""{"id":"{{slow.Actor}}/u1","type":"Update","actor":"{{slow.Actor}}","object":"{{slow.Actor}}"}""");
        var worker = alice.Get<InboxWorker>();
        var waiting = worker.Step(CancellationToken.None);
        await asked.WaitAsync();
        using var second = await quick.Send(alice, Follow(quick, alice));
        var other = worker.Step(CancellationToken.None);
        while (!alice.Database.Read(c => AccountStore.FindByUri(c, quick.Actor) is { } q && FollowStore.IsFollowing(c, q.Id, alice.Owner.Id))) await Task.Yield();

        Assert.False(waiting.IsCompleted);
        answer.SetResult();
        await Task.WhenAll(waiting, other);
        Assert.Equal(0, alice.Database.Read(InboxQueue.Count));
    }

    private static string Follow(StandIn who, CalfServer whom) =>
        $$"""{"id":"{{who.Actor}}/f1","type":"Follow","actor":"{{who.Actor}}","object":"{{whom.Owner.Uri}}"}""";
}
