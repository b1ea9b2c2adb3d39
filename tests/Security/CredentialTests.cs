using Calf.Security;

namespace Calf.Tests.Security;

public class CredentialTests
{
    /// <summary>Made by the argon2 command of Debian: <c>echo -n password | argon2 somesaltsomesalt -id -t 2 -k 256 -p 1 -e</c></summary>
    private const string Foreign = "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$yrdGtGIZk/3JHsUHh5gLQUqQppLwvGjf4Z+cJbPLqew";

    private static readonly string Stored = Passwords.Hash("correct horse");

    [Fact]
    public void A_password_is_known_again_and_another_is_not()
    {
        Assert.True(Passwords.Verify("correct horse", Stored));
        Assert.False(Passwords.Verify("correct horsf", Stored));
        Assert.False(Passwords.Verify("", Stored));
        Assert.DoesNotContain("horse", Stored, StringComparison.Ordinal);
    }

    [Fact]
    public void A_hash_says_its_parameters_and_has_its_own_salt()
    {
        Assert.Matches(@"^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$", Stored);
        Assert.NotEqual(Stored, Passwords.Hash("correct horse"));
    }

    [Fact]
    public void A_hash_of_other_parameters_is_verified_by_those()
    {
        Assert.True(Passwords.Verify("password", Foreign));
        Assert.False(Passwords.Verify("Password", Foreign));
    }

    [Theory]
    [InlineData("")]
    [InlineData("$argon2id$")]
    [InlineData("$argon2i$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("$argon2id$v=19$m=99999999,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("$argon2id$v=19$m=1,t=1,p=1$c29tZXNhbHRzb21lc2FsdA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("$argon2id$v=19$m=256,t=0,p=1$c29tZXNhbHRzb21lc2FsdA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("$argon2id$v=19$m=256,t=2,p=1$!$AAAA")]
    [InlineData("$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$")]
    [InlineData("$argon2id$v=19$m=256,t=2$c29tZXNhbHRzb21lc2FsdA$AAAA")]
    public void A_hash_that_cannot_be_read_fits_no_password(string hash) => Assert.False(Passwords.Verify("", hash));

    [Fact]
    public void Tokens_are_long_random_and_safe_in_urls()
    {
        var tokens = Enumerable.Range(0, 100).Select(_ => Tokens.New()).ToHashSet();

        Assert.Equal(100, tokens.Count);
        Assert.All(tokens, token => Assert.Matches("^[A-Za-z0-9_-]{43}$", token));
    }

    [Fact]
    public void A_token_is_compared_by_its_hash()
    {
        var token = Tokens.New();

        Assert.Equal(32, Tokens.Hash(token).Length);
        Assert.True(Tokens.FixedTimeEquals(Tokens.Hash(token), Tokens.Hash(token)));
        Assert.False(Tokens.FixedTimeEquals(Tokens.Hash(token), Tokens.Hash(token + "x")));
        Assert.True(Tokens.FixedTimeEquals("abc", "abc"));
        Assert.False(Tokens.FixedTimeEquals("abc", "abcd"));
    }
}
