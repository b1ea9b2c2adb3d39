using Calf.ActivityPub;

namespace Calf.Tests.ActivityPub;

public class HandleTests
{
    [Theory]
    [InlineData("@alice@example.org", "alice@example.org")]
    [InlineData("alice@example.org", "alice@example.org")]
    [InlineData("acct:Alice@Example.ORG", "Alice@example.org")]
    [InlineData(" @a.b-c_d@localhost:8080 ", "a.b-c_d@localhost:8080")]
    [InlineData("@anna@bücher.example", "anna@xn--bcher-kva.example")]
    [InlineData("@anna@BÜCHER.example", "anna@xn--bcher-kva.example")]
    [InlineData("@anna@example.org:443", "anna@example.org")]
    public void A_handle_is_read_in_every_spelling(string text, string expected)
    {
        Assert.True(Handle.TryParse(text, out var handle));
        Assert.Equal(expected, handle.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("alice")]
    [InlineData("@alice")]
    [InlineData("@alice@")]
    [InlineData("@@example.org")]
    [InlineData("alice@example.org@evil.example")]
    [InlineData("alice@example.org/path")]
    [InlineData("alice@example.org#x")]
    [InlineData("alice@exa mple.org")]
    [InlineData("al ice@example.org")]
    [InlineData("alice@example.org?x=1")]
    [InlineData("https://example.org/@alice")]
    public void What_is_no_handle_is_refused(string text) => Assert.False(Handle.TryParse(text, out _));

    [Fact]
    public void Handles_differ_by_letters_and_not_by_case() =>
        Assert.Equal(new Handle("Alice", "example.org"), new Handle("alice", "example.org"));
}
