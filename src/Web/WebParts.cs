namespace Calf.Web;

/// <summary>What this folder adds to the server.</summary>
public static class WebParts
{
    public static void AddWeb(this IServiceCollection services)
    {
        services.AddSingleton<AppFiles>();
        services.AddSingleton<Layout>();
        services.AddSingleton<ProfilePage>();
        services.AddSingleton<StatusPage>();
        services.AddSingleton<TagPage>();
        services.AddSingleton<SignInPage>();
        services.AddSingleton<SetupPage>();
        services.AddSingleton<Sessions>();
        services.AddSingleton<SignInLimits>();
        services.AddSingleton<InteractionLimits>();
    }

    /// <summary>Pages speak their reader's language.</summary>
    public static void UseWords(this WebApplication app) => app.Use(next => context =>
    {
        Words.Speak(context.Request);
        return next(context);
    });

    public static void MapWeb(this IEndpointRouteBuilder app)
    {
        app.MapAppFiles();
        app.MapLookSheet();
        app.MapMediaFiles();
        app.MapAppPages();
        app.MapPublicPages();
        app.MapFeeds();
        app.MapInteractions();
        app.MapSignIn();
        app.MapSetup();
    }
}
