using Calf.Security;

namespace Calf.Tests.Security;

public class SignatureMemoryTests
{
    private readonly SignatureMemory memory = new();
    private readonly List<string> learned = [];

    public SignatureMemoryTests() => memory.Learned += (host, kind) => learned.Add($"{host} {kind}");

    [Fact]
    [Trait("Wire", "001")]
    public void The_kind_that_worked_is_remembered_per_host()
    {
        memory.Learn("a.example", SignatureKind.Rfc9421);
        memory.Learn("b.example", SignatureKind.Cavage);

        Assert.Equal(SignatureKind.Rfc9421, memory.Get("A.example"));
        Assert.Equal(SignatureKind.Cavage, memory.Get("b.example"));
        Assert.Null(memory.Get("c.example"));
    }

    [Fact]
    public void Only_news_are_told()
    {
        memory.Load([new("a.example", SignatureKind.Cavage)]);
        memory.Learn("a.example", SignatureKind.Cavage);
        Assert.Empty(learned);

        memory.Learn("a.example", SignatureKind.Rfc9421);
        memory.Learn("a.example", SignatureKind.Rfc9421);
        memory.Learn("b.example", SignatureKind.Cavage);
        Assert.Equal(["a.example Rfc9421", "b.example Cavage"], learned);
    }

    [Fact]
    public void The_oldest_host_is_forgotten_when_there_are_too_many()
    {
        for (var i = 0; i <= SignatureMemory.Capacity; i++) memory.Learn($"{i}.example", SignatureKind.Cavage);

        Assert.Null(memory.Get("0.example"));
        Assert.NotNull(memory.Get("1.example"));
        Assert.NotNull(memory.Get($"{SignatureMemory.Capacity}.example"));
    }
}
