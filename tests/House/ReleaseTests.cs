namespace Calf.Tests.House;

public sealed class ReleaseTests
{
    [Fact]
    public void The_version_line_names_version_and_commit()
    {
        Assert.Matches(@"^\d+\.\d+\.\d+$", Release.Version);
        Assert.Matches("^([0-9a-f]{40}|unknown)$", Release.Commit);
        Assert.Equal($"calf {Release.Version} (commit {Release.Commit})", Release.Line);
    }
}
