using Calf.Federation.Inbox;

namespace Calf.Federation;

/// <summary>What the addresses of our documents are made of, for the composition.</summary>
public static class IdentityParts
{
    public static void AddIdentity(this IServiceCollection services)
    {
        services.AddSingleton<PublicCache>();
        services.AddSingleton<PostReading>();
        services.AddSingleton<FetchGate>();
        services.AddSingleton<MatcherPolicy, ContentNegotiation.Policy>();
        services.AddSingleton<SignerOf>(provider => provider.GetRequiredService<SignerCheck>().SignerOf);
    }
}
