using Calf.Federation.Outbox;
using Calf.Statuses;
using Calf.Tests.Support;

namespace Calf.Tests.Federation;

/// <summary>Beside Rae there is Sam, on a server of his own, who brings what is not his; and a post of Alice's that can be liked in Rae's name.</summary>
public abstract class AttackWorld : RemoteWorld
{
    protected StandIn Sam { get; private set; } = null!;

    protected Status OwnPost { get; private set; } = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Sam = new StandIn(Fediverse, "second.test", "sam");
        OwnPost = await Alice.Get<Posting>().Post(new("like me", Visibility.Public));
    }

    public override async ValueTask DisposeAsync()
    {
        Sam.Dispose();
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected long Likes() => Alice.Database.Read(c => StatusStore.Find(c, OwnPost.Id))!.FavouritesCount;
}
