using Calf.Store;

namespace Calf.Search;

/// <summary>Brings the index up to date, so that who looks for something finds what was stored a moment ago.</summary>
public static class Searching
{
    /// <summary>What is read in one write: others wait for it.</summary>
    public const int BatchSize = 100;

    /// <summary>One batch of each kind. True when more waits.</summary>
    public static async Task<bool> CatchUp(Database database)
    {
        if (!database.Read(c => StatusIndex.HasWaiting(c) || AccountIndex.HasWaiting(c))) return false;
        // Repeatable: what a power cut undoes waits again.
        return await database.WriteRepeatable(c => Math.Max(StatusIndex.Step(c, BatchSize), AccountIndex.Step(c, BatchSize)) == BatchSize);
    }
}
