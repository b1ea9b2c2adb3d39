namespace Calf.Media;

/// <summary>What it takes to show media of others, for the composition.</summary>
public static class RemoteMediaParts
{
    public static void AddRemoteMedia(this IServiceCollection services)
    {
        services.AddSingleton<RemoteMediaUrls>();
        services.AddSingleton<RemoteCache>();
        services.AddSingleton<HostTurns>();
        services.AddSingleton<RemoteFetching>();
        services.AddSingleton<RemoteMedia>();
    }
}
