using Calf.Security;

namespace Calf.Tests.Security;

public sealed class SetupLinkTests
{
    [Fact]
    public void Only_its_own_token_opens_it_and_only_until_it_is_used()
    {
        var link = new SetupLink();
        var token = link.Path!.Split('=')[1];
        Assert.True(link.Accepts(token));
        Assert.False(link.Accepts(token + "x"));
        Assert.False(link.Accepts(""));
        Assert.False(link.Accepts(null));

        link.UseUp();
        Assert.False(link.Accepts(token));
        Assert.False(link.Accepts(null));
        Assert.Null(link.Path);
    }

    [Fact]
    public void Every_start_has_another_one() => Assert.NotEqual(new SetupLink().Path, new SetupLink().Path);
}
