using Calf.Federation.Conversations;
using Calf.Federation.Gaps;
using Calf.Tests.Support;

namespace Calf.Tests.Federation;

/// <summary>Lets a server repair its gaps until nothing is open.</summary>
internal static class GapSteps
{
    /// <param name="slow">Some server does not answer in time: the clock is moved while it is waited for.</param>
    public static async Task Repair(CalfServer server, Fediverse fediverse, bool slow = false)
    {
        var repair = server.Get<GapRepair>();
        for (var n = 0; n < 2000; n++)
        {
            while (await Step())
            {
            }
            await server.Get<ThreadWorker>().Step();
            if (server.Database.Read(GapStore.Open) is null) return;
            fediverse.Time.Advance(TimeSpan.FromSeconds(10));
        }
        throw new InvalidOperationException("The repair does not come to an end.");

        async Task<bool> Step()
        {
            var step = repair.Step();
            while (slow && await Task.WhenAny(step, Task.Delay(500)) != step) fediverse.Time.Advance(GapPages.LongestFetch);
            return await step;
        }
    }
}
