using Calf.Security;

namespace Calf.Federation.Delivery;

public static class DeliveryRegistration
{
    /// <summary>The queue, its worker and the ledger.</summary>
    public static IServiceCollection AddDelivery(this IServiceCollection services) => services
        .AddSingleton(new Backoff(Random.Shared))
        .AddSingleton<HostHealth>()
        .AddSingleton<FollowersDigests>()
        .AddSingleton<DeliveryQueue>()
        .AddSingleton<DeliveryLedger>()
        .AddSingleton<DeliveryNews>()
        .AddSingleton<DeliveryResults>()
        .AddSingleton(provider => new DeliveryAttempt(
            provider.GetRequiredService<SignedHttp>(),
            () => provider.GetRequiredService<OwnKeys>().Owner,
            () => provider.GetRequiredService<OwnKeys>().Instance,
            provider.GetRequiredService<TimeProvider>(),
            host => provider.GetRequiredService<FollowersDigests>().HeaderFor(host)))
        .AddSingleton<DeliveryTurn>()
        .AddHostedService<RememberedSignatures>()
        .AddHostedService<DeliveryWorker>();
}
